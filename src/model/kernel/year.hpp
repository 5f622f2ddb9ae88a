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

/// Emission factors, Mt CO2 per activity unit.
struct Emissions
{
    Vec scope1, scope2, scope3, captured;
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
    Vec carbon_cost[max_technologies];  ///< part of C_i by the carbon price
    Vec bare_cost[max_technologies];    ///< `base_cost` without it and premium
    bool banned[max_technologies];
    Vec cost_slope[max_terms];  ///< dC_i/d(K_c/K_0), `plan.cost_slope`
    Vec gain[max_terms];        ///< of `plan.experience_gain`

    ComponentYear component[max_components];
    Vec added_at_start[max_components];

    Vec converter_capital[max_converters];   ///< USD/GJ per K/K_0
    Vec converter_running[max_converters];   ///< USD/GJ without the input
    Vec converter_input[max_converters];     ///< GJ input per GJ output
    Vec converter_capacity[max_converters];  ///< component units per PJ/yr

    Emissions mean[max_sectors];     ///< of a sector's technologies
    Vec capacity[max_sectors];       ///< K(t), activity units
    Vec demand_next[max_sectors];    ///< D(t+1)
    Vec capacity_next[max_sectors];  ///< K(t+1)
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

/// Step 4: what components cost in the capital of a technology and in that of
/// its converters. Returns the cost without them, USD per functional unit.
HEPTA_INLINE Vec set_cost_slopes(const Plan& plan,
                                 const Year& y,
                                 const TechnologyPlan& t,
                                 Vec efficiency,
                                 Lanes x,
                                 Vec cost,
                                 Vec* slope)
{
    const Lanes w = x.from(t.rows);
    const Vec annual_capex = w[w_annual_capex];
    cost = fma(annual_capex, w[w_unlearned], cost);
    for (const ComponentTerm& term : t.capex_share) {
        *slope++ = annual_capex * x[term.amount];
    }
    for (const ConverterTerm& term : t.converted) {
        Vec amount = efficiency * x[term.amount_gj];
        std::uint32_t v = term.converter;
        for (;;) {
            const ConverterPlan& converter = plan.converters[v];
            cost = fma(amount, y.converter_running[v], cost);
            *slope++ = amount * y.converter_capital[v];
            amount = amount * y.converter_input[v];
            if (converter.input_converter == no_index) {
                cost =
                    fma(amount, y.carrier_price[converter.input_carrier], cost);
                break;
            }
            v = converter.input_converter;
        }
    }
    return cost;
}

/// Step 3: experience per year and activity unit of growth; components of
/// converters by what these must deliver.
HEPTA_INLINE void set_gains(
    const Plan& plan, Year& y, const TechnologyPlan& t, Vec efficiency, Lanes x)
{
    const std::uint32_t* slot = t.gain_terms.first;
    for (const ComponentTerm& term : t.intensity) {
        y.gain[*slot++] = x[term.amount];
    }
    for (const ConverterTerm& term : t.converted) {
        Vec output = efficiency * x[term.amount_gj];  // PJ/yr
        std::uint32_t v = term.converter;
        while (v != no_index) {
            y.gain[*slot++] = output * y.converter_capacity[v];
            output = output * y.converter_input[v];
            v = plan.converters[v].input_converter;
        }
    }
}

/// Steps 4 and 5 for one sector: emission factors and their means, and costs
/// but for components' costs.
inline void set_sector_costs(const Plan& plan,
                             Year& y,
                             std::uint32_t s,
                             Lanes x)
{
    const ScenarioPlan& scenario = plan.scenarios[y.scenario];
    const auto n_years = static_cast<std::size_t>(plan.n_years);
    const SectorPlan& sector = plan.sectors[s];
    const std::uint32_t end = sector.first_technology + sector.n_technologies;
    const TechnologyPlan* const technologies = plan.technologies.first;
    const std::uint32_t* const first_slope = plan.cost_slope.first.first;
    const double* const premium = scenario.premium.first + y.t;
    const int* const ban_year = scenario.ban_year.first;
    const Vec efficiency = x[sector.w_efficiency];
    const Vec grid = efficiency * y.grid;
    const Vec carbon = y.carbon_price * set(scenario.cover[s * n_years + y.t]);
    const Vec storage_price = y.storage_price;
    Emissions mean{set(0.0), set(0.0), set(0.0), set(0.0)};
    for (std::uint32_t i = sector.first_technology; i < end; ++i) {
        const TechnologyPlan& t = technologies[i];
        const Lanes w = x.from(t.rows);
        const Vec share = w[w_share];
        const Vec gross = fma(efficiency, w[w_direct], w[w_process]);
        const Vec captured = w[w_capture] * gross;
        const Vec scope1 = gross - captured;
        const Vec scope2 = grid * w[w_grid];
        const Vec scope3 = fma(efficiency, w[w_upstream], w[w_upstream_other]);
        w.set(w_captured, captured);
        mean.scope1 = fma(share, scope1, mean.scope1);
        mean.scope2 = fma(share, scope2, mean.scope2);
        mean.scope3 = fma(share, scope3, mean.scope3);
        mean.captured = fma(share, captured, mean.captured);

        Vec energy = set(0.0);
        for (const CarrierTerm& term : t.priced) {
            energy =
                fma(x[term.amount_gj], y.carrier_price[term.carrier], energy);
        }
        const Vec carbon_cost = carbon * (scope1 + scope2);
        Vec cost = fma(efficiency, energy, w[w_running]);
        cost = fma(captured, storage_price, cost);
        if (t.co2_feedstock != no_row) {
            cost = fma(x[t.co2_feedstock], y.feedstock_price, cost);
        }
        cost = set_cost_slopes(
            plan, y, t, efficiency, x, cost, y.cost_slope + first_slope[i]);
        y.carbon_cost[i] = carbon_cost;
        y.bare_cost[i] = cost;
        y.technology[i].base_cost =
            cost + carbon_cost - set(premium[i * n_years]);
        set_gains(plan, y, t, efficiency, x);
        y.banned[i] = static_cast<int>(y.t) >= ban_year[i];
    }
    y.mean[s] = mean;
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
