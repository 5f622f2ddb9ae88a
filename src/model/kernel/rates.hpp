/// \file
/// Steps 3, 4, 6 and 7 at one stage of the Runge-Kutta step: costs from
/// experience, preferences from costs, and how fast both states move.
#pragma once

#include "learning.hpp"
#include "shares.hpp"

namespace hepta::model {
namespace HEPTA_ISA {

/// Step 4: levelised cost C_i of technology i, USD per functional unit.
HEPTA_INLINE Vec levelised_cost(const Plan& plan,
                                const Year& y,
                                std::uint32_t i,
                                const Learning& learning)
{
    return dot(plan.cost_slope,
               i,
               y.cost_slope,
               learning.cost,
               y.technology[i].base_cost);
}

/// Experience gained by growth of the technologies, activity units/yr.
HEPTA_INLINE Vec experience_gain(const Plan& plan,
                                 const Year& y,
                                 std::uint32_t c,
                                 const Vec* growth)
{
    return dot(plan.experience_gain, c, y.gain, growth, set(0.0));
}

/// Steps 6 and 7 for one sector of N technologies (0: not unrolled): dS/dt
/// from preferences E_i = exp(-beta (C_i - min C)), exponent at least -300.
template <std::uint32_t N>
HEPTA_INLINE void sector_rates(const Year& y,
                               const SectorPlan& sector,
                               Vec beta,
                               const Vec* share,
                               const Vec* cost,
                               Vec* rate)
{
    constexpr std::uint32_t room = N == 0 ? max_technologies_per_sector : N;
    const std::uint32_t n = N == 0 ? sector.n_technologies : N;
    const std::uint32_t first = sector.first_technology;
    const bool* banned = y.banned + first;
    const TechnologyYear* technology = y.technology + first;
    Vec preference[room];
    Vec entry[room];
    Vec turnover[room];
    Vec vintage[room];

    Vec cheapest = cost[0];
#pragma GCC unroll 8
    for (std::uint32_t i = 1; i < n; ++i) {
        cheapest = min(cost[i], cheapest);
    }
#pragma GCC unroll 8
    for (std::uint32_t i = 0; i < n; ++i) {
        const Vec exponent = max(set(-300.0), beta * (cheapest - cost[i]));
        preference[i] = banned[i] ? set(0.0) : exp_inline(exponent);
    }
#pragma GCC unroll 8
    for (std::uint32_t i = 0; i < n; ++i) {
        const TechnologyYear& t = technology[i];
        const Vec below_ceiling =
            max(set(0.0), fnma(share[i], t.inverse_ceiling, set(1.0)));
        entry[i] = share[i] * t.rate * below_ceiling;
        turnover[i] = t.turnover;
    }
    const ShareStage stage{n, share, preference, entry, turnover};
    if (!y.any_replicator) {
        vintage_rates_of<N>(stage, rate);
        return;
    }
    replicator_rates_of<N>(stage, rate);
    if (!y.any_vintage) {
        return;
    }
    vintage_rates_of<N>(stage, vintage);
    // exact where one form is alone, whatever the neighbours mix
    const Vec other = set(1.0) - y.form_weight;
#pragma GCC unroll 8
    for (std::uint32_t i = 0; i < n; ++i) {
        rate[i] = fma(y.form_weight, rate[i], other * vintage[i]);
    }
}

/// A quantity that is integrated.
struct State
{
    Vec start;  ///< at the start of the step
    Vec at;     ///< argument of the stage
    Vec end;    ///< at the end of the step, of the stages so far
};

/// Both states of the coupled system.
struct Integration
{
    State share[max_technologies];
    State added[max_components];
    Vec growth[max_technologies];  ///< max(0, d(K S_i)/dt + K S_i/L_i)
};

/// One sector's part of a stage: its rates lead to the arguments of the next
/// stage, `next` years from the start of the step, and add to its end.
template <std::uint32_t N>
inline void sector_stage(const Plan& plan,
                         const Year& y,
                         std::uint32_t s,
                         Lanes x,
                         const Learning& learning,
                         Vec next,
                         Vec part,
                         Integration& all)
{
    constexpr std::uint32_t room = N == 0 ? max_technologies_per_sector : N;
    const SectorPlan& sector = plan.sectors[s];
    const std::uint32_t n = N == 0 ? sector.n_technologies : N;
    const std::uint32_t first = sector.first_technology;
    State* state = all.share + first;
    Vec share[room];
    Vec cost[room];
    Vec rate[room];
#pragma GCC unroll 8
    for (std::uint32_t i = 0; i < n; ++i) {
        share[i] = state[i].at;
        cost[i] = levelised_cost(plan, y, first + i, learning);
    }
    sector_rates<N>(y, sector, x[sector.w_beta], share, cost, rate);
    const Vec capacity = y.capacity[s];
#pragma GCC unroll 8
    for (std::uint32_t i = 0; i < n; ++i) {
        const Vec replaced = y.technology[first + i].replaced;
        all.growth[first + i] =
            max(set(0.0), fma(capacity, rate[i], replaced * share[i]));
        state[i].at = fma(next, rate[i], state[i].start);
        state[i].end = fma(part, rate[i], state[i].end);
    }
}

/// A stage of all sectors and components.
inline void stage(const Plan& plan,
                  const Year& y,
                  Lanes x,
                  const Learning& learning,
                  Vec next,
                  Vec part,
                  Integration& state)
{
    for (std::uint32_t s = 0; s < plan.sectors.size; ++s) {
        with_constant_size(plan.sectors[s].n_technologies, [&](auto n) {
            sector_stage<n()>(plan, y, s, x, learning, next, part, state);
        });
    }
    for (std::uint32_t c = 0; c < plan.components.size; ++c) {
        const Vec rate = experience_gain(plan, y, c, state.growth);
        State& added = state.added[c];
        added.at = fma(next, rate, added.start);
        added.end = fma(part, rate, added.end);
    }
}

/// The end of a step, or the first state, becomes the start of the next.
HEPTA_INLINE void restart(State& state)
{
    state.start = state.at = state.end;
}

/// One year of the coupled system by classical Runge-Kutta steps, from the end
/// of `state` to its new end. `start` is the learning at the start of the year.
inline void integrate(const Plan& plan,
                      const Year& y,
                      Lanes x,
                      const Learning& start,
                      Integration& state)
{
    const std::uint32_t n = plan.n_technologies;
    const std::uint32_t m = plan.components.size;
    const double h = 1.0 / plan.steps_per_year;
    const double to_next[4] = {0.5 * h, 0.5 * h, h, 0.0};
    const double in_sum[4] = {h / 6.0, h / 3.0, h / 3.0, h / 6.0};
    Learning later;
    for (int step = 0; step < plan.steps_per_year; ++step) {
        for (std::uint32_t i = 0; i < n; ++i) {
            restart(state.share[i]);
        }
        for (std::uint32_t c = 0; c < m; ++c) {
            restart(state.added[c]);
        }
        for (int k = 0; k < 4; ++k) {
            const bool known = step == 0 && k == 0;
            if (!known) {
                const auto added = [&](std::uint32_t c) {
                    return state.added[c].at;
                };
                learn(plan, y, added, later);
            }
            stage(plan,
                  y,
                  x,
                  known ? start : later,
                  set(to_next[k]),
                  set(in_sum[k]),
                  state);
        }
    }
}

}  // namespace HEPTA_ISA
}  // namespace hepta::model
