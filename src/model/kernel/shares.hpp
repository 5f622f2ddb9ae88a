/// \file
/// Step 7: how fast shares change, in both forms of the model.
#pragma once

#include "lanes.hpp"

#include <type_traits>

namespace hepta::model {
namespace HEPTA_ISA {

/// One sector's technologies at one stage of a step.
struct ShareStage
{
    std::uint32_t n = 0;
    const Vec* share;       ///< S_i
    const Vec* preference;  ///< E_i, 0 where new builds have ended
    const Vec* entry;       ///< a_i = S_i alpha_i r_i, 1/yr
    const Vec* turnover;    ///< 1/L_i + rho + g, 1/yr
};

/// 1/a within 2 ulp, for normal a > 0 whose reciprocal is normal.
///
/// The bits of a double, negated about a constant, are its reciprocal within
/// 13 %; two steps r <- r (1 + e + e^2), e = 1 - a r, cube the error, a last
/// one squares it. On all processors the divider is several times slower than
/// these nine operations, and the approximate reciprocals of AVX-512 are not
/// those of AVX2.
HEPTA_INLINE Vec reciprocal(Vec a)
{
    Vec r = from_bits(set_int(0x7fde6238502484ba) - bits(a));
    const Vec one = set(1.0);
#pragma GCC unroll 2
    for (int step = 0; step < 2; ++step) {
        const Vec e = fnma(a, r, one);
        r = fma(r, fma(e, e, e), r);
    }
    return fma(r, fnma(a, r, one), r);
}

/// 1/a and 1/b by one reciprocal; a b must be a normal number.
HEPTA_INLINE void reciprocals(Vec a, Vec b, Vec& inverse_a, Vec& inverse_b)
{
    const Vec inverse = reciprocal(a * b);
    inverse_a = inverse * b;
    inverse_b = inverse * a;
}

/// dS/dt of the replicator form, of N technologies (0: s.n, not unrolled).
///
/// With w_pl = max(0, 2 F_pl - 1), a_p = S_p alpha_p r_p and the loss rate
/// lambda_l = sum_p a_p w_pl kept within turnover T_l, b_l = S_l min(1, T_l /
/// lambda_l):  dS_i/dt = a_i sum_l w_il b_l - b_i lambda_i.
///
/// Per pair of technologies: half a reciprocal and 11 other operations.
template <std::uint32_t N>
HEPTA_INLINE void replicator_rates_of(const ShareStage& s, Vec* rate)
{
    constexpr std::uint32_t room = N == 0 ? max_technologies_per_sector : N;
    const std::uint32_t n = N == 0 ? s.n : N;
    const Vec zero = set(0.0);
    // 2 F_ij - 1 = (E_i - E_j) / (E_i + E_j), i < j: gains of i, gains of j
    Vec gain[room * room];
    Vec loss[room];
    Vec preference[room];
#pragma GCC unroll 8
    for (std::uint32_t i = 0; i < n; ++i) {
        loss[i] = zero;
        // neither is preferred where new builds of both have ended; beside
        // any other preference, at least exp(-300), this is nothing
        preference[i] = max(set(1e-150), s.preference[i]);
    }
#pragma GCC unroll 8
    for (std::uint32_t i = 0; i + 1 < n; ++i) {
        const Vec e_i = preference[i];
        const Vec a_i = s.entry[i];
        Vec loss_i = loss[i];
        const auto compete = [&](std::uint32_t j, Vec inverse) {
            const Vec w = (e_i - preference[j]) * inverse;
            const Vec won = max(zero, w);
            const Vec lost = won - w;  // max(0, -w)
            gain[i * room + j] = won;
            gain[j * room + i] = lost;
            loss[j] = fma(a_i, won, loss[j]);
            loss_i = fma(s.entry[j], lost, loss_i);
        };
        std::uint32_t j = i + 1;
#pragma GCC unroll 4
        for (; j + 1 < n; j += 2) {
            Vec first, second;
            reciprocals(
                e_i + preference[j], e_i + preference[j + 1], first, second);
            compete(j, first);
            compete(j + 1, second);
        }
        if (j < n) {
            compete(j, reciprocal(e_i + preference[j]));
        }
        loss[i] = loss_i;
    }
    Vec available[room];  // b_l
#pragma GCC unroll 8
    for (std::uint32_t i = 0; i < n; ++i) {
        const Vec kept = select(loss[i] <= s.turnover[i],
                                set(1.0),
                                s.turnover[i] * reciprocal(loss[i]));
        available[i] = s.share[i] * kept;
    }
#pragma GCC unroll 8
    for (std::uint32_t i = 0; i < n; ++i) {
        Vec won = zero;
#pragma GCC unroll 8
        for (std::uint32_t j = 0; j < n; ++j) {
            if (j != i) {
                won = fma(gain[i * room + j], available[j], won);
            }
        }
        rate[i] = fms(s.entry[i], won, available[i] * loss[i]);
    }
}

/// Sum of N values (0: n, not unrolled), of neighbours first.
template <std::uint32_t N>
HEPTA_INLINE Vec total(const Vec* value, std::uint32_t n)
{
    if constexpr (N == 0) {
        Vec sum = set(0.0);
        for (std::uint32_t i = 0; i < n; ++i) {
            sum += value[i];
        }
        return sum;
    } else if constexpr (N == 1) {
        return value[0];
    } else {
        return total<N / 2>(value, n) + total<N - N / 2>(value + N / 2, n);
    }
}

/// dS/dt of the vintage form, of N technologies (0: s.n, not unrolled): what
/// must be built goes by preference to the technologies that can still grow,
/// each at most its bound.
///
/// The offers n_i = min(bound_i, mu E_i) are found in rounds: each offers what
/// the full ones leave to the others; a lane is done when no more fill up.
template <std::uint32_t N>
HEPTA_INLINE void vintage_rates_of(const ShareStage& s, Vec* rate)
{
    constexpr std::uint32_t room = N == 0 ? max_technologies_per_sector : N;
    const std::uint32_t n = N == 0 ? s.n : N;
    const Vec zero = set(0.0);
    Vec retired[room];     // o_i
    Vec bound[room];       // o_i + S_i alpha_i r_i
    Vec preference[room];  // 0 once full
    Vec built[room];       // n_i of the full ones
#pragma GCC unroll 8
    for (std::uint32_t i = 0; i < n; ++i) {
        retired[i] = s.share[i] * s.turnover[i];
        // a stage may leave a share below 0, which is offered nothing
        bound[i] = max(zero, retired[i] + s.entry[i]);
        preference[i] = keep(zero < s.share[i], s.preference[i]);
        built[i] = zero;
    }
    const Vec offered = total<N>(retired, n);
    Vec left = offered;  // by the full ones to the others
    Vec sum;             // of the preferences of those that are not full
    for (std::uint32_t round = 0; round <= n; ++round) {
        sum = total<N>(preference, n);
        Mask settled = zero <= zero;
#pragma GCC unroll 8
        for (std::uint32_t i = 0; i < n; ++i) {
            // multiplier preference <= bound, before the division; a full one
            // has no preference left
            const Mask open = left * preference[i] <= bound[i] * sum;
            built[i] = select(open, built[i], bound[i]);
            preference[i] = keep(open, preference[i]);
            settled = settled & open;
        }
        if (all(settled)) {
            break;
        }
        left = max(zero, offered - total<N>(built, n));
    }
    const Vec multiplier = keep(zero < sum, left / sum);
#pragma GCC unroll 8
    for (std::uint32_t i = 0; i < n; ++i) {
        rate[i] = fma(multiplier, preference[i], built[i]) - retired[i];
    }
    // what nobody may take replaces the retired like for like
    const Vec unplaced = keep(sum <= zero, left);
    if (!any(zero < unplaced)) {
        return;
    }
    Vec unreplaced = zero;
    for (std::uint32_t i = 0; i < n; ++i) {
        unreplaced += max(zero, zero - rate[i]);
    }
    const Vec replaced = keep(zero < unreplaced, unplaced / unreplaced);
    for (std::uint32_t i = 0; i < n; ++i) {
        rate[i] = fma(replaced, max(zero, zero - rate[i]), rate[i]);
    }
}

/// Call `body` with the number of technologies as a constant where it is
/// small, so that its loops unroll into registers, else with 0.
template <class Body>
HEPTA_INLINE void with_constant_size(std::uint32_t n, Body body)
{
    switch (n) {
        case 3:
            return body(std::integral_constant<std::uint32_t, 3>{});
        case 4:
            return body(std::integral_constant<std::uint32_t, 4>{});
        case 5:
            return body(std::integral_constant<std::uint32_t, 5>{});
        case 6:
            return body(std::integral_constant<std::uint32_t, 6>{});
        case 7:
            return body(std::integral_constant<std::uint32_t, 7>{});
        default:
            return body(std::integral_constant<std::uint32_t, 0>{});
    }
}

}  // namespace HEPTA_ISA
}  // namespace hepta::model
