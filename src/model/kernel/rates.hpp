/// \file
/// Steps 3, 4, 6 and 7 at one stage of the Runge-Kutta step: costs from
/// experience, preferences from costs, and how fast both states move.
#pragma once

#include "shares.hpp"
#include "year.hpp"

namespace hepta::model {
namespace HEPTA_ISA {

/// Costs at one stage.
struct Stage
{
    Vec experience[max_components];       ///< X_c
    Vec component_cost[max_components];   ///< K/K_0
    Vec converter_price[max_converters];  ///< USD/GJ
    Vec capital[max_technologies];        ///< capex relative to that of 2020
    Vec cost[max_technologies];           ///< C_i, USD per functional unit
};

/// Step 3: K_c/K_c0 = max(floor, (X_c/X_c0)^-omega exp(N_c)).
inline void learn(
    const Plan& plan, const Year& y, Lanes x, const Vec* added, Stage& stage)
{
    Vec exponent[max_components];
    for (std::uint32_t c = 0; c < plan.components.size; ++c) {
        const ComponentPlan& component = plan.components[c];
        stage.experience[c] = y.exogenous[c] + added[c];
        exponent[c] = x[component.w_exponent] *
                      log(stage.experience[c] * x[component.w_inverse_base]);
    }
    for (std::uint32_t c = 0; c < plan.components.size; ++c) {
        stage.component_cost[c] =
            max(x[plan.components[c].floor], exp(exponent[c]) * y.noise[c]);
    }
    for (std::uint32_t v = 0; v < plan.converters.size; ++v) {
        const ConverterPlan& converter = plan.converters[v];
        const Vec input_price =
            converter.input_converter == no_index
                ? y.carrier_price[converter.input_carrier]
                : stage.converter_price[converter.input_converter];
        const Vec running =
            fma(y.converter_input[v], input_price, y.converter_running[v]);
        stage.converter_price[v] =
            fma(y.converter_capital[v],
                stage.component_cost[converter.component],
                running);
    }
}

/// Step 4: levelised cost of every technology.
inline void levelise(const Plan& plan, const Year& y, Lanes x, Stage& stage)
{
    for (const SectorPlan& sector : plan.sectors) {
        const Vec efficiency = x[sector.w_efficiency];
        for (std::uint32_t j = 0; j < sector.n_technologies; ++j) {
            const std::uint32_t i = sector.first_technology + j;
            const TechnologyPlan& t = plan.technologies[i];
            Vec capital = x[t.w_unlearned];
            for (const ComponentTerm& term : t.capex_share) {
                capital = fma(x[term.amount],
                              stage.component_cost[term.component],
                              capital);
            }
            stage.capital[i] = capital;
            Vec cost = fma(x[t.w_annual_capex], capital, y.running_cost[i]);
            for (const ConverterTerm& term : t.converted) {
                cost = fma(efficiency * x[term.amount_gj],
                           stage.converter_price[term.converter],
                           cost);
            }
            stage.cost[i] = cost;
        }
    }
}

/// Experience gained per year from growth, activity units/yr, of one
/// technology; converters' components by what they must deliver.
HEPTA_INLINE void gain_experience(const Plan& plan,
                                  const Year& y,
                                  const TechnologyPlan& t,
                                  Vec efficiency,
                                  Lanes x,
                                  Vec growth,
                                  Vec* gained)
{
    for (const ComponentTerm& term : t.intensity) {
        gained[term.component] =
            fma(x[term.amount], growth, gained[term.component]);
    }
    for (const ConverterTerm& term : t.converted) {
        Vec output = efficiency * x[term.amount_gj] * growth;  // PJ/yr
        std::uint32_t v = term.converter;
        while (v != no_index) {
            const ConverterPlan& converter = plan.converters[v];
            gained[converter.component] = fma(
                output, y.converter_capacity[v], gained[converter.component]);
            output = output * y.converter_input[v];
            v = converter.input_converter;
        }
    }
}

/// Costs at a state of experience.
inline void cost_out(
    const Plan& plan, const Year& y, Lanes x, const Vec* added, Stage& stage)
{
    learn(plan, y, x, added, stage);
    levelise(plan, y, x, stage);
}

/// Steps 6 and 7 for one sector of N technologies (0: not unrolled): dS/dt
/// from preferences E_i = exp(-beta (C_i - min C)), exponent at least -300.
template <std::uint32_t N>
HEPTA_INLINE void sector_rates(const Plan& plan,
                               const Year& y,
                               const SectorPlan& sector,
                               Lanes x,
                               Vec turnover_floor,
                               const Vec* share,
                               const Vec* cost,
                               Vec* rate)
{
    constexpr std::uint32_t room = N == 0 ? max_technologies_per_sector : N;
    const std::uint32_t n = N == 0 ? sector.n_technologies : N;
    const std::uint32_t first = sector.first_technology;
    const bool* banned = y.banned + first;
    Vec preference[room];
    Vec entry[room];
    Vec turnover[room];
    Vec vintage[room];

    Vec cheapest = cost[0];
#pragma GCC unroll 8
    for (std::uint32_t i = 1; i < n; ++i) {
        cheapest = min(cost[i], cheapest);
    }
    const Vec beta = x[sector.w_beta];
    for (std::uint32_t i = 0; i < n; ++i) {
        preference[i] =
            banned[i] ? set(0.0)
                      : exp(max(set(-300.0), beta * (cheapest - cost[i])));
    }
#pragma GCC unroll 8
    for (std::uint32_t i = 0; i < n; ++i) {
        const TechnologyPlan& t = plan.technologies[first + i];
        const Vec below_ceiling =
            max(set(0.0), fnma(share[i], x[t.w_inverse_ceiling], set(1.0)));
        entry[i] = share[i] * x[t.w_rate] * below_ceiling;
        turnover[i] = y.inverse_life[first + i] + turnover_floor;
    }
    const ShareStage stage{n, share, preference, banned, entry, turnover};
    if (y.any_replicator) {
        replicator_rates_of<N>(stage, rate);
    }
    if (y.any_vintage) {
        vintage_rates_of<N>(stage, vintage);
        // exact where one form is alone, whatever the neighbours mix
        const Mask alone = y.form_weight == set(1.0);
        for (std::uint32_t i = 0; i < n; ++i) {
            const Vec mixed =
                fma(y.form_weight, rate[i] - vintage[i], vintage[i]);
            rate[i] =
                y.any_replicator ? select(alone, rate[i], mixed) : vintage[i];
        }
    }
}

/// dS/dt and dY/dt of all sectors and components, given the stage's costs.
inline void rates(const Plan& plan,
                  const Year& y,
                  Lanes x,
                  const Vec* share,
                  const Stage& stage,
                  Vec* share_rate,
                  Vec* added_rate)
{
    const Vec zero = set(0.0);
    for (std::uint32_t c = 0; c < plan.components.size; ++c) {
        added_rate[c] = zero;
    }
    for (std::uint32_t s = 0; s < plan.sectors.size; ++s) {
        const SectorPlan& sector = plan.sectors[s];
        const std::uint32_t first = sector.first_technology;
        const std::uint32_t n = sector.n_technologies;
        Vec* rate = share_rate + first;
        with_constant_size(n, [&](auto size) {
            sector_rates<size()>(plan,
                                 y,
                                 sector,
                                 x,
                                 y.turnover_floor[s],
                                 share + first,
                                 stage.cost + first,
                                 rate);
        });
        const Vec capacity = y.capacity[s];
        const Vec efficiency = x[sector.w_efficiency];
        for (std::uint32_t j = 0; j < n; ++j) {
            const std::uint32_t i = first + j;
            const TechnologyPlan& t = plan.technologies[i];
            if (t.intensity.size + t.converted.size == 0) {
                continue;
            }
            const Vec replaced =
                fma(capacity, y.inverse_life[i], y.capacity_change[s]);
            const Vec growth =
                max(zero, fma(capacity, rate[j], replaced * share[i]));
            gain_experience(plan, y, t, efficiency, x, growth, added_rate);
        }
    }
}

/// One year of the coupled system by classical Runge-Kutta steps. `start`
/// holds the costs at the start of the year.
inline void integrate(const Plan& plan,
                      const Year& y,
                      Lanes x,
                      Vec* share,
                      Vec* added,
                      const Stage& start)
{
    const std::uint32_t n = plan.n_technologies;
    const std::uint32_t m = plan.components.size;
    const double h = 1.0 / plan.steps_per_year;
    const double to_next[4] = {0.5 * h, 0.5 * h, h, 0.0};
    const double in_sum[4] = {h / 6.0, h / 3.0, h / 3.0, h / 6.0};
    Stage later;
    Vec share_at[max_technologies], added_at[max_components];
    Vec share_rate[max_technologies], added_rate[max_components];
    Vec share_end[max_technologies], added_end[max_components];
    for (int step = 0; step < plan.steps_per_year; ++step) {
        for (std::uint32_t i = 0; i < n; ++i) {
            share_end[i] = share_at[i] = share[i];
        }
        for (std::uint32_t c = 0; c < m; ++c) {
            added_end[c] = added_at[c] = added[c];
        }
        for (int k = 0; k < 4; ++k) {
            const bool known = step == 0 && k == 0;
            if (!known) {
                cost_out(plan, y, x, added_at, later);
            }
            rates(plan,
                  y,
                  x,
                  share_at,
                  known ? start : later,
                  share_rate,
                  added_rate);
            const Vec next = set(to_next[k]);
            const Vec part = set(in_sum[k]);
            for (std::uint32_t i = 0; i < n; ++i) {
                share_at[i] = fma(next, share_rate[i], share[i]);
                share_end[i] = fma(part, share_rate[i], share_end[i]);
            }
            for (std::uint32_t c = 0; c < m; ++c) {
                added_at[c] = fma(next, added_rate[c], added[c]);
                added_end[c] = fma(part, added_rate[c], added_end[c]);
            }
        }
        for (std::uint32_t i = 0; i < n; ++i) {
            share[i] = share_end[i];
        }
        for (std::uint32_t c = 0; c < m; ++c) {
            added[c] = added_end[c];
        }
    }
}

}  // namespace HEPTA_ISA
}  // namespace hepta::model
