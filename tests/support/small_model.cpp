#include "support/small_model.hpp"

namespace hepta::tests {

SmallModel::SmallModel(int first_year, int last_year)
{
    spec.first_year = first_year;
    spec.last_year = last_year;
    spec.scenarios.push_back({.name = "only"});
    spec.carbon_price = add_driver("carbon_price", 0.0);
    spec.grid_intensity = add_driver("grid_carbon_intensity", 0.0);
    spec.co2_storage_price = add_driver("co2_transport_storage", 0.0);
    spec.co2_feedstock_price = add_driver("co2_feedstock", 0.0);
    spec.form_weight = number(1.0);
    spec.learning_noise_rho = number(0.19);
    spec.learning_noise_persistence = number(0.8);
    spec.tcre = number(0.45);
}

model::Row SmallModel::number(double value)
{
    input.push_back(value);
    return spec.n_rows++;
}

std::vector<model::Row> SmallModel::innovations()
{
    std::vector<model::Row> rows;
    for (int year = spec.first_year + 1; year <= spec.last_year; ++year) {
        rows.push_back(number(0.0));
    }
    return rows;
}

model::Path SmallModel::path(const std::vector<YearNumber>& points)
{
    model::Path result;
    for (const YearNumber& point : points) {
        result.push_back({point.year, number(point.value)});
    }
    return result;
}

std::uint32_t SmallModel::add_sector(const SectorNumbers& numbers)
{
    const auto index = static_cast<std::uint32_t>(spec.sectors.size());
    model::Sector sector;
    sector.name = "sector_" + std::to_string(index);
    sector.activity = path({{spec.first_year, numbers.activity},
                            {spec.last_year, numbers.activity}});
    sector.activity_2019 = number(numbers.activity);
    sector.activity_noise_sd = number(0.0);
    sector.activity_noise_phi = number(0.8);
    sector.activity_innovation = innovations();
    sector.demand_reduction_2050 = number(0.0);
    sector.early_retirement_rate = number(numbers.early_retirement_rate);
    sector.choice_spread = number(numbers.choice_spread);
    sector.demand_price_elasticity = number(numbers.price_elasticity);
    sector.efficiency_improvement = number(numbers.efficiency_improvement);
    sector.discount_rate_real = number(numbers.discount_rate);
    spec.sectors.push_back(sector);
    for (model::Scenario& scenario : spec.scenarios) {
        scenario.demand_reduction.push_back(0.0);
        scenario.carbon_cover.emplace_back();
        scenario.fixed_block_path.emplace_back();
    }
    return index;
}

std::uint32_t SmallModel::add_technology(const TechnologyNumbers& numbers)
{
    model::Sector& owner = sector();
    const auto index = static_cast<std::uint32_t>(owner.technologies.size());
    model::Technology technology;
    technology.name = owner.name + "/technology_" + std::to_string(index);
    technology.share_2020 = number(numbers.share);
    technology.capex_2020 = number(numbers.capex);
    technology.opex_non_energy = number(numbers.opex);
    technology.feedstock_cost = number(0.0);
    technology.lifetime = number(numbers.lifetime);
    technology.process_ghg = number(numbers.process_ghg);
    technology.capture_rate = number(numbers.capture_rate);
    technology.availability_year = number(numbers.availability_year);
    technology.diffusion_rate = number(numbers.diffusion_rate);
    technology.max_share = number(numbers.max_share);
    if (numbers.seed_share > 0.0) {
        technology.seed_share = number(numbers.seed_share);
    }
    owner.technologies.push_back(technology);
    for (model::Scenario& scenario : spec.scenarios) {
        scenario.end_of_new_builds.push_back(model::never);
        scenario.premium.emplace_back();
    }
    return index;
}

std::uint32_t SmallModel::add_driver(const std::string& name, double value)
{
    const auto index = static_cast<std::uint32_t>(spec.drivers.size());
    model::Driver driver;
    driver.name = name;
    const model::Path constant =
        path({{spec.first_year, value}, {spec.last_year, value}});
    driver.path.assign(spec.scenarios.size(), constant);
    spec.drivers.push_back(driver);
    return index;
}

std::uint32_t SmallModel::add_carrier(double price)
{
    const auto index = static_cast<std::uint32_t>(spec.carriers.size());
    model::Carrier carrier;
    carrier.name = "carrier_" + std::to_string(index);
    carrier.ef_direct = number(0.0);
    carrier.ef_upstream = number(0.0);
    carrier.grid_fraction = number(0.0);
    carrier.price_link = number(1.0);
    carrier.price_adder = number(0.0);
    carrier.driver = add_driver("price_" + std::to_string(index), price);
    spec.carriers.push_back(carrier);
    return index;
}

std::uint32_t SmallModel::add_component(const ComponentNumbers& numbers)
{
    const auto index = static_cast<std::uint32_t>(spec.components.size());
    model::Component component;
    component.name = "component_" + std::to_string(index);
    component.unit_cost = number(numbers.unit_cost);
    component.cumulative = number(numbers.cumulative);
    component.learning_rate = number(numbers.learning_rate);
    component.cost_floor_fraction = number(numbers.cost_floor);
    component.noise_sd = number(numbers.noise_sd);
    component.innovation = innovations();
    spec.components.push_back(component);
    return index;
}

void SmallModel::set(const model::Path& path, double value)
{
    for (const model::Knot& knot : path) {
        set(knot.row, value);
    }
}

model::Technology& SmallModel::technology()
{
    return sector().technologies.back();
}

model::Sector& SmallModel::sector()
{
    return spec.sectors.back();
}

model::Scenario& SmallModel::scenario()
{
    return spec.scenarios.front();
}

}  // namespace hepta::tests
