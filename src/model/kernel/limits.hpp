/// \file
/// Step 8: shared limits on biomass, waste lipids, CO2 storage, hydrogen,
/// scrap.
#pragma once

#include "year.hpp"

namespace hepta::model {
namespace HEPTA_ISA {

/// Use of a resource per activity unit by one of its users, given the
/// sectors' efficiency factors.
HEPTA_INLINE Vec use_per_activity(const Plan& plan,
                                  const ResourcePlan& resource,
                                  const LimitUse& use,
                                  const Vec* efficiencies,
                                  Lanes x)
{
    const TechnologyPlan& t = plan.technologies[use.technology];
    const Vec efficiency = efficiencies[t.sector];
    switch (resource.kind) {
        case Resource::Kind::carriers:
            return efficiency * x[use.coefficient];
        case Resource::Kind::resource_input:
            return x[use.coefficient];
        case Resource::Kind::captured_co2:
            break;
    }
    const Lanes w = x.from(t.rows);
    return w[w_capture] * fma(efficiency, w[w_direct], w[w_process]);
}

/// Quantities by technology that the limits need.
struct Growth
{
    Vec efficiency[max_sectors];    ///< of t + 1
    Vec before[max_technologies];   ///< a_i = D(t) S_i(t)
    Vec after[max_technologies];    ///< a*_i = D(t+1) S*_i
    Vec allowed[max_technologies];  ///< smallest rho of its resources
};

/// rho_r of each resource; `binds` receives 1 where it is below 1.
inline void ration(
    const Plan& plan, const Year& y, Lanes x, Growth& g, Vec* binds)
{
    const Vec zero = set(0.0);
    const Vec one = set(1.0);
    for (std::uint32_t r = 0; r < plan.resources.size; ++r) {
        const ResourcePlan& resource = plan.resources[r];
        Vec kept = zero;   // U_r0
        Vec added = zero;  // Delta U_r
        for (const LimitUse& use : resource.users) {
            const std::uint32_t i = use.technology;
            const Vec each =
                use_per_activity(plan, resource, use, g.efficiency, x);
            kept = fma(each, min(g.before[i], g.after[i]), kept);
            added = fma(each, max(zero, g.after[i] - g.before[i]), added);
        }
        const Vec limit =
            x.linear(resource.limit[y.t + 1]) * set(resource.limit_factor);
        const Vec room = (max(limit, kept) - kept) / added;
        const Vec rho = select(added == zero, one, min(one, room));
        binds[r] = keep(rho < one, one);
        if (!any(rho < one)) {
            continue;
        }
        for (const LimitUse& use : resource.users) {
            const std::uint32_t i = use.technology;
            const Vec each =
                use_per_activity(plan, resource, use, g.efficiency, x);
            g.allowed[i] =
                select(zero < each, min(g.allowed[i], rho), g.allowed[i]);
        }
    }
}

/// Give `rest` to technologies in proportion to `weight`, where its sum is
/// positive; the lanes that could are taken out of `rest`.
inline void give(const Vec* weight, std::uint32_t n, Vec& rest, Vec* share)
{
    const Vec zero = set(0.0);
    Vec sum = zero;
    for (std::uint32_t j = 0; j < n; ++j) {
        sum += weight[j];
    }
    const Mask can = zero < sum;
    const Vec part = keep(can, rest / sum);
    for (std::uint32_t j = 0; j < n; ++j) {
        share[j] = fma(part, weight[j], share[j]);
    }
    rest = select(can, zero, rest);
}

/// Give `rest` to technologies that use no limited resource, by their shares
/// `wished`: to those without ceiling whose new builds go on; failing these,
/// without ceiling; failing these, all.
inline void give_to_unlimited(const Plan& plan,
                              const Year& y,
                              const SectorPlan& sector,
                              Lanes x,
                              const Vec* wished,
                              Vec& rest,
                              Vec* share)
{
    const ScenarioPlan& scenario = plan.scenarios[y.scenario];
    const Vec zero = set(0.0);
    const std::uint32_t n = sector.n_technologies;
    const std::uint32_t first = sector.first_technology;
    for (int fallback = 0; fallback < 3; ++fallback) {
        Vec weight[max_technologies_per_sector];
        for (std::uint32_t j = 0; j < n; ++j) {
            const Lanes w = x.from(plan.technologies[first + j].rows);
            const bool ended =
                static_cast<int>(y.t) + 1 >= scenario.ban_year[first + j];
            Mask takes = w[w_uses_limit] == zero;
            if (fallback < 2) {
                takes = takes & (w[w_inverse_ceiling] == zero);
            }
            weight[j] = fallback == 0 && ended ? zero : keep(takes, wished[j]);
        }
        give(weight, n, rest, share);
    }
}

/// Cut one sector's growth and hand what it gives up to technologies that use
/// no limited resource.
inline void redistribute(const Plan& plan,
                         const Year& y,
                         const SectorPlan& sector,
                         Lanes x,
                         const Growth& g,
                         Vec demand_next,
                         Vec* share)
{
    const Vec zero = set(0.0);
    const Vec one = set(1.0);
    const std::uint32_t n = sector.n_technologies;
    const std::uint32_t first = sector.first_technology;
    Vec wished[max_technologies_per_sector];
    Vec given[max_technologies_per_sector];
    Vec rest = zero;
    for (std::uint32_t j = 0; j < n; ++j) {
        const std::uint32_t i = first + j;
        wished[j] = share[j];
        const Mask cut = (g.before[i] < g.after[i]) & (g.allowed[i] < one);
        const Vec reached =
            fma(g.allowed[i], g.after[i] - g.before[i], g.before[i]);
        share[j] = select(cut, reached / demand_next, share[j]);
        given[j] = wished[j] - share[j];
        rest += given[j];
    }
    // A rounding below 0, or NaN, would be given back, but only beside a
    // neighbour that has something to give.
    rest = max(rest, zero);
    if (!any(zero < rest)) {
        return;
    }
    // first back to those that lost in this step, up to their loss
    Vec loss[max_technologies_per_sector];
    Vec lost = zero;
    for (std::uint32_t j = 0; j < n; ++j) {
        const Lanes w = x.from(plan.technologies[first + j].rows);
        loss[j] =
            keep(w[w_uses_limit] == zero, max(zero, w[w_share] - wished[j]));
        lost += loss[j];
    }
    const Vec back = min(rest, lost);
    const Vec part = keep(zero < lost, back / lost);
    for (std::uint32_t j = 0; j < n; ++j) {
        share[j] = fma(part, loss[j], share[j]);
    }
    rest = rest - back;
    if (!any(zero < rest)) {
        return;
    }
    give_to_unlimited(plan, y, sector, x, wished, rest, share);
    // failing these, to the givers
    give(given, n, rest, share);
}

/// All sectors; `share` is S* on entry.
inline void keep_limits(
    const Plan& plan, const Year& y, Lanes x, Vec* share, Vec* binds)
{
    Growth g;
    for (std::uint32_t s = 0; s < plan.sectors.size; ++s) {
        const SectorPlan& sector = plan.sectors[s];
        const Vec efficiency = x[sector.w_efficiency];
        g.efficiency[s] =
            fnma(efficiency, x[sector.efficiency_improvement], efficiency);
        const Vec demand = x[sector.w_demand];
        for (std::uint32_t j = 0; j < sector.n_technologies; ++j) {
            const std::uint32_t i = sector.first_technology + j;
            g.before[i] = demand * x[plan.technologies[i].rows + w_share];
            g.after[i] = y.demand_next[s] * share[i];
            g.allowed[i] = set(1.0);
        }
    }
    ration(plan, y, x, g, binds);
    for (std::uint32_t s = 0; s < plan.sectors.size; ++s) {
        redistribute(plan,
                     y,
                     plan.sectors[s],
                     x,
                     g,
                     y.demand_next[s],
                     share + plan.sectors[s].first_technology);
    }
}

}  // namespace HEPTA_ISA
}  // namespace hepta::model
