/// \file
/// Step 3: what components cost after the experience gained with them.
#pragma once

#include "year.hpp"

namespace hepta::model {
namespace HEPTA_ISA {

/// X_c, and K_c/K_c0 = max(floor, (X_c/X_c0)^-omega exp(N_c)).
struct Learning
{
    Vec experience[max_components];  ///< X_c
    Vec cost[max_components];        ///< K_c/K_c0
};

/// Learning after `added(c)` of the sectors' own experience.
template <class Added>
HEPTA_INLINE void learn(const Plan& plan,
                        const Year& y,
                        Added added,
                        Learning& learning)
{
    // two loops: a processor sees more of the next components at once
    const std::uint32_t n = plan.components.size;
    Vec exponent[max_components];
    for (std::uint32_t c = 0; c < n; ++c) {
        const ComponentYear& component = y.component[c];
        const Vec experience = component.exogenous + added(c);
        learning.experience[c] = experience;
        exponent[c] = component.exponent *
                      log_inline(experience * component.inverse_base);
    }
    for (std::uint32_t c = 0; c < n; ++c) {
        const ComponentYear& component = y.component[c];
        learning.cost[c] =
            max(component.floor, exp_within(exponent[c]) * component.noise);
    }
}

inline void learn_at_start(const Plan& plan, const Year& y, Learning& learning)
{
    const auto added = [&](std::uint32_t c) { return y.added_at_start[c]; };
    learn(plan, y, added, learning);
}

/// sum_k value[k] in[column[k]] over the terms of a row, added to `sum`.
HEPTA_INLINE Vec dot(const SparseRows& rows,
                     std::uint32_t row,
                     const Vec* value,
                     const Vec* in,
                     Vec sum)
{
    const std::uint32_t end = rows.first[row + 1];
    for (std::uint32_t k = rows.first[row]; k < end; ++k) {
        sum = fma(value[k], in[rows.column[k]], sum);
    }
    return sum;
}

}  // namespace HEPTA_ISA
}  // namespace hepta::model
