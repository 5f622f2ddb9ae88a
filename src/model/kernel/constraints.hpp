/// \file
/// Step 7, after the integration: seeds, floors, minimum and maximum shares.
#pragma once

#include "year.hpp"

namespace hepta::model {
namespace HEPTA_ISA {

/// (a) No share below 0, and they sum to 1.
inline void normalise(Vec* share, std::uint32_t n)
{
    const Vec zero = set(0.0);
    Vec sum = zero;
    for (std::uint32_t i = 0; i < n; ++i) {
        share[i] = max(zero, share[i]);
        sum += share[i];
    }
    const Vec scale = set(1.0) / sum;
    for (std::uint32_t i = 0; i < n; ++i) {
        share[i] = share[i] * scale;
    }
}

/// (b) A third of its seed in each of the three years from availability, for
/// a newcomer that has no share in the first year and is not ended at t + 1.
inline void plant_seeds(const Plan& plan,
                        const Year& y,
                        const SectorPlan& sector,
                        Lanes x,
                        Vec* share)
{
    const Vec zero = set(0.0);
    const Vec next = set(static_cast<double>(y.t + 1));
    const TechnologyPlan* technology =
        plan.technologies.first + sector.first_technology;
    const int* ban_year =
        plan.scenarios[y.scenario].ban_year.first + sector.first_technology;
    Vec planted[max_technologies_per_sector];
    Vec sum = zero;
    for (std::uint32_t j = 0; j < sector.n_technologies; ++j) {
        planted[j] = zero;
        if (technology[j].seed_share == no_row ||
            static_cast<int>(y.t) + 1 >= ban_year[j]) {
            continue;
        }
        const Lanes w = x.from(technology[j].rows);
        const Vec since = next - w[w_first_seed_year];
        const Mask due =
            (zero <= since) & (since <= set(2.0)) & (w[w_share_2020] == zero);
        const Vec room = max(zero, w[w_max_share] - share[j]);
        planted[j] = keep(due, min(w[w_seed] * set(1.0 / 3.0), room));
        sum += planted[j];
    }
    if (!any(zero < sum)) {
        return;
    }
    for (std::uint32_t j = 0; j < sector.n_technologies; ++j) {
        share[j] = fnma(sum, share[j], share[j]) + planted[j];
    }
}

/// (c) What is committed stays: newcomers are lifted to the part of their
/// seed that is due, taken from what the others hold above their own floor.
inline void keep_floors(const Plan& plan,
                        const Year& y,
                        const SectorPlan& sector,
                        Lanes x,
                        Vec* share)
{
    const Vec zero = set(0.0);
    const Vec next = set(static_cast<double>(y.t + 1));
    const TechnologyPlan* technology =
        plan.technologies.first + sector.first_technology;
    const int* ban_year =
        plan.scenarios[y.scenario].ban_year.first + sector.first_technology;
    Vec above[max_technologies_per_sector];
    Vec missing = zero;
    Vec spare = zero;
    for (std::uint32_t j = 0; j < sector.n_technologies; ++j) {
        const Row seed_share = technology[j].seed_share;
        Vec floor_share = zero;
        if (seed_share != no_row && static_cast<int>(y.t) + 1 < ban_year[j]) {
            const Lanes w = x.from(technology[j].rows);
            const Vec thirds = min(
                set(3.0), max(zero, next - w[w_first_seed_year] + set(1.0)));
            floor_share = select(w[w_share_2020] == zero,
                                 w[w_seed] * thirds * set(1.0 / 3.0),
                                 x[seed_share]);
            floor_share = min(w[w_max_share], floor_share);
        }
        const Vec difference = share[j] - floor_share;
        above[j] = max(zero, difference);
        missing += above[j] - difference;
        spare += above[j];
        share[j] = max(floor_share, share[j]);
    }
    if (!any(zero < missing)) {
        return;
    }
    const Vec part = keep(zero < spare, missing / spare);
    for (std::uint32_t j = 0; j < sector.n_technologies; ++j) {
        share[j] = fnma(part, above[j], share[j]);
    }
}

/// (d) Scale a group of technologies to `level` where `must` holds of its
/// sum; the others share the rest as they did.
inline void set_group(const BoundPlan& bound,
                      std::uint32_t n,
                      bool is_minimum,
                      Vec level,
                      Vec* share)
{
    const Vec zero = set(0.0);
    const Vec one = set(1.0);
    bool member[max_technologies_per_sector] = {};
    Vec group = zero;
    Vec others = zero;
    for (const std::uint32_t j : bound.technologies) {
        member[j] = true;
    }
    for (std::uint32_t j = 0; j < n; ++j) {
        Vec& sum = member[j] ? group : others;
        sum += share[j];
    }
    // a maximum cannot be met where there is no one to take the excess
    const Mask acts =
        is_minimum ? group < level : (level < group) & (zero < others);
    const Mask empty = group == zero;
    const Vec equal = level / set(static_cast<double>(bound.technologies.size));
    const Vec up = level / group;
    const Vec down = keep(zero < others, (one - level) / others);
    for (std::uint32_t j = 0; j < n; ++j) {
        const Vec changed =
            member[j] ? select(empty, equal, share[j] * up) : share[j] * down;
        share[j] = select(acts, changed, share[j]);
    }
}

inline void keep_bounds(const Plan& plan, const Year& y, Lanes x, Vec* share)
{
    const ScenarioPlan& scenario = plan.scenarios[y.scenario];
    for (const BoundPlan& bound : scenario.minimum) {
        const SectorPlan& sector = plan.sectors[bound.sector];
        set_group(bound,
                  sector.n_technologies,
                  true,
                  scaled(bound.share[y.t + 1], bound.scale, x),
                  share + sector.first_technology);
    }
    for (const BoundPlan& bound : scenario.maximum) {
        const SectorPlan& sector = plan.sectors[bound.sector];
        set_group(bound,
                  sector.n_technologies,
                  false,
                  scaled(bound.share[y.t + 1], bound.scale, x),
                  share + sector.first_technology);
    }
}

}  // namespace HEPTA_ISA
}  // namespace hepta::model
