/// \file
/// Quantities of one year of a pair of registers of samples, constant within
/// it.
#pragma once

#include "lanes.hpp"

namespace hepta::model {
namespace HEPTA_ISA {

/// What the stages of a year read of a technology. Its members lie side by
/// side: arrays of each, as large as the largest model, would all begin at the
/// same sets of the first-level cache.
struct TechnologyYear
{
    Vec base_cost;        ///< C_i at K/K_0 = 0 of all components
    Vec rate;             ///< alpha_i, 1/yr
    Vec inverse_ceiling;  ///< 1/S_max; 0 where that is 1
    Vec turnover;         ///< 1/L_i + rho_s + g_s, 1/yr
    Vec replaced;         ///< K(t+1) - K(t) + K(t)/L_i, per share
};

/// The same of a component.
struct ComponentYear
{
    Vec exogenous;     ///< W_c
    Vec noise;         ///< exp(N_c)
    Vec exponent;      ///< -omega
    Vec inverse_base;  ///< 1/X_c0
    Vec floor;         ///< of K/K_0
};

/// What a sector's technologies come to at the start of a year, weighted by
/// their shares.
struct SectorMeans
{
    Vec scope1, scope2, scope3, captured;  ///< Mt CO2 per activity unit
    Vec power;      ///< scope 2 per unit of efficiency and grid intensity
    Vec cost;       ///< C_i
    Vec carbon;     ///< part of it by the carbon price
    Vec unit_cost;  ///< C_i without carbon price and premium
};

/// Exogenous quantities of a year; arrays over the items of the plan.
struct Year
{
    std::size_t t = 0;  ///< offset from the first year
    std::uint32_t scenario = 0;

    Vec carbon_price;                    ///< USD/t CO2
    Vec grid;                            ///< g CO2 per kWh
    Vec storage_price, feedstock_price;  ///< USD/t CO2
    Vec carrier_price[max_carriers];     ///< USD/GJ; converters' at the start

    TechnologyYear technology[max_technologies];
    bool banned[max_technologies];
    Vec cost_slope[max_terms];  ///< dC_i/d(K_c/K_0), `plan.cost_slope`
    Vec gain[max_terms];        ///< of `plan.experience_gain`

    ComponentYear component[max_components];
    Vec added_at_start[max_components];

    Vec converter_capital[max_converters];   ///< USD/GJ per K/K_0
    Vec converter_running[max_converters];   ///< USD/GJ without the input
    Vec converter_input[max_converters];     ///< GJ input per GJ output
    Vec converter_capacity[max_converters];  ///< component units per PJ/yr

    SectorMeans mean[max_sectors];
    Vec capacity[max_sectors];       ///< K(t), activity units
    Vec demand_next[max_sectors];    ///< D(t+1)
    Vec capacity_next[max_sectors];  ///< K(t+1)
    Vec form_weight;
    bool any_replicator = true, any_vintage = true;
};

/// A lever in each sample.
HEPTA_INLINE Vec scaled(double lever, const LeverScale& scale, Lanes x)
{
    return scale.first == no_row
               ? set(lever)
               : set(lever) * (x[scale.first] * x[scale.second]);
}

/// Step 4: premium_i of a year, USD per functional unit.
HEPTA_INLINE Vec premium_of(const Plan& plan,
                            const Year& y,
                            std::uint32_t i,
                            Lanes x)
{
    const ScenarioPlan& scenario = plan.scenarios[y.scenario];
    const auto n_years = static_cast<std::size_t>(plan.n_years);
    const double usd = scenario.premium[i * n_years + y.t];
    return scenario.premium_scale.size == 0
               ? set(usd)
               : scaled(usd, scenario.premium_scale[i], x);
}

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

inline void set_experience(const Plan& plan, Year& y, Lanes x)
{
    for (std::uint32_t c = 0; c < plan.components.size; ++c) {
        const ComponentPlan& component = plan.components[c];
        const auto t = static_cast<Row>(y.t);
        y.component[c] = {x[component.w_exogenous + t],
                          x[component.w_noise + t],
                          x[component.w_exponent],
                          x[component.w_inverse_base],
                          x[component.floor]};
        y.added_at_start[c] = x[component.w_added];
    }
}

}  // namespace HEPTA_ISA
}  // namespace hepta::model
