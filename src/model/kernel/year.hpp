/// \file
/// Quantities of one year of one register of samples, constant within it.
#pragma once

#include "lanes.hpp"

namespace hepta::model {
namespace HEPTA_ISA {

/// Exogenous quantities of a year; arrays over the items of the plan.
struct Year
{
    std::size_t t = 0;  ///< offset from the first year
    std::uint32_t scenario = 0;

    Vec carbon_price;                    ///< USD/t CO2
    Vec grid;                            ///< g CO2 per kWh
    Vec storage_price, feedstock_price;  ///< USD/t CO2
    Vec carrier_price[max_carriers];     ///< USD/GJ; converters' at the start

    Vec running_cost[max_technologies];  ///< all but capital and converters
    Vec carbon_cost[max_technologies];   ///< the part the carbon price adds
    Vec inverse_life[max_technologies];
    bool banned[max_technologies];

    Vec exogenous[max_components];  ///< W_c
    Vec noise[max_components];      ///< exp(N_c)
    Vec added_at_start[max_components];

    Vec converter_capital[max_converters];   ///< USD/GJ per K/K_0
    Vec converter_running[max_converters];   ///< USD/GJ without the input
    Vec converter_input[max_converters];     ///< GJ input per GJ output
    Vec converter_capacity[max_converters];  ///< component units per PJ/yr

    Vec turnover_floor[max_sectors];   ///< rho_s + g_s, 1/yr
    Vec capacity[max_sectors];         ///< K(t), activity units
    Vec capacity_change[max_sectors];  ///< K(t+1) - K(t)
    Vec demand_next[max_sectors];      ///< D(t+1)
    Vec capacity_next[max_sectors];    ///< K(t+1)
    Vec form_weight;
    bool any_replicator = true, any_vintage = true;
};

HEPTA_INLINE Vec driver_price(const Plan& plan,
                              const Year& y,
                              std::uint32_t driver,
                              Lanes x)
{
    const DriverPlan& d = plan.drivers[driver];
    const Vec path = x.linear(d.path[y.scenario][y.t]);
    return d.w_noise == no_row ? path
                               : path * x[d.w_noise + static_cast<Row>(y.t)];
}

/// Step 2: prices of carriers, carbon, storage, bought CO2.
inline void set_prices(const Plan& plan, Year& y, Lanes x)
{
    Vec driver[max_drivers];
    for (std::uint32_t d = 0; d < plan.drivers.size; ++d) {
        driver[d] = driver_price(plan, y, d, x);
    }
    y.carbon_price = driver[plan.carbon_price];
    y.grid = driver[plan.grid_intensity];
    y.storage_price = driver[plan.storage_price];
    y.feedstock_price = driver[plan.feedstock_price];
    for (std::uint32_t k = 0; k < plan.carriers.size; ++k) {
        const CarrierPlan& carrier = plan.carriers[k];
        if (carrier.converter == no_index) {
            y.carrier_price[k] = fma(x[carrier.price_link],
                                     driver[carrier.driver],
                                     x[carrier.price_adder]);
        }
    }
    for (std::uint32_t v = 0; v < plan.converters.size; ++v) {
        const ConverterPlan& c = plan.converters[v];
        const Vec energy = x.linear(c.specific_energy[y.t]);
        const Vec output_gj = x[c.heating_value];
        y.converter_capital[v] = x[c.w_capital] * energy;
        y.converter_capacity[v] = x[c.w_capacity] * energy;
        y.converter_input[v] = set(0.0036) * energy / output_gj;
        Vec running = x[plan.carriers[c.output_carrier].price_adder];
        if (c.direct_emissions != no_row) {
            const Vec gross = x[c.direct_emissions];
            const Vec captured = gross * x.get(c.capture_rate, 0.0);
            running = fma(gross - captured, y.carbon_price, running);
            running = fma(captured, y.storage_price, running);
        }
        y.converter_running[v] = running;
    }
}

/// Steps 4 and 5: emission factors, and costs without capital and converters.
inline void set_costs(const Plan& plan, Year& y, Lanes x)
{
    const ScenarioPlan& scenario = plan.scenarios[y.scenario];
    const auto n_years = static_cast<std::size_t>(plan.n_years);
    for (std::uint32_t s = 0; s < plan.sectors.size; ++s) {
        const SectorPlan& sector = plan.sectors[s];
        const Vec efficiency = x[sector.w_efficiency];
        const Vec grid = efficiency * y.grid;
        const Vec carbon =
            y.carbon_price * set(scenario.cover[s * n_years + y.t]);
        for (std::uint32_t j = 0; j < sector.n_technologies; ++j) {
            const std::uint32_t i = sector.first_technology + j;
            const TechnologyPlan& t = plan.technologies[i];
            const Vec gross = fma(efficiency, x[t.w_direct], x[t.process_ghg]);
            const Vec captured = x[t.capture_rate] * gross;
            const Vec scope1 = gross - captured;
            const Vec scope2 = grid * x[t.w_grid];
            const Vec scope3 =
                fma(efficiency, x[t.w_upstream], x.get(t.upstream_ghg, 0.0));
            x.set(t.w_captured, captured);
            x.set(t.w_scope1, scope1);
            x.set(t.w_scope2, scope2);
            x.set(t.w_scope3, scope3);

            Vec energy = set(0.0);
            for (const CarrierTerm& term : t.priced) {
                energy = fma(
                    x[term.amount_gj], y.carrier_price[term.carrier], energy);
            }
            const Vec carbon_cost = carbon * (scope1 + scope2);
            Vec cost = fma(efficiency, energy, x[t.w_running]);
            cost = fma(captured, y.storage_price, cost);
            if (t.co2_feedstock != no_row) {
                cost = fma(x[t.co2_feedstock], y.feedstock_price, cost);
            }
            y.carbon_cost[i] = carbon_cost;
            y.running_cost[i] =
                cost + carbon_cost - set(scenario.premium[i * n_years + y.t]);
            y.inverse_life[i] = x[t.w_inverse_life];
            y.banned[i] = static_cast<int>(y.t) >= scenario.ban_year[i];
        }
    }
}

inline void set_experience(const Plan& plan, Year& y, Lanes x)
{
    for (std::uint32_t c = 0; c < plan.components.size; ++c) {
        const ComponentPlan& component = plan.components[c];
        const auto t = static_cast<Row>(y.t);
        y.exogenous[c] = x[component.w_exogenous + t];
        y.noise[c] = x[component.w_noise + t];
        y.added_at_start[c] = x[component.w_added];
    }
}

}  // namespace HEPTA_ISA
}  // namespace hepta::model
