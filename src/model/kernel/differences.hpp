/// \file
/// Step 9: what a scenario changes against the baseline, and by what.
#pragma once

#include "accounts.hpp"

namespace hepta::model {
namespace HEPTA_ISA {

/// What a sector's scope 1+2 emissions and its costs are made of in a year.
struct SectorYear
{
    Vec activity;   ///< functional units, 10^6/yr
    Vec gross;      ///< scope 1 before capture, t CO2e per functional unit
    Vec captured;   ///< t CO2 per functional unit
    Vec power;      ///< electricity, scope 2 per unit of grid intensity
    Vec grid;       ///< grid intensity
    Vec fixed;      ///< emissions beside the activity, Mt CO2e/yr
    Vec unit_cost;  ///< mean cost without carbon price, USD/functional unit
};

/// Changes of emissions by cause, in the order of `Cause`.
struct Causes
{
    Vec by[n_causes];
};

/// x1 y1 - x0 y0 is (x1 - x0) mean(y) and mean(x) (y1 - y0) together.
HEPTA_INLINE Vec mean_of(Vec a, Vec b)
{
    return set(0.5) * (a + b);
}

/// The part of the change of x y z that is that of x, averaged over all orders
/// of changing them: (x1 - x0) [(y0 z0 + y1 z1)/3 + (y0 z1 + y1 z0)/6].
HEPTA_INLINE Vec part_of_first(Vec x0, Vec x1, Vec y0, Vec y1, Vec z0, Vec z1)
{
    const Vec alike = fma(y0, z0, y1 * z1);
    const Vec mixed = fma(y0, z1, y1 * z0);
    return (x1 - x0) * fma(set(1.0 / 3.0), alike, set(1.0 / 6.0) * mixed);
}

/// A difference below a part `smallest` of what it is a difference of is
/// nothing: beside it, values of a few orders of magnitude remain, which bins
/// can follow, and two scenarios that do not differ do not spread about 0.
HEPTA_INLINE Vec or_nothing(double smallest, Vec difference, Vec of)
{
    return keep(set(smallest) * abs(of) <= abs(difference), difference);
}

/// Emissions avoided, from baseline `a` to scenario `b`, by cause: the Shapley
/// values of D (g - c) + D u gamma + F, after Sun (1998), Energy Economics 20,
/// 85-100. They add up to the difference but for parts below 2^-16 of
/// the emissions; none divides or takes a logarithm, so that a factor may be
/// zero.
HEPTA_INLINE Causes avoided_by(const SectorYear& a, const SectorYear& b)
{
    const Vec activity = mean_of(a.activity, b.activity);
    const Vec demand =
        fma(a.activity - b.activity,
            mean_of(a.gross - a.captured, b.gross - b.captured),
            part_of_first(
                b.activity, a.activity, b.power, a.power, b.grid, a.grid));
    const Vec technology =
        fma(activity,
            a.gross - b.gross,
            part_of_first(
                b.power, a.power, b.activity, a.activity, b.grid, a.grid)) +
        (a.fixed - b.fixed);
    const Vec carriers =
        part_of_first(b.grid, a.grid, b.activity, a.activity, b.power, a.power);
    const Vec capture = activity * (b.captured - a.captured);
    const Vec emitted =
        activity * fma(abs(a.power), abs(a.grid), abs(a.gross)) + abs(a.fixed);
    return {{or_nothing(0x1p-16, demand, emitted),
             or_nothing(0x1p-16, technology, emitted),
             or_nothing(0x1p-16, carriers, emitted),
             or_nothing(0x1p-16, capture, emitted)}};
}

HEPTA_INLINE SectorYear sector_year(const Plan& plan,
                                    const Year& y,
                                    std::uint32_t s,
                                    Lanes x)
{
    const SectorPlan& sector = plan.sectors[s];
    const Vec intensity = covid_intensity(sector, y, x);
    const SectorMeans& mean = y.mean[s];
    return {x[sector.w_demand] * intensity,
            mean.scope1 + mean.captured,
            mean.captured,
            x[sector.w_efficiency] * mean.power,
            y.grid,
            fixed_block(plan, y, s, x) * intensity,
            mean.unit_cost};
}

/// Where the baseline keeps a SectorYear: its members, one row each.
HEPTA_INLINE void keep_year(Lanes rows, const SectorYear& year)
{
    const Vec member[] = {year.activity,
                          year.gross,
                          year.captured,
                          year.power,
                          year.grid,
                          year.fixed,
                          year.unit_cost};
    for (std::size_t k = 0; k < n_sector_year; ++k) {
        rows.set(k, member[k]);
    }
}

HEPTA_INLINE SectorYear kept_year(Lanes rows)
{
    return {rows[0], rows[1], rows[2], rows[3], rows[4], rows[5], rows[6]};
}

/// Avoided emissions by cause, green premium, extra cost.
inline void account_differences(const Plan& plan,
                                const Year& y,
                                Lanes x,
                                const Outputs& out)
{
    const OutputLayout& layout = *out.layout;
    const std::uint32_t n = plan.sectors.size;
    Vec avoided[n_causes][max_sectors], extra_cost[max_sectors];
    for (std::uint32_t s = 0; s < n; ++s) {
        const Lanes kept =
            x.from(plan.w_baseline_sector +
                   static_cast<Row>((y.t * n + s) * n_sector_year));
        const SectorYear now = sector_year(plan, y, s, x);
        if (y.scenario == plan.baseline) {
            keep_year(kept, now);
        }
        const SectorYear then = kept_year(kept);
        const Causes causes = avoided_by(then, now);
        for (std::size_t k = 0; k < n_causes; ++k) {
            avoided[k][s] = causes.by[k];
        }
        const Vec premium =
            or_nothing(0x1p-20, now.unit_cost - then.unit_cost, then.unit_cost);
        out.set(layout.green_premium, s, premium);
        // an activity unit is 10^6 functional units
        extra_cost[s] = premium * now.activity * set(1e6);
    }
    for (std::size_t k = 0; k < n_causes; ++k) {
        set_groups(plan, out, layout.avoided_by_cause, avoided[k], k);
    }
    set_groups(plan, out, layout.extra_cost, extra_cost);
}

}  // namespace HEPTA_ISA
}  // namespace hepta::model
