/// \file
/// Steps 4 and 5: costs and emission factors at the start of a year.
#pragma once

#include "learning.hpp"

namespace hepta::model {
namespace HEPTA_ISA {

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

/// A technology's cost at the start of a year, USD per functional unit.
struct StartCost
{
    Vec share;      ///< S_i
    Vec levelised;  ///< C_i
    Vec carbon;     ///< part of it by the carbon price
};

/// C_i with and without carbon price and premium, of slopes just set.
HEPTA_INLINE void add_components(const SparseRows& rows,
                                 std::uint32_t i,
                                 const Vec* slope,
                                 const Learning& learning,
                                 Vec& levelised,
                                 Vec& bare)
{
    const std::uint32_t end = rows.first[i + 1];
    for (std::uint32_t k = rows.first[i]; k < end; ++k) {
        const Vec cost = learning.cost[rows.column[k]];
        levelised = fma(*slope, cost, levelised);
        bare = fma(*slope++, cost, bare);
    }
}

/// Costs and emission factors of a sector, and what its stages need of them;
/// `visit(i, technology, cost)` while a technology's rows are at hand: a second
/// pass would fetch them from the second-level cache again.
template <class Visit>
HEPTA_INLINE void set_sector_costs(const Plan& plan,
                                   Year& y,
                                   std::uint32_t s,
                                   Lanes x,
                                   const Learning& learning,
                                   Visit visit)
{
    const ScenarioPlan& scenario = plan.scenarios[y.scenario];
    const auto n_years = static_cast<std::size_t>(plan.n_years);
    const SectorPlan& sector = plan.sectors[s];
    const std::uint32_t end = sector.first_technology + sector.n_technologies;
    const TechnologyPlan* const technologies = plan.technologies.first;
    const std::uint32_t* const first_slope = plan.cost_slope.first.first;
    const int* const ban_year = scenario.ban_year.first;
    const Vec efficiency = x[sector.w_efficiency];
    const Vec grid = efficiency * y.grid;
    const Vec carbon = y.carbon_price * set(scenario.cover[s * n_years + y.t]);
    const Vec storage_price = y.storage_price;
    const Vec zero = set(0.0);
    SectorMeans mean{zero, zero, zero, zero, zero, zero, zero, zero};
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
        mean.power = fma(share, w[w_grid], mean.power);

        Vec energy = zero;
        for (const CarrierTerm& term : t.priced) {
            energy =
                fma(x[term.amount_gj], y.carrier_price[term.carrier], energy);
        }
        const Vec carbon_cost = carbon * (scope1 + scope2);
        Vec bare = fma(efficiency, energy, w[w_running]);
        bare = fma(captured, storage_price, bare);
        if (t.co2_feedstock != no_row) {
            bare = fma(x[t.co2_feedstock], y.feedstock_price, bare);
        }
        Vec* const slope = y.cost_slope + first_slope[i];
        bare = set_cost_slopes(plan, y, t, efficiency, x, bare, slope);
        Vec levelised = bare + carbon_cost - premium_of(plan, y, i, x);
        y.technology[i].base_cost = levelised;
        set_gains(plan, y, t, efficiency, x);
        y.banned[i] = static_cast<int>(y.t) >= ban_year[i];

        add_components(plan.cost_slope, i, slope, learning, levelised, bare);
        mean.cost = fma(share, levelised, mean.cost);
        mean.carbon = fma(share, carbon_cost, mean.carbon);
        mean.unit_cost = fma(share, bare, mean.unit_cost);
        visit(i, t, StartCost{share, levelised, carbon_cost});
    }
    y.mean[s] = mean;
}

}  // namespace HEPTA_ISA
}  // namespace hepta::model
