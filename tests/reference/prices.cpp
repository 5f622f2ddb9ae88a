#include "reference/prices.hpp"

#include "reference/paths.hpp"

#include <cmath>

namespace hepta::reference {

namespace {

constexpr double hours_per_yr = 8760.0;
constexpr double gj_per_kwh = 0.0036;
constexpr double g_per_kwh_of_t_per_gj = 3600.0;

/// Price of a converter's output, USD/GJ.
double converter_price(const World& world,
                       const model::Converter& converter,
                       int year,
                       const Prices& prices,
                       double component_cost)
{
    const Sample& sample = world.sample;
    const model::Carrier& output =
        world.spec.carriers[converter.output_carrier];
    const double energy_kwh_per_t =
        linear(points(converter.specific_energy, sample), year);
    const double full_hours = sample(converter.capacity_factor) * hours_per_yr;
    const double capex_usd_per_kw =
        sample(world.spec.components[converter.component].unit_cost) *
        component_cost * sample(converter.install_factor);
    const double capital_per_yr =
        capital_recovery(sample(converter.discount_rate),
                         sample(converter.lifetime)) +
        sample(converter.fixed_opex);
    const double usd_per_t =
        capital_per_yr * capex_usd_per_kw * energy_kwh_per_t / full_hours +
        gj_per_kwh * energy_kwh_per_t * prices.carrier[converter.input_carrier];

    const double direct = sample(converter.direct_emissions, 0.0);
    const double captured = sample(converter.capture_rate, 0.0) * direct;
    return usd_per_t / sample(converter.heating_value) +
           prices.carbon * (direct - captured) + prices.co2_storage * captured +
           sample(output.price_adder);
}

}  // namespace

std::vector<double> driver_noise(const World& world,
                                 const model::Driver& driver)
{
    if (driver.volatility == model::no_row) {
        return std::vector<double>(
            static_cast<std::size_t>(world.spec.n_years()), 0.0);
    }
    const double reversion = world.sample(driver.mean_reversion);
    const double volatility = world.sample(driver.volatility);
    return autoregressive(std::exp(-reversion),
                          volatility / std::sqrt(2.0 * reversion),
                          world.sample,
                          driver.innovation);
}

double driver_value(const World& world, std::size_t driver, int year)
{
    const model::Path& path =
        world.spec.drivers[driver].path.at(world.scenario_index);
    return linear(points(path, world.sample), year) *
           std::exp(world.driver_noise[driver][world.index(year)]);
}

double grid_intensity(const World& world, int year)
{
    return driver_value(world, world.spec.grid_intensity, year) /
           g_per_kwh_of_t_per_gj;
}

Prices prices(const World& world,
              int year,
              const std::vector<double>& component_cost)
{
    const model::Spec& spec = world.spec;
    Prices result{
        .carrier = std::vector<double>(spec.carriers.size()),
        .carbon = driver_value(world, spec.carbon_price, year),
        .co2_storage = driver_value(world, spec.co2_storage_price, year),
        .co2_feedstock = driver_value(world, spec.co2_feedstock_price, year)};
    for (std::size_t k = 0; k < spec.carriers.size(); ++k) {
        const model::Carrier& carrier = spec.carriers[k];
        if (carrier.converter == model::no_index) {
            result.carrier[k] = world.sample(carrier.price_link) *
                                    driver_value(world, carrier.driver, year) +
                                world.sample(carrier.price_adder);
        }
    }
    for (const model::Converter& converter : spec.converters) {
        result.carrier[converter.output_carrier] =
            converter_price(world,
                            converter,
                            year,
                            result,
                            component_cost[converter.component]);
    }
    return result;
}

double converter_capacity(const World& world,
                          const model::Converter& converter,
                          int year)
{
    const Sample& sample = world.sample;
    const double energy_kwh_per_t =
        linear(points(converter.specific_energy, sample), year);
    const double full_hours = sample(converter.capacity_factor) * hours_per_yr;
    return energy_kwh_per_t / (sample(converter.heating_value) * full_hours);
}

double converter_input(const World& world,
                       const model::Converter& converter,
                       int year)
{
    const double energy_kwh_per_t =
        linear(points(converter.specific_energy, world.sample), year);
    return gj_per_kwh * energy_kwh_per_t /
           world.sample(converter.heating_value);
}

double capital_recovery(double discount_rate_per_yr, double lifetime_yr)
{
    if (discount_rate_per_yr == 0.0) {
        return 1.0 / lifetime_yr;
    }
    const double growth = std::pow(1.0 + discount_rate_per_yr, lifetime_yr);
    return discount_rate_per_yr * growth / (growth - 1.0);
}

}  // namespace hepta::reference
