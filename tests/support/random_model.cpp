#include "support/random_model.hpp"

#include "support/random_draws.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace hepta::tests {

namespace {

using model::Row;

class Generator : private Draws
{
  public:
    explicit Generator(std::uint64_t seed) : Draws(seed) {}

    RandomModel generate();

  private:
    std::vector<Row> innovations()
    {
        std::vector<Row> rows;
        for (int t = spec_.first_year; t < spec_.last_year; ++t) {
            rows.push_back(row([&] { return uniform(-2.0, 2.0); }));
        }
        return rows;
    }
    template <class Draw>
    model::Path path(Draw draw)
    {
        model::Path knots{{spec_.first_year, row(draw)}};
        if (chance(0.5)) {
            knots.push_back({spec_.first_year + 7, row(draw)});
        }
        knots.push_back({spec_.last_year + 9, row(draw)});
        return knots;
    }
    void add_globals();
    std::uint32_t add_driver(double low, double high, double edge);
    void add_supply();
    void add_components();
    void add_converters();
    void add_resources();
    void add_sector();
    model::Technology technology(std::uint32_t index);
    void add_uses(model::Technology& technology, bool is_free);
    void set_shares(model::Sector& sector);

    model::Spec spec_;
    bool has_free_technology_ = false;
    bool equal_costs_ = false;
};

std::uint32_t Generator::add_driver(double low, double high, double edge)
{
    model::Driver driver;
    for (std::size_t z = 0; z < spec_.scenarios.size(); ++z) {
        driver.path.push_back(path([&] {
            return chance(0.2) ? one_of({low, edge}) : uniform(low, high);
        }));
    }
    if (chance(0.5)) {
        driver.volatility = number(0.0, 0.3, {0.0});
        driver.mean_reversion = number(0.01, 1.0, {1.0});
        driver.innovation = innovations();
    }
    spec_.drivers.push_back(driver);
    return static_cast<std::uint32_t>(spec_.drivers.size() - 1);
}

void Generator::add_globals()
{
    spec_.last_year = spec_.first_year + one_of({1, 2, 4, 8, 30});
    spec_.steps_per_year = one_of({1, 1, 2});
    spec_.scenarios.resize(integer(1, 2));
    spec_.carbon_price = add_driver(0.0, 300.0, 1e6);
    spec_.grid_intensity = add_driver(0.0, 800.0, 0.0);
    spec_.co2_storage_price = add_driver(0.0, 100.0, 1e6);
    spec_.co2_feedstock_price = add_driver(-50.0, 300.0, 1e6);
    spec_.form_weight = number(0.0, 1.0, {0.0, 1.0});
    spec_.learning_noise_rho = number(0.0, 0.5, {0.0});
    spec_.learning_noise_persistence = number(0.0, 1.0, {0.0, 1.0});
    spec_.tcre = number(0.2, 0.7, {0.45});
    if (chance(0.5)) {
        spec_.budgets.push_back({"budget", number(100, 1000, {500})});
    }
}

void Generator::add_components()
{
    for (std::uint32_t n = integer(1, 3); n > 0; --n) {
        model::Component component;
        component.unit_cost = number(1.0, 2000.0, {1.0});
        component.cumulative = row([&] { return geometric(0.1, 1e4); });
        component.learning_rate = number(0.0, 0.5, {0.0, 0.9});
        component.cost_floor_fraction = number(0.0, 0.5, {0.0, 1.0});
        component.noise_sd = number(0.0, 0.2, {0.0});
        component.innovation = innovations();
        if (chance(0.5)) {
            component.exogenous_cumulative.push_back(
                {spec_.last_year, number(0.0, 1e3, {0.0, 1e6})});
        }
        spec_.components.push_back(component);
    }
}

void Generator::add_supply()
{
    for (std::uint32_t n = integer(1, 3); n > 0; --n) {
        model::Carrier carrier;
        carrier.ef_direct = number(0.0, 0.1, {0.0});
        carrier.ef_upstream = number(-0.05, 0.1, {0.0});
        carrier.grid_fraction = number(0.0, 1.0, {0.0, 1.0});
        carrier.price_link = number(0.5, 1.5, {0.0, 1.0});
        carrier.price_adder = number(0.0, 5.0, {0.0});
        carrier.driver = add_driver(0.0, 40.0, 1e6);
        spec_.carriers.push_back(carrier);
    }
}

/// None, one, or two of which the second uses what the first makes.
void Generator::add_converters()
{
    for (std::uint32_t n = integer(0, 2); n > 0; --n) {
        model::Converter converter;
        const auto output = static_cast<std::uint32_t>(spec_.carriers.size());
        converter.input_carrier =
            spec_.converters.empty() ? 0 : one_of({0u, output - 1});
        converter.output_carrier = output;
        converter.component = integer(0, spec_.components.size() - 1);
        converter.specific_energy = path([&] { return uniform(30, 60) * 1e3; });
        converter.capacity_factor = number(0.1, 1.0, {1.0});
        converter.fixed_opex = number(0.0, 0.05, {0.0});
        converter.install_factor = number(0.5, 2.0, {0.0, 1.0});
        converter.lifetime = number(5.0, 30.0, {1.0, 100.0});
        converter.discount_rate = number(0.03, 0.15, {0.01});
        converter.heating_value = number(50.0, 150.0, {120.0});
        if (chance(0.5)) {
            converter.direct_emissions = number(0.0, 0.1, {0.0});
            converter.capture_rate = number(0.0, 1.0, {0.0, 1.0});
        }
        model::Carrier carrier;
        carrier.ef_direct = number(0.0, 0.1, {0.0});
        carrier.ef_upstream = number(0.0, 0.1, {0.0});
        carrier.grid_fraction = number(0.0, 1.0, {0.0});
        carrier.price_link = number(0.5, 1.5, {1.0});
        carrier.price_adder = number(0.0, 5.0, {0.0});
        carrier.converter = static_cast<std::uint32_t>(spec_.converters.size());
        spec_.carriers.push_back(carrier);
        spec_.converters.push_back(converter);
    }
}

void Generator::add_resources()
{
    using Kind = model::Resource::Kind;
    for (std::uint32_t n = integer(0, 3); n > 0; --n) {
        model::Resource resource;
        resource.kind =
            one_of({Kind::carriers, Kind::captured_co2, Kind::resource_input});
        const auto n_carriers =
            static_cast<std::uint32_t>(spec_.carriers.size());
        for (std::uint32_t k = 1; k < n_carriers; ++k) {
            if (chance(0.5)) {
                resource.carriers.push_back(k);
            }
        }
        const double size = one_of({0.0, 1.0, 100.0, 1e5});
        resource.limit =
            path([&] { return chance(0.2) ? 0.0 : uniform(0.0, size); });
        resource.limit_factor = one_of({1.0, 1000.0});
        spec_.resources.push_back(resource);
    }
}

/// Carriers, components and resources of a technology. A free one has but the
/// first carrier, which no resource limits, and captures nothing.
void Generator::add_uses(model::Technology& technology, bool is_free)
{
    const auto n_carriers = static_cast<std::uint32_t>(spec_.carriers.size());
    for (std::uint32_t k = 0; k < (is_free ? 1 : n_carriers); ++k) {
        if (chance(0.6)) {
            technology.energy_input.push_back(
                {k, number(0.1, 20.0, {0.0, 1.0})});
        }
    }
    for (std::uint32_t c = 0; c < spec_.components.size(); ++c) {
        if (chance(0.5)) {
            technology.capex_component_share.push_back(
                {c, number(0.0, 0.3, {0.0})});
        }
        if (chance(0.5)) {
            technology.component_intensity.push_back(
                {c, number(0.0, 2.0, {0.0})});
        }
    }
    for (std::uint32_t r = 0; r < spec_.resources.size(); ++r) {
        if (!is_free && chance(0.5)) {
            technology.resource_input.push_back({r, number(0.0, 2.0, {0.0})});
        }
    }
    technology.captures = !is_free && chance(0.6);
    technology.capture_rate = technology.captures
                                  ? number(0.3, 0.95, {0.0, 1.0})
                                  : row([] { return 0.0; });
}

model::Technology Generator::technology(std::uint32_t index)
{
    model::Technology result;
    const bool is_free = index == 0 && has_free_technology_;
    if (equal_costs_ && index > 0) {
        result = spec_.sectors.back().technologies.front();
        result.capex_component_share.clear();
        result.component_intensity.clear();
    } else {
        result.capex_2020 = number(0.0, 3000.0, {0.0});
        result.opex_non_energy = number(0.0, 300.0, {0.0, 1.0});
        result.feedstock_cost = number(-10.0, 100.0, {0.0});
        result.lifetime = number(5.0, 60.0, {1.0, 100.0});
        result.process_ghg = number(0.0, 3.0, {0.0});
        if (chance(0.3)) {
            result.upstream_ghg = number(-1.0, 1.0, {0.0});
            result.co2_feedstock = number(0.0, 1.0, {0.0});
        }
        add_uses(result, is_free);
    }
    result.name = "technology_" + std::to_string(index);
    result.availability_year = row([&] {
        return chance(0.3) ? one_of({2020.0, 2020.5, 2200.0})
                           : uniform(2018.0, 2035.0);
    });
    result.diffusion_rate = number(0.0, 0.8, {0.0, 2.0});
    result.max_share = row([&] {
        return is_free || chance(0.5) ? 1.0 : one_of({1e-9, 0.3, uniform()});
    });
    if (!is_free && chance(0.4)) {
        // eight of them with a seed factor of 1.5 stay below 1
        result.seed_share = number(0.0, 0.08, {0.0, 0.08});
    }
    return result;
}

/// Shares that sum to 1, some of them 0, in every lane.
void Generator::set_shares(model::Sector& sector)
{
    const std::size_t n = sector.technologies.size();
    std::vector<Values> lanes;
    for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
        Values share{};
        for (std::size_t i = 0; i < n; ++i) {
            const double size = chance(0.3) ? one_of({0.0, 1e-12}) : uniform();
            share[i] = i == 0 && has_free_technology_ ? 0.1 + size : size;
        }
        double sum = 0.0;
        for (const double s : share) {
            sum += s;
        }
        if (sum <= 0.0) {
            sum = share[0] = 1.0;
        }
        for (double& s : share) {
            s /= sum;
        }
        lanes.push_back(share);
    }
    for (std::size_t i = 0; i < n; ++i) {
        std::size_t lane = 0;
        sector.technologies[i].share_2020 =
            row([&] { return lanes[lane++][i]; });
    }
}

void Generator::add_sector()
{
    model::Sector& sector = spec_.sectors.emplace_back();
    sector.name = "sector_" + std::to_string(spec_.sectors.size());
    const double size = one_of({1e-6, 1.0, 100.0, 1e4});
    const auto activity = [&] { return size * uniform(0.2, 2.0); };
    sector.activity = {{spec_.first_year, row(activity)},
                       {spec_.first_year + 10, row(activity)},
                       {spec_.first_year + 30, row(activity)}};
    sector.activity_2019 = row(activity);
    if (chance(0.3)) {
        sector.recovery_year = row([&] { return uniform(2020.5, 2029.4); });
        sector.covid_intensity_factor = number(0.5, 1.5, {1.0});
    }
    sector.activity_noise_sd = number(0.0, 0.2, {0.0});
    sector.activity_noise_phi = number(0.0, 0.95, {0.0});
    sector.activity_innovation = innovations();
    sector.demand_reduction_2050 = number(0.0, 1.0, {0.0, 1.0});
    sector.early_retirement_rate = number(0.0, 0.1, {0.0, 1.0});
    sector.choice_spread = number(0.1, 0.2, {0.02, 3.0});
    sector.demand_price_elasticity = number(-1.0, 0.0, {0.0});
    sector.efficiency_improvement = number(0.0, 0.03, {0.0, 0.5});
    sector.discount_rate_real = number(0.03, 0.15, {0.01});
    if (chance(0.3)) {
        sector.fixed_block = number(0.0, 100.0, {0.0});
        sector.non_co2_forcing_multiplier = number(1.0, 3.0, {1.0});
    }
    equal_costs_ = chance(0.1);
    const std::uint32_t n = integer(1, 8);
    for (std::uint32_t i = 0; i < n; ++i) {
        sector.technologies.push_back(technology(i));
    }
    set_shares(sector);
}

RandomModel Generator::generate()
{
    has_free_technology_ = chance(0.5);
    add_globals();
    add_supply();
    add_components();
    add_converters();
    add_resources();
    for (std::uint32_t n = integer(1, 3); n > 0; --n) {
        add_sector();
    }
    if (spec_.sectors.size() > 1) {
        spec_.portfolios.push_back({"two", {0, 1}});
    }
    for (model::Scenario& scenario : spec_.scenarios) {
        scenario = random_scenario(*this, spec_, has_free_technology_);
    }
    for (model::Scenario& scenario : spec_.scenarios) {
        scale_levers(*this, scenario);
    }
    spec_.n_rows = static_cast<Row>(rows().size());
    RandomModel result;
    result.inputs = Tile(spec_.n_rows);
    for (std::size_t r = 0; r < spec_.n_rows; ++r) {
        std::copy(rows()[r].begin(), rows()[r].end(), result.inputs.row(r));
    }
    result.spec = std::move(spec_);
    result.has_free_technology = has_free_technology_;
    return result;
}

}  // namespace

std::vector<double> RandomModel::sample(std::size_t lane) const
{
    std::vector<double> values(spec.n_rows);
    for (std::size_t row = 0; row < values.size(); ++row) {
        values[row] = inputs.row(row)[lane];
    }
    return values;
}

RandomModel random_model(std::uint64_t seed)
{
    return Generator(seed).generate();
}

}  // namespace hepta::tests
