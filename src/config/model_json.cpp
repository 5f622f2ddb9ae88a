#include "fields.hpp"
#include "resolved_json.hpp"

#include <nlohmann/json.hpp>

#include <string_view>

namespace hepta::config {
namespace {

using nlohmann::json;

/// Writes the parts of a model, every number by the name of its input.
class ModelWriter
{
  public:
    ModelWriter(const model::Spec& model, const std::vector<std::string>& names)
        : model_(model), names_(names)
    {
    }

    [[nodiscard]] json write() const
    {
        json text = {
            {"first_year", model_.first_year},
            {"last_year", model_.last_year},
            {"steps_per_year", model_.steps_per_year},
            {"non_co2_forcing", model_.non_co2_forcing},
            {"baseline", model_.scenarios.at(model_.baseline_scenario).name},
            {"sectors", each(model_.sectors, &ModelWriter::sector)},
            {"carriers", each(model_.carriers, &ModelWriter::carrier)},
            {"drivers", each(model_.drivers, &ModelWriter::driver)},
            {"components", each(model_.components, &ModelWriter::component)},
            {"converters", each(model_.converters, &ModelWriter::converter)},
            {"resources", each(model_.resources, &ModelWriter::resource)},
            {"scenarios", each(model_.scenarios, &ModelWriter::scenario)},
            {"portfolios", each(model_.portfolios, &ModelWriter::portfolio)},
            {"budgets", each(model_.budgets, &ModelWriter::budget)},
            {"roles", roles()}};
        add_fields(global_fields, model_, text);
        if (model_.acceleration.factor != model::no_row) {
            add_fields(acceleration_fields,
                       model_.acceleration,
                       text["acceleration"] = json::object());
        }
        return text;
    }

  private:
    template <class T>
    json each(const std::vector<T>& items,
              json (ModelWriter::*one)(const T&) const) const
    {
        json list = json::array();
        for (const T& item : items) {
            list.push_back((this->*one)(item));
        }
        return list;
    }

    /// Null where an optional number is absent.
    [[nodiscard]] json number(model::Row row) const
    {
        return row == model::no_row ? json() : json(names_.at(row));
    }

    [[nodiscard]] json numbers(const std::vector<model::Row>& rows) const
    {
        json list = json::array();
        for (const model::Row row : rows) {
            list.push_back(number(row));
        }
        return list;
    }

    [[nodiscard]] json path(const model::Path& knots) const
    {
        json list = json::array();
        for (const model::Knot& knot : knots) {
            list.push_back({knot.year, number(knot.row)});
        }
        return list;
    }

    template <class T, std::size_t n>
    void add_fields(const Field<T> (&fields)[n],
                    const T& object,
                    json& text) const
    {
        for (const Field<T>& field : fields) {
            text[std::string(field.key)] = number(object.*field.row);
        }
    }

    template <class Use, class T>
    json uses(const std::vector<Use>& list,
              std::uint32_t Use::*index,
              model::Row Use::*row,
              const std::vector<T>& entities) const
    {
        json object = json::object();
        for (const Use& use : list) {
            object[entities.at(use.*index).name] = number(use.*row);
        }
        return object;
    }

    [[nodiscard]] json technology(const model::Technology& t) const
    {
        json text = {{"name", t.name}};
        add_fields(technology_fields, t, text);
        if (t.investment_cycle != model::no_row) {
            add_fields(retrofit_fields, t, text);
        }
        text["energy_input"] = uses(t.energy_input,
                                    &model::CarrierUse::carrier,
                                    &model::CarrierUse::amount_gj,
                                    model_.carriers);
        text["capex_component_share"] = uses(t.capex_component_share,
                                             &model::ComponentUse::component,
                                             &model::ComponentUse::amount,
                                             model_.components);
        text["component_intensity"] = uses(t.component_intensity,
                                           &model::ComponentUse::component,
                                           &model::ComponentUse::amount,
                                           model_.components);
        text["resource_input"] = uses(t.resource_input,
                                      &model::ResourceUse::resource,
                                      &model::ResourceUse::amount,
                                      model_.resources);
        return text;
    }

    [[nodiscard]] json sector(const model::Sector& s) const
    {
        json text = {
            {"name", s.name},
            {"activity_unit", s.activity_unit},
            {"functional_unit", s.functional_unit},
            {"technologies", each(s.technologies, &ModelWriter::technology)},
            {"activity", path(s.activity)},
            {"activity_2019", number(s.activity_2019)},
            {"activity_innovation", numbers(s.activity_innovation)},
            {"fixed_block", number(s.fixed_block)}};
        add_fields(sector_fields, s, text);
        return text;
    }

    [[nodiscard]] json carrier(const model::Carrier& c) const
    {
        json text = {{"name", c.name}};
        add_fields(carrier_fields, c, text);
        add_fields(priced_carrier_fields, c, text);
        text["driver"] = c.driver == model::no_index
                             ? json()
                             : json(model_.drivers.at(c.driver).name);
        text["converter"] = c.converter == model::no_index
                                ? json()
                                : json(model_.converters.at(c.converter).name);
        return text;
    }

    [[nodiscard]] json driver(const model::Driver& d) const
    {
        json paths = json::array();
        for (const model::Path& knots : d.path) {
            paths.push_back(path(knots));
        }
        json text = {{"name", d.name},
                     {"unit", d.unit},
                     {"path_of_scenario", std::move(paths)},
                     {"innovation", numbers(d.innovation)}};
        add_fields(driver_fields, d, text);
        return text;
    }

    [[nodiscard]] json component(const model::Component& c) const
    {
        json text = {{"name", c.name},
                     {"unit", c.unit},
                     {"exogenous_cumulative", path(c.exogenous_cumulative)},
                     {"innovation", numbers(c.innovation)}};
        add_fields(component_fields, c, text);
        add_fields(converter_component_fields, c, text);
        return text;
    }

    [[nodiscard]] json converter(const model::Converter& c) const
    {
        json text = {{"name", c.name},
                     {"output", model_.carriers.at(c.output_carrier).name},
                     {"input", model_.carriers.at(c.input_carrier).name},
                     {"component", model_.components.at(c.component).name},
                     {"specific_energy", path(c.specific_energy)},
                     {"discount_rate", number(c.discount_rate)}};
        add_fields(converter_fields, c, text);
        return text;
    }

    [[nodiscard]] json resource(const model::Resource& r) const
    {
        constexpr const char* kinds[] = {
            "carriers", "captured_co2", "resource_input"};
        json carriers = json::array();
        for (const std::uint32_t i : r.carriers) {
            carriers.push_back(model_.carriers.at(i).name);
        }
        return {{"name", r.name},
                {"unit", r.unit},
                {"limits", kinds[static_cast<std::size_t>(r.kind)]},
                {"carriers", std::move(carriers)},
                {"limit", path(r.limit)},
                {"limit_factor", r.limit_factor}};
    }

    [[nodiscard]] static json lever(const model::LeverPath& points)
    {
        json list = json::array();
        for (const model::YearValue& point : points) {
            list.push_back({point.year, point.value});
        }
        return list;
    }

    [[nodiscard]] static json levers(const std::vector<model::LeverPath>& paths)
    {
        json list = json::array();
        for (const model::LeverPath& points : paths) {
            list.push_back(lever(points));
        }
        return list;
    }

    [[nodiscard]] json bound(const model::ShareBound& b) const
    {
        const model::Sector& sector = model_.sectors.at(b.sector);
        json technologies = json::array();
        for (const std::uint32_t i : b.technologies) {
            technologies.push_back(sector.technologies.at(i).name);
        }
        json text = {{"sector", sector.name},
                     {"technologies", std::move(technologies)},
                     {"share", lever(b.share)}};
        if (b.scale.first != model::no_row) {
            text["scaled_by"] = scale(b.scale);
        }
        return text;
    }

    /// Names of the inputs that multiply a lever; null where none does.
    [[nodiscard]] json scale(const model::LeverScale& s) const
    {
        return s.first == model::no_row
                   ? json()
                   : json::array({names_.at(s.first), names_.at(s.second)});
    }

    [[nodiscard]] json scenario(const model::Scenario& s) const
    {
        json ends = json::array();
        for (const int year : s.end_of_new_builds) {
            ends.push_back(year == model::never ? json() : json(year));
        }
        json text = {
            {"name", s.name},
            {"end_of_new_builds", std::move(ends)},
            {"demand_reduction", s.demand_reduction},
            {"carbon_cover", levers(s.carbon_cover)},
            {"premium", levers(s.premium)},
            {"fixed_block_path", levers(s.fixed_block_path)},
            {"seed_factor", s.seed_factor},
            {"adoption_factor", s.adoption_factor},
            {"retirement_factor", s.retirement_factor},
            {"minimum_share", each(s.minimum_share, &ModelWriter::bound)},
            {"maximum_share", each(s.maximum_share, &ModelWriter::bound)}};
        if (!s.premium_scale.empty()) {
            text["premium_scaled_by"] =
                each(s.premium_scale, &ModelWriter::scale);
        }
        return text;
    }

    [[nodiscard]] json portfolio(const model::Portfolio& p) const
    {
        json sectors = json::array();
        for (const std::uint32_t i : p.sectors) {
            sectors.push_back(model_.sectors.at(i).name);
        }
        return {{"name", p.name}, {"sectors", std::move(sectors)}};
    }

    [[nodiscard]] json budget(const model::CarbonBudget& b) const
    {
        return {{"name", b.name}, {"amount", number(b.amount)}};
    }

    [[nodiscard]] json roles() const
    {
        const auto name = [&](std::uint32_t driver) {
            return model_.drivers.at(driver).name;
        };
        return {{"carbon_price", name(model_.carbon_price)},
                {"grid_intensity", name(model_.grid_intensity)},
                {"co2_storage_price", name(model_.co2_storage_price)},
                {"co2_feedstock_price", name(model_.co2_feedstock_price)}};
    }

    const model::Spec& model_;
    const std::vector<std::string>& names_;
};

}  // namespace

json model_json(const model::Spec& model, const std::vector<std::string>& names)
{
    return ModelWriter(model, names).write();
}

}  // namespace hepta::config
