#include "model_builder.hpp"

#include "fields.hpp"
#include "input_registry.hpp"
#include "projects.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace hepta::config {
namespace {

bool is_always_zero(const Number& number)
{
    const auto* fixed = std::get_if<sampling::Fixed>(&number.distribution);
    return fixed != nullptr && fixed->value == 0.0;
}

/// Number of the entry called `name` in a selection.
template <class T>
std::uint32_t index_in(const std::vector<const T*>& entries,
                       std::string_view name)
{
    const auto found =
        std::find_if(entries.begin(), entries.end(), [&](const T* entry) {
            return entry->name == name;
        });
    return static_cast<std::uint32_t>(found - entries.begin());
}

class ModelBuilder
{
  public:
    explicit ModelBuilder(const Catalogue& catalogue)
        : catalogue_(catalogue), used_(select_used(catalogue))
    {
    }

    BuiltModel build() &&
    {
        for (const SectorEntry& entry : catalogue_.sectors) {
            model_.sectors.push_back(sector(entry));
        }
        for (const CarrierEntry* entry : used_.carriers) {
            model_.carriers.push_back(carrier(*entry));
        }
        for (const DriverEntry* entry : used_.drivers) {
            model_.drivers.push_back(driver(*entry));
        }
        for (const ComponentEntry* entry : used_.components) {
            model_.components.push_back(component(*entry));
        }
        add_converters();
        for (const ResourceEntry* entry : used_.resources) {
            model_.resources.push_back(resource(*entry));
        }
        add_global();
        add_roles();
        auto projects = build_projects(catalogue_, model_, registry_);
        auto commitments = build_commitments(catalogue_, registry_);
        build_scenarios(catalogue_, used_, commitments, model_);
        use_final_rows();  // once all inputs are known
        return {std::move(model_),
                std::move(registry_).finish(),
                std::move(projects),
                std::move(commitments)};
    }

  private:
    template <class T, std::size_t n>
    void add_fields(const Field<T> (&fields)[n],
                    const std::string& prefix,
                    const Numbers& numbers,
                    T& target,
                    std::string_view group = "")
    {
        for (const Field<T>& field : fields) {
            const auto number = numbers.find(field.key);
            if (number != numbers.end()) {
                target.*field.row =
                    registry_.add(fmt::format("{}{}", prefix, field.key),
                                  number->second,
                                  group.empty() ? field.group : group);
            }
        }
    }

    /// The numbers of a technology, where it is a newcomer with the diffusion
    /// rate of the variant of that name, if that is on.
    [[nodiscard]] Numbers with_ramp_up(Numbers numbers) const
    {
        const Variant& variant = catalogue_.variant;
        if (variant.ramps_up && numbers.count("seed_share") != 0) {
            for (const auto& [key, number] : variant.ramp_up) {
                numbers.insert_or_assign(key, number);
            }
        }
        return numbers;
    }

    model::Technology technology(const SectorEntry& sector,
                                 const TechnologyEntry& entry)
    {
        model::Technology result;
        result.name = fmt::format("{}/{}", sector.name, entry.name);
        const std::string prefix = result.name + "/";
        add_fields(
            technology_fields, prefix, with_ramp_up(entry.numbers), result);
        if (catalogue_.variant.retrofits) {
            add_fields(retrofit_fields, prefix, entry.numbers, result);
        }
        result.captures = !is_always_zero(entry.numbers.at("capture_rate"));
        for (const auto& [name, number] : entry.energy_input) {
            result.energy_input.push_back(
                {index_in(used_.carriers, name),
                 registry_.add(
                     prefix + "energy_input/" + name, number, cost_group)});
        }
        for (const auto& [name, number] : entry.capex_component_share) {
            result.capex_component_share.push_back(
                {index_in(used_.components, name),
                 registry_.add(prefix + "capex_component_share/" + name,
                               number,
                               cost_group)});
        }
        for (const auto& [name, number] : entry.component_intensity) {
            result.component_intensity.push_back(
                {index_in(used_.components, name),
                 registry_.add(prefix + "component_intensity/" + name,
                               number,
                               cost_group)});
        }
        for (const auto& [name, number] : entry.resource_input) {
            result.resource_input.push_back(
                {index_in(used_.resources, name),
                 registry_.add(
                     prefix + "resource_input/" + name, number, "resources")});
        }
        return result;
    }

    model::Sector sector(const SectorEntry& entry)
    {
        model::Sector result;
        result.name = entry.name;
        result.activity_unit = entry.activity_unit;
        result.functional_unit = entry.functional_unit;
        const std::string prefix = entry.name + "/";
        add_fields(sector_fields, prefix, entry.numbers, result);
        for (const auto& [name, number] : entry.fixed_block) {
            result.fixed_block = registry_.add(prefix + name, number, "demand");
        }
        for (const TechnologyEntry& item : entry.technologies) {
            result.technologies.push_back(technology(entry, item));
        }
        const std::string activity = prefix + "activity";
        const model::Row quantile =
            registry_.add_quantile("u:" + activity, "demand");
        for (const auto& [year, number] : entry.activity) {
            const model::Row row = registry_.add_knot(
                quantile, fmt::format("{}/{}", activity, year), number);
            if (year < model_.first_year) {
                result.activity_2019 = row;
            } else {
                result.activity.push_back({year, row});
            }
        }
        result.activity_innovation = registry_.add_innovations(
            "eps:" + activity, model_.first_year, model_.last_year, "demand");
        return result;
    }

    model::Carrier carrier(const CarrierEntry& entry)
    {
        model::Carrier result;
        result.name = entry.name;
        const std::string prefix = fmt::format("carrier/{}/", entry.name);
        add_fields(carrier_fields, prefix, entry.numbers, result);
        for (std::uint32_t i = 0; i < used_.converters.size(); ++i) {
            if (used_.converters[i]->output == entry.name) {
                result.converter = i;
                return result;
            }
        }
        add_fields(priced_carrier_fields, prefix, entry.numbers, result);
        result.driver = index_in(used_.drivers, entry.driver);
        return result;
    }

    model::Driver driver(const DriverEntry& entry)
    {
        model::Driver result;
        result.name = entry.name;
        result.unit = entry.unit;
        const std::string name = "driver/" + entry.name;
        add_fields(
            driver_fields, name + "/", entry.numbers, result, entry.group);
        const model::Row quantile =
            registry_.add_quantile("u:" + name, entry.group);
        std::map<std::string, model::Path> paths;
        for (const ScenarioEntry* scenario : used_.scenarios) {
            std::string chosen = "central";
            for (const auto& [of, path] : scenario->driver_paths) {
                chosen = of.name == entry.name ? path : chosen;
            }
            if (paths.count(chosen) == 0) {
                paths[chosen] = registry_.add_path(
                    quantile, name + "/" + chosen, entry.paths.at(chosen));
            }
            result.path.push_back(paths[chosen]);
        }
        if (result.volatility != model::no_row) {
            result.innovation = registry_.add_innovations("eps:" + name,
                                                          model_.first_year,
                                                          model_.last_year,
                                                          entry.group);
        }
        return result;
    }

    model::Component component(const ComponentEntry& entry)
    {
        model::Component result;
        result.name = entry.name;
        result.unit = entry.unit;
        const std::string name = "component/" + entry.name;
        add_fields(component_fields, name + "/", entry.numbers, result);
        const bool in_converter =
            std::any_of(used_.converters.begin(),
                        used_.converters.end(),
                        [&](const ConverterEntry* converter) {
                            return converter->component == entry.name;
                        });
        if (in_converter) {
            add_fields(
                converter_component_fields, name + "/", entry.numbers, result);
        }
        if (!entry.exogenous_cumulative.empty()) {
            result.exogenous_cumulative = registry_.add_path(
                registry_.add_quantile("u:" + name + "/exogenous", cost_group),
                name + "/exogenous_cumulative",
                entry.exogenous_cumulative);
        }
        result.innovation = registry_.add_innovations(
            "eps:" + name, model_.first_year, model_.last_year, cost_group);
        return result;
    }

    void add_converters()
    {
        model::Row discount_rate = model::no_row;
        if (!used_.converters.empty()) {
            discount_rate = registry_.add(
                std::string(converter_discount_rate),
                catalogue_.global.find(converter_discount_rate)->second,
                cost_group);
        }
        for (const ConverterEntry* entry : used_.converters) {
            model::Converter result;
            result.name = entry->name;
            result.output_carrier = index_in(used_.carriers, entry->output);
            result.input_carrier = index_in(used_.carriers, entry->input);
            result.component = index_in(used_.components, entry->component);
            result.discount_rate = discount_rate;
            const std::string prefix = entry->name + "_";
            add_fields(converter_fields, prefix, entry->numbers, result);
            result.specific_energy = registry_.add_path(
                registry_.add_quantile("u:" + prefix + "specific_energy",
                                       cost_group),
                prefix + "specific_energy",
                entry->specific_energy);
            model_.converters.push_back(std::move(result));
        }
    }

    model::Resource resource(const ResourceEntry& entry)
    {
        model::Resource result;
        result.name = entry.name;
        result.unit = entry.unit;
        result.kind = entry.kind;
        result.limit_factor = entry.limit_factor;
        for (const std::string& name : entry.carriers) {
            const std::uint32_t i = index_in(used_.carriers, name);
            if (i < used_.carriers.size()) {
                result.carriers.push_back(i);
            }
        }
        const std::string name = "resource_limit:" + entry.name;
        result.limit =
            registry_.add_path(registry_.add_quantile("u:" + name, "resources"),
                               name,
                               entry.limit);
        return result;
    }

    void add_global()
    {
        add_fields(global_fields, "", catalogue_.global, model_);
        for (const auto& [name, number] : catalogue_.budgets) {
            model_.budgets.push_back(
                {name, registry_.add("budget/" + name, number, "climate")});
        }
        if (catalogue_.variant.accelerates) {
            add_fields(acceleration_fields,
                       "acceleration/",
                       catalogue_.variant.acceleration,
                       model_.acceleration);
        }
        model_.steps_per_year = catalogue_.steps_per_year;
        model_.non_co2_forcing = catalogue_.non_co2_forcing;
    }

    void add_roles()
    {
        const Roles& roles = catalogue_.roles;
        const auto index = [&](const NameAt& role) {
            return index_in(used_.drivers, role.name);
        };
        model_.carbon_price = index(roles.carbon_price);
        model_.grid_intensity = index(roles.grid_intensity);
        model_.co2_storage_price = index(roles.co2_storage_price);
        model_.co2_feedstock_price = index(roles.co2_feedstock_price);
    }

    void use_final_rows()
    {
        const auto finish = [&](model::Path& path) {
            for (model::Knot& knot : path) {
                knot.row = registry_.final_row(knot.row);
            }
        };
        for (model::Sector& sector : model_.sectors) {
            finish(sector.activity);
            sector.activity_2019 = registry_.final_row(sector.activity_2019);
        }
        for (model::Driver& driver : model_.drivers) {
            std::for_each(driver.path.begin(), driver.path.end(), finish);
        }
        for (model::Component& component : model_.components) {
            finish(component.exogenous_cumulative);
        }
        for (model::Converter& converter : model_.converters) {
            finish(converter.specific_energy);
        }
        for (model::Resource& resource : model_.resources) {
            finish(resource.limit);
        }
    }

    static constexpr std::string_view cost_group = "technology_cost";

    const Catalogue& catalogue_;
    Selection used_;
    InputRegistry registry_;
    model::Spec model_;
};

}  // namespace

BuiltModel build_model(const Catalogue& catalogue)
{
    BuiltModel built = ModelBuilder(catalogue).build();
    built.model.n_rows = built.design.n_rows;
    return built;
}

}  // namespace hepta::config
