#include "plan.hpp"

#include "hepta/core/error.hpp"
#include "paths.hpp"
#include "sparse_terms.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>

namespace hepta::model {
namespace {

void check_size(std::string_view what, std::size_t n, std::size_t largest)
{
    if (n > largest) {
        throw InputError("the model has " + std::to_string(n) + " " +
                         std::string(what) + ", more than the " +
                         std::to_string(largest) + " it can hold");
    }
}

void check_sizes(const Spec& spec)
{
    check_size("sectors", spec.sectors.size(), max_sectors);
    check_size("sectors and portfolios",
               spec.sectors.size() + spec.portfolios.size(),
               max_groups);
    check_size("technologies", spec.n_technologies(), max_technologies);
    check_size("carriers", spec.carriers.size(), max_carriers);
    check_size("drivers", spec.drivers.size(), max_drivers);
    check_size("components", spec.components.size(), max_components);
    check_size("converters", spec.converters.size(), max_converters);
    check_size("resources", spec.resources.size(), max_resources);
    for (const Sector& sector : spec.sectors) {
        check_size("technologies in sector " + sector.name,
                   sector.technologies.size(),
                   max_technologies_per_sector);
    }
}

}  // namespace

/// Fills a PlanStorage; hands out rows of the workspace.
class PlanBuilder
{
  public:
    PlanBuilder(const Spec& spec, const OutputLayout& layout, PlanStorage& out)
        : spec_(spec), out_(out), plan_(out.plan_), next_row_(spec.n_rows)
    {
        plan_.layout = &layout;
    }
    void build();

  private:
    void set_globals();
    void set_technologies();
    template <class T>
    Slice<T> keep(std::vector<T> values)
    {
        auto owned = std::make_shared<std::vector<T>>(std::move(values));
        out_.arrays_.push_back(owned);
        return {owned->data(), static_cast<std::uint32_t>(owned->size())};
    }
    Row rows(std::size_t n = 1)
    {
        const Row first = next_row_;
        next_row_ += static_cast<Row>(n);
        return first;
    }
    [[nodiscard]] std::size_t n_years() const
    {
        return static_cast<std::size_t>(spec_.n_years());
    }
    Slice<Interpolation> by_year(const Path& path)
    {
        std::vector<Interpolation> years;
        for (int t = spec_.first_year; t <= spec_.last_year; ++t) {
            years.push_back(interpolate(path, t));
        }
        return keep(std::move(years));
    }
    TechnologyPlan technology(const Technology& technology);
    SectorPlan sector(const Sector& sector, std::uint32_t first_technology);
    DriverPlan driver(const Driver& driver);
    ComponentPlan component(const Component& component);
    ConverterPlan converter(const Converter& converter);
    ResourcePlan resource(const Resource& resource);
    ScenarioPlan scenario(const Scenario& scenario);
    Slice<BoundPlan> bounds(const std::vector<ShareBound>& bounds);
    SparseRows sparse(SparsePattern pattern);

    const Spec& spec_;
    PlanStorage& out_;
    Plan& plan_;
    Row next_row_;
};

TechnologyPlan PlanBuilder::technology(const Technology& t)
{
    TechnologyPlan p{};
    p.share_2020 = t.share_2020;
    p.capex = t.capex_2020;
    p.opex = t.opex_non_energy;
    p.feedstock = t.feedstock_cost;
    p.lifetime = t.lifetime;
    p.process_ghg = t.process_ghg;
    p.capture_rate = t.capture_rate;
    p.availability_year = t.availability_year;
    p.diffusion_rate = t.diffusion_rate;
    p.max_share = t.max_share;
    p.seed_share = t.seed_share;
    p.upstream_ghg = t.upstream_ghg;
    p.co2_feedstock = t.co2_feedstock;
    p.investment_cycle = t.investment_cycle;

    std::vector<CarrierTerm> energy, priced;
    std::vector<ConverterTerm> converted;
    for (const CarrierUse& use : t.energy_input) {
        energy.push_back({use.carrier, use.amount_gj});
        const std::uint32_t by = spec_.carriers[use.carrier].converter;
        if (by == no_index) {
            priced.push_back({use.carrier, use.amount_gj});
        } else {
            converted.push_back({by, use.amount_gj});
        }
    }
    p.energy = keep(std::move(energy));
    p.priced = keep(std::move(priced));
    p.converted = keep(std::move(converted));
    const auto terms = [this](const std::vector<ComponentUse>& uses) {
        std::vector<ComponentTerm> out;
        for (const ComponentUse& use : uses) {
            out.push_back({use.component, use.amount});
        }
        return keep(std::move(out));
    };
    p.capex_share = terms(t.capex_component_share);
    p.intensity = terms(t.component_intensity);

    p.rows = rows(w_technology_size);
    return p;
}

SectorPlan PlanBuilder::sector(const Sector& s, std::uint32_t first_technology)
{
    SectorPlan p{};
    p.first_technology = first_technology;
    p.n_technologies = static_cast<std::uint32_t>(s.technologies.size());
    p.recovery_year = s.recovery_year;
    p.covid_intensity = s.covid_intensity_factor;
    p.demand_reduction = s.demand_reduction_2050;
    p.early_retirement = s.early_retirement_rate;
    p.choice_spread = s.choice_spread;
    p.elasticity = s.demand_price_elasticity;
    p.efficiency_improvement = s.efficiency_improvement;
    p.discount_rate = s.discount_rate_real;
    p.activity_2019 = s.activity_2019;
    p.noise_sd = s.activity_noise_sd;
    p.noise_phi = s.activity_noise_phi;
    p.fixed_block = s.fixed_block;
    p.non_co2 = s.non_co2_forcing_multiplier;
    p.activity = by_year(s.activity);
    p.innovation = keep(s.activity_innovation);
    p.first_knot_after = s.activity[1].year - spec_.first_year;
    p.second_activity = s.activity[1].row;
    p.w_activity = rows(n_years());
    for (Row* row :
         {&p.w_efficiency, &p.w_demand, &p.w_beta, &p.w_retirement}) {
        *row = rows();
    }
    return p;
}

DriverPlan PlanBuilder::driver(const Driver& d)
{
    DriverPlan p{};
    p.volatility = d.volatility;
    p.mean_reversion = d.mean_reversion;
    p.innovation = keep(d.innovation);
    std::vector<Slice<Interpolation>> by_scenario;
    for (const Path& path : d.path) {
        by_scenario.push_back(by_year(path));
    }
    p.path = keep(std::move(by_scenario));
    p.w_noise = d.volatility == no_row ? no_row : rows(n_years());
    return p;
}

ComponentPlan PlanBuilder::component(const Component& c)
{
    ComponentPlan p{};
    p.unit_cost = c.unit_cost;
    p.cumulative = c.cumulative;
    p.learning_rate = c.learning_rate;
    p.floor = c.cost_floor_fraction;
    p.noise_sd = c.noise_sd;
    p.innovation = keep(c.innovation);
    if (!c.exogenous_cumulative.empty()) {
        Path path = c.exogenous_cumulative;
        path.insert(path.begin(), {spec_.first_year, no_row});
        p.exogenous = by_year(path);
    }
    p.w_exponent = rows();
    p.w_inverse_base = rows();
    p.w_added = rows();
    p.w_noise = rows(n_years());
    p.w_exogenous = rows(n_years());
    return p;
}

ConverterPlan PlanBuilder::converter(const Converter& c)
{
    ConverterPlan p{};
    p.output_carrier = c.output_carrier;
    p.input_carrier = c.input_carrier;
    p.component = c.component;
    p.input_converter = spec_.carriers[c.input_carrier].converter;
    p.capacity_factor = c.capacity_factor;
    p.fixed_opex = c.fixed_opex;
    p.install_factor = c.install_factor;
    p.lifetime = c.lifetime;
    p.discount_rate = c.discount_rate;
    p.heating_value = c.heating_value;
    p.direct_emissions = c.direct_emissions;
    p.capture_rate = c.capture_rate;
    p.specific_energy = by_year(c.specific_energy);
    p.w_capital = rows();
    p.w_capacity = rows();
    return p;
}

ResourcePlan PlanBuilder::resource(const Resource& r)
{
    const auto index = static_cast<std::size_t>(&r - spec_.resources.data());
    ResourcePlan p{};
    p.kind = r.kind;
    p.limit = by_year(r.limit);
    p.limit_factor = r.limit_factor;
    std::vector<LimitUse> users;
    std::uint32_t i = 0;
    for (const Sector& s : spec_.sectors) {
        for (const Technology& t : s.technologies) {
            if (r.kind == Resource::Kind::captured_co2 && t.captures) {
                users.push_back({i, no_row});
            }
            for (const ResourceUse& use : t.resource_input) {
                if (r.kind == Resource::Kind::resource_input &&
                    use.resource == index) {
                    users.push_back({i, use.amount});
                }
            }
            for (const CarrierUse& use : t.energy_input) {
                if (r.kind == Resource::Kind::carriers &&
                    std::find(r.carriers.begin(),
                              r.carriers.end(),
                              use.carrier) != r.carriers.end()) {
                    users.push_back({i, use.amount_gj});
                }
            }
            ++i;
        }
    }
    p.users = keep(std::move(users));
    return p;
}

Slice<BoundPlan> PlanBuilder::bounds(const std::vector<ShareBound>& bounds)
{
    std::vector<BoundPlan> out;
    for (const ShareBound& bound : bounds) {
        std::vector<double> share;
        for (int t = spec_.first_year; t <= spec_.last_year; ++t) {
            share.push_back(lever_at(bound.share, t, 0.0));
        }
        out.push_back({bound.sector,
                       keep(bound.technologies),
                       keep(std::move(share)),
                       bound.scale});
    }
    return keep(std::move(out));
}

ScenarioPlan PlanBuilder::scenario(const Scenario& s)
{
    const auto years_of = [this](const std::vector<LeverPath>& paths,
                                 std::size_t n,
                                 double if_empty) {
        std::vector<double> values;
        for (std::size_t i = 0; i < n; ++i) {
            for (int t = spec_.first_year; t <= spec_.last_year; ++t) {
                values.push_back(lever_at(
                    i < paths.size() ? paths[i] : LeverPath{}, t, if_empty));
            }
        }
        return keep(std::move(values));
    };
    ScenarioPlan p{};
    std::vector<int> ban_year;
    for (const int year : s.end_of_new_builds) {
        ban_year.push_back(year == never ? never : year - spec_.first_year);
    }
    ban_year.resize(spec_.n_technologies(), never);
    p.ban_year = keep(std::move(ban_year));
    std::vector<double> reduction = s.demand_reduction;
    reduction.resize(spec_.sectors.size(), 0.0);
    p.demand_reduction = keep(std::move(reduction));
    p.cover = years_of(s.carbon_cover, spec_.sectors.size(), 1.0);
    p.premium = years_of(s.premium, spec_.n_technologies(), 0.0);
    p.premium_scale = keep(s.premium_scale);
    p.fixed_block = years_of(s.fixed_block_path, spec_.sectors.size(), 1.0);
    p.seed_factor = s.seed_factor;
    p.adoption_factor = s.adoption_factor;
    p.retirement_factor = s.retirement_factor;
    p.minimum = bounds(s.minimum_share);
    p.maximum = bounds(s.maximum_share);
    return p;
}

SparseRows PlanBuilder::sparse(SparsePattern pattern)
{
    check_size("component terms", pattern.column.size(), max_terms);
    return {keep(std::move(pattern.first)), keep(std::move(pattern.column))};
}

void PlanBuilder::set_globals()
{
    plan_.first_year = spec_.first_year;
    plan_.n_years = spec_.n_years();
    plan_.steps_per_year = spec_.steps_per_year;
    plan_.baseline = spec_.baseline_scenario;
    plan_.carbon_price = spec_.carbon_price;
    plan_.grid_intensity = spec_.grid_intensity;
    plan_.storage_price = spec_.co2_storage_price;
    plan_.feedstock_price = spec_.co2_feedstock_price;
    plan_.form_weight = spec_.form_weight;
    plan_.noise_rho = spec_.learning_noise_rho;
    plan_.noise_persistence = spec_.learning_noise_persistence;
    plan_.tcre = spec_.tcre;
    plan_.non_co2_forcing = spec_.non_co2_forcing;
    plan_.acceleration = spec_.acceleration;
}

void PlanBuilder::set_technologies()
{
    ExperiencePattern experience = experience_pattern(spec_);
    std::vector<SectorPlan> sectors;
    std::vector<TechnologyPlan> technologies;
    for (const Sector& s : spec_.sectors) {
        sectors.push_back(
            sector(s, static_cast<std::uint32_t>(technologies.size())));
        for (const Technology& t : s.technologies) {
            TechnologyPlan& p = technologies.emplace_back(technology(t));
            p.sector = static_cast<std::uint32_t>(sectors.size() - 1);
            p.gain_terms =
                keep(std::move(experience.terms[technologies.size() - 1]));
        }
    }
    plan_.cost_slope = sparse(cost_pattern(spec_));
    plan_.experience_gain = sparse(std::move(experience));
    plan_.n_technologies = static_cast<std::uint32_t>(technologies.size());
    plan_.sectors = keep(std::move(sectors));
    plan_.technologies = keep(std::move(technologies));
}

void PlanBuilder::build()
{
    check_sizes(spec_);
    set_globals();
    set_technologies();
    const auto each = [this](const auto& items, auto member) {
        using Item = std::decay_t<decltype((this->*member)(items[0]))>;
        std::vector<Item> out;
        for (const auto& item : items) {
            out.push_back((this->*member)(item));
        }
        return keep(std::move(out));
    };
    plan_.drivers = each(spec_.drivers, &PlanBuilder::driver);
    plan_.components = each(spec_.components, &PlanBuilder::component);
    plan_.converters = each(spec_.converters, &PlanBuilder::converter);
    plan_.resources = each(spec_.resources, &PlanBuilder::resource);
    plan_.scenarios = each(spec_.scenarios, &PlanBuilder::scenario);

    std::vector<CarrierPlan> carriers;
    for (const Carrier& c : spec_.carriers) {
        carriers.push_back({c.ef_direct,
                            c.ef_upstream,
                            c.grid_fraction,
                            c.price_link,
                            c.price_adder,
                            c.driver,
                            c.converter});
    }
    plan_.carriers = keep(std::move(carriers));
    std::vector<Slice<std::uint32_t>> portfolios;
    for (const Portfolio& portfolio : spec_.portfolios) {
        portfolios.push_back(keep(portfolio.sectors));
    }
    plan_.portfolios = keep(std::move(portfolios));
    std::vector<Row> budgets;
    for (const CarbonBudget& budget : spec_.budgets) {
        budgets.push_back(budget.amount);
    }
    plan_.budgets = keep(std::move(budgets));

    const std::size_t n_groups = spec_.sectors.size() + spec_.portfolios.size();
    plan_.w_inverse_budget = rows(spec_.budgets.size());
    plan_.w_cumulative = rows(n_groups);
    plan_.w_previous = rows(n_groups);
    plan_.w_invested = rows(spec_.carriers.size() + 1);
    plan_.w_baseline = rows(n_groups * n_years());
    plan_.w_baseline_sector =
        rows(spec_.sectors.size() * n_years() * n_sector_year);
    plan_.n_inputs = spec_.n_rows;
    plan_.n_rows = next_row_;
}

PlanStorage::PlanStorage(const Spec& spec, const OutputLayout& layout)
{
    PlanBuilder(spec, layout, *this).build();
}

}  // namespace hepta::model
