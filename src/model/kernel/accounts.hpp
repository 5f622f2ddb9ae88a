/// \file
/// Step 9: the outputs of a year.
#pragma once

#include "costs.hpp"

namespace hepta::model {
namespace HEPTA_ISA {

/// Output rows of one metric, written item by item.
struct Outputs
{
    TileRows rows;
    const OutputLayout* layout;

    HEPTA_INLINE void set(const Metric& metric,
                          std::size_t item,
                          Vec value,
                          std::size_t inner = 0) const
    {
        rows.set(metric.first_row + item * metric.n_inner + inner, value);
    }
    HEPTA_INLINE Vec get(const Metric& metric,
                         std::size_t item,
                         std::size_t inner = 0) const
    {
        return rows[metric.first_row + item * metric.n_inner + inner];
    }
};

/// `value` of every sector, then the sums of the portfolios.
inline void set_groups(const Plan& plan,
                       const Outputs& out,
                       const Metric& metric,
                       const Vec* value,
                       std::size_t inner = 0)
{
    const std::uint32_t n = plan.sectors.size;
    const std::uint32_t n_portfolios = plan.portfolios.size;
    const std::size_t n_inner = metric.n_inner;
    const TileRows rows = out.rows.from(metric.first_row + inner);
    for (std::uint32_t s = 0; s < n; ++s) {
        rows.set(s * n_inner, value[s]);
    }
    for (std::uint32_t p = 0; p < n_portfolios; ++p) {
        const Slice<std::uint32_t> sectors = plan.portfolios[p];
        Vec sum = set(0.0);
        for (const std::uint32_t s : sectors) {
            sum += value[s];
        }
        rows.set((n + p) * n_inner, sum);
    }
}

/// The pandemic's factor on energy and emissions of the first year.
HEPTA_INLINE Vec covid_intensity(const SectorPlan& sector,
                                 const Year& y,
                                 Lanes x)
{
    return y.t == 0 ? x.get(sector.covid_intensity, 1.0) : set(1.0);
}

/// Emissions outside the technologies, Mt CO2e/yr of scope 1.
HEPTA_INLINE Vec fixed_block(const Plan& plan,
                             const Year& y,
                             std::uint32_t s,
                             Lanes x)
{
    const auto n_years = static_cast<std::size_t>(plan.n_years);
    return x.get(plan.sectors[s].fixed_block, 0.0) *
           set(plan.scenarios[y.scenario].fixed_block[s * n_years + y.t]);
}

/// Emissions by scope, captured CO2, activity.
inline void account_emissions(const Plan& plan,
                              const Year& y,
                              Lanes x,
                              const Outputs& out)
{
    const OutputLayout& layout = *out.layout;
    Vec scope1[max_sectors], scope2[max_sectors], scope3[max_sectors];
    Vec scope1_2[max_sectors], total[max_sectors], captured[max_sectors];
    for (std::uint32_t s = 0; s < plan.sectors.size; ++s) {
        const SectorPlan& sector = plan.sectors[s];
        const SectorMeans& mean = y.mean[s];
        const Vec demand = x[sector.w_demand];
        const Vec intensity = covid_intensity(sector, y, x);
        const Vec activity = demand * intensity;
        const Vec block = fixed_block(plan, y, s, x);
        scope1[s] = fma(activity, mean.scope1, block * intensity);
        scope2[s] = activity * mean.scope2;
        scope3[s] = activity * mean.scope3;
        captured[s] = activity * mean.captured;
        scope1_2[s] = scope1[s] + scope2[s];
        total[s] = scope1_2[s] + scope3[s];
        out.set(layout.activity, s, demand);
    }
    set_groups(plan, out, layout.emissions, scope1, 0);
    set_groups(plan, out, layout.emissions, scope2, 1);
    set_groups(plan, out, layout.emissions, scope3, 2);
    set_groups(plan, out, layout.emissions, scope1_2, 3);
    set_groups(plan, out, layout.emissions, total, 4);
    set_groups(plan, out, layout.captured_co2, captured);
}

/// Cumulative and avoided emissions, warming, budgets.
inline void account_climate(const Plan& plan,
                            const Year& y,
                            Lanes x,
                            const Outputs& out)
{
    const OutputLayout& layout = *out.layout;
    const std::uint32_t n = plan.sectors.size + plan.portfolios.size;
    const Vec k_per_mt = x[plan.tcre] * set(1e-6);
    Vec warming[max_groups];
    for (std::uint32_t g = 0; g < n; ++g) {
        const Vec now = out.get(
            layout.emissions, g, static_cast<std::size_t>(Scope::scope1_2));
        Vec cumulative = set(0.0);
        if (y.t > 0) {
            cumulative = fma(set(0.5),
                             now + x[plan.w_previous + g],
                             x[plan.w_cumulative + g]);
        }
        x.set(plan.w_previous + g, now);
        x.set(plan.w_cumulative + g, cumulative);
        out.set(layout.cumulative_emissions, g, cumulative);

        const Row baseline = plan.w_baseline + static_cast<Row>(y.t) * n + g;
        if (y.scenario == plan.baseline) {
            x.set(baseline, now);
        }
        out.set(layout.avoided_emissions, g, x[baseline] - now);

        for (std::uint32_t b = 0; b < plan.budgets.size; ++b) {
            out.set(layout.budget_used,
                    g,
                    cumulative * x[plan.w_inverse_budget + b],
                    b);
        }
        if (g < plan.sectors.size) {
            const SectorPlan& sector = plan.sectors[g];
            const bool more = plan.non_co2_forcing && sector.non_co2 != no_row;
            warming[g] = more ? k_per_mt * cumulative * x[sector.non_co2]
                              : k_per_mt * cumulative;
        }
    }
    set_groups(plan, out, layout.warming, warming);
}

/// Step 2: price of what each converter makes, USD/GJ.
inline void price_converters(const Plan& plan,
                             const Year& y,
                             const Learning& learning,
                             Vec* price)
{
    for (std::uint32_t v = 0; v < plan.converters.size; ++v) {
        const ConverterPlan& converter = plan.converters[v];
        const Vec input = converter.input_converter == no_index
                              ? y.carrier_price[converter.input_carrier]
                              : price[converter.input_converter];
        const Vec running =
            fma(y.converter_input[v], input, y.converter_running[v]);
        price[v] = fma(y.converter_capital[v],
                       learning.cost[converter.component],
                       running);
    }
}

/// What accounts need of the sectors while and after their costs are set.
struct Stocks
{
    Vec intensity[max_sectors];  ///< 1, or the pandemic's in the first year
    Vec burnt[max_sectors];      ///< activity in energy of the first year
    Vec carrier_use[max_carriers];
};

/// Steps 4 and 5 of all sectors; shares, costs and use of carriers.
inline void account_technologies(const Plan& plan,
                                 Year& y,
                                 Lanes x,
                                 const Learning& start,
                                 Stocks& stocks,
                                 const Outputs& out)
{
    const TileRows shares = out.rows.from(out.layout->share.first_row);
    const TileRows costs = out.rows.from(out.layout->levelised_cost.first_row);
    for (std::uint32_t k = 0; k < plan.carriers.size; ++k) {
        stocks.carrier_use[k] = set(0.0);
    }
    for (std::uint32_t s = 0; s < plan.sectors.size; ++s) {
        const SectorPlan& sector = plan.sectors[s];
        const Vec intensity = covid_intensity(sector, y, x);
        const Vec burnt =
            x[sector.w_demand] * intensity * x[sector.w_efficiency];
        stocks.intensity[s] = intensity;
        stocks.burnt[s] = burnt;
        const auto visit = [&](std::uint32_t i,
                               const TechnologyPlan& t,
                               const StartCost& cost) {
            shares.set(i, cost.share);
            costs.set(i, cost.levelised);
            const Vec activity = burnt * cost.share;
            for (const CarrierTerm& term : t.energy) {
                Vec& use = stocks.carrier_use[term.carrier];
                use = fma(activity, x[term.amount_gj], use);
            }
        };
        set_sector_costs(plan, y, s, x, start, visit);
    }
}

/// Prices, use of carriers and resources, experience, investment so far.
inline void account_stocks(const Plan& plan,
                           const Year& y,
                           Lanes x,
                           const Learning& start,
                           const Stocks& stocks,
                           const Outputs& out)
{
    const OutputLayout& layout = *out.layout;
    Vec converter_price[max_converters];
    price_converters(plan, y, start, converter_price);
    for (std::uint32_t k = 0; k < plan.carriers.size; ++k) {
        const std::uint32_t by = plan.carriers[k].converter;
        out.set(layout.carrier_use, k, stocks.carrier_use[k]);
        out.set(layout.price,
                k,
                by == no_index ? y.carrier_price[k] : converter_price[by]);
    }
    const std::size_t n_carriers = plan.carriers.size;
    for (std::uint32_t k = 0; k <= n_carriers; ++k) {
        out.set(layout.cumulative_investment, k, x[plan.w_invested + k]);
    }
    out.set(layout.price, n_carriers, y.carbon_price);
    out.set(layout.price, n_carriers + 1, y.storage_price);
    out.set(layout.price, n_carriers + 2, y.feedstock_price);
    for (std::uint32_t c = 0; c < plan.components.size; ++c) {
        out.set(layout.component_cost, c, start.cost[c]);
        out.set(layout.experience, c, start.experience[c]);
    }
    for (std::uint32_t r = 0; r < plan.resources.size; ++r) {
        Vec used = set(0.0);
        for (const LimitUse& use : plan.resources[r].users) {
            const TechnologyPlan& t = plan.technologies[use.technology];
            const Lanes w = x.from(t.rows);
            const Vec share = w[w_share];
            const Vec demand = x[plan.sectors[t.sector].w_demand];
            switch (plan.resources[r].kind) {
                case Resource::Kind::carriers:
                    used = fma(stocks.burnt[t.sector] * share,
                               x[use.coefficient],
                               used);
                    break;
                case Resource::Kind::captured_co2:
                    used = fma(demand * stocks.intensity[t.sector] * share,
                               w[w_captured],
                               used);
                    break;
                case Resource::Kind::resource_input:
                    used = fma(demand * share, x[use.coefficient], used);
                    break;
            }
        }
        out.set(layout.resource_use, r, used);
    }
}

/// What is built of a technology in the year, less what falls faster than it
/// ages, activity units.
HEPTA_INLINE Vec added_capacity(const Year& y,
                                const TechnologyPlan& t,
                                Lanes x,
                                Vec share_next)
{
    const Lanes w = x.from(t.rows);
    const Vec stock = y.capacity[t.sector] * w[w_share];
    const Vec change = fms(y.capacity_next[t.sector], share_next, stock);
    return fma(stock, w[w_inverse_life], change);
}

/// What that costs, USD per functional unit.
HEPTA_INLINE Vec capex_of(const TechnologyPlan& t,
                          Lanes x,
                          const Learning& start)
{
    const Lanes w = x.from(t.rows);
    Vec capital = w[w_unlearned];  // relative to 2020
    for (const ComponentTerm& term : t.capex_share) {
        capital = fma(x[term.amount], start.cost[term.component], capital);
    }
    return w[w_capex] * capital;
}

/// Give every carrier of a technology its part of what is spent on it.
HEPTA_INLINE void divide_by_carrier(const Plan& plan,
                                    const TechnologyPlan& t,
                                    Lanes x,
                                    Vec spent,
                                    Vec* by_carrier)
{
    const Vec zero = set(0.0);
    const Vec per_energy = x[t.rows + w_per_energy];
    const Vec per_gj = spent * per_energy;
    for (const CarrierTerm& term : t.energy) {
        Vec& sum = by_carrier[term.carrier];
        sum = fma(per_gj, x[term.amount_gj], sum);
    }
    Vec& none = by_carrier[plan.carriers.size];
    none += select(per_energy == zero, spent, zero);
}

/// Flows of the year: investment, early retirement, binding limits; and what
/// has been invested by the end of it.
inline void account_flows(const Plan& plan,
                          const Year& y,
                          Lanes x,
                          const Learning& start,
                          const Vec* share_next,
                          const Vec* binds,
                          const Outputs& out)
{
    const OutputLayout& layout = *out.layout;
    const Vec zero = set(0.0);
    // an activity unit is 10^6 functional units
    const Vec units = set(1e6);
    const std::uint32_t none = plan.carriers.size;
    Vec by_carrier[max_carriers + 1];
    for (std::uint32_t k = 0; k <= none; ++k) {
        by_carrier[k] = x[plan.w_invested + k];
    }
    Vec investment[max_sectors];
    for (std::uint32_t s = 0; s < plan.sectors.size; ++s) {
        const SectorPlan& sector = plan.sectors[s];
        Vec invested = zero;
        Vec retired = zero;
        for (std::uint32_t j = 0; j < sector.n_technologies; ++j) {
            const std::uint32_t i = sector.first_technology + j;
            const TechnologyPlan& t = plan.technologies[i];
            const Vec added = added_capacity(y, t, x, share_next[i]);
            const Vec built = max(zero, added);
            const Vec capex = capex_of(t, x, start);
            invested = fma(capex, built, invested);
            const Vec spent = capex * built * units;
            divide_by_carrier(plan, t, x, spent, by_carrier);
            retired += max(zero, zero - added);
        }
        investment[s] = invested * units;
        out.set(layout.early_retirement, s, retired);
    }
    for (std::uint32_t k = 0; k <= none; ++k) {
        x.set(plan.w_invested + k, by_carrier[k]);
    }
    set_groups(plan, out, layout.investment, investment);
    for (std::uint32_t r = 0; r < plan.resources.size; ++r) {
        out.set(layout.limit_binding, r, binds[r]);
    }
}

}  // namespace HEPTA_ISA
}  // namespace hepta::model
