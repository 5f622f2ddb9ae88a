/// \file
/// Quantile functions over one row of a tile, for kernels only.
#pragma once

#include "hepta/core/simd.hpp"
#include "hepta/core/tile.hpp"
#include "plan.hpp"

namespace hepta::sampling::HEPTA_ISA {

using namespace hepta::simd;

/// Apply `f` to all registers of a row.
template <class F>
HEPTA_INLINE void for_row(const double* in, double* out, F f)
{
    for (std::size_t lane = 0; lane < tile_lanes; lane += width) {
        store(out + lane, f(load(in + lane)));
    }
}

/// a = low, b = high - low, c = high
HEPTA_INLINE Vec uniform(const Quantile& q, Vec u)
{
    return min(fma(u, set(q.b), set(q.a)), set(q.c));
}

/// a = low, b = high, c = high - low, d = mode - low, e = high - mode
HEPTA_INLINE Vec triangular(const Quantile& q, Vec u)
{
    const Vec along = u * set(q.c);
    const Mask left = along < set(q.d);
    const Vec root = sqrt(
        select(left, along * set(q.d), (set(1.0) - u) * set(q.c) * set(q.e)));
    return select(left, set(q.a) + root, set(q.b) - root);
}

/// Number of keys below u among the n - 1 ascending keys, n a power of two.
HEPTA_INLINE Int count_below(const double* keys, std::uint32_t n, Vec u)
{
    Int count = set_int(0);
    for (std::int64_t step = n / 2; step > 0; step /= 2) {
        const Vec key = gather(keys + (step - 1), count);
        const Vec stride = from_bits(set_int(step));
        count = count + bits(keep(key < u, stride));
    }
    return count;
}

/// table = keys [n], values [n]
HEPTA_INLINE Vec discrete(const Quantile& q, Vec u)
{
    return gather(q.table + q.n, count_below(q.table, q.n, u));
}

/// table = keys [n], then per segment: start [n], value [n], slope [n]
HEPTA_INLINE Vec empirical(const Quantile& q, Vec u)
{
    const std::size_t n = q.n;
    const Int i = count_below(q.table, q.n, u);
    const Vec start = gather(q.table + n, i);
    const Vec value = gather(q.table + 2 * n, i);
    const Vec slope = gather(q.table + 3 * n, i);
    return fma(slope, u - start, value);
}

/// a = mean, b = sd
HEPTA_INLINE Vec normal(const Quantile& q, Vec z)
{
    return fma(z, set(q.b), set(q.a));
}

/// a = median, b = sigma below it, c = sigma above it
HEPTA_INLINE Vec lognormal(const Quantile& q, Vec z)
{
    const Vec sigma = select(z < set(0.0), set(q.b), set(q.c));
    return set(q.a) * exp(z * sigma);
}

/// a = offset, b = scale, c = low, d = high, e = pieces per unit of score,
/// n = pieces; table as in ScoreTable
HEPTA_INLINE Vec tabulated(const Quantile& q, Vec z)
{
    const Vec inside =
        max(min(z, set(score_limit)), set(-score_limit)) + set(score_limit);
    const Vec position = inside * set(q.e);
    const Vec piece = min(floor(position), set(static_cast<double>(q.n) - 1.0));
    const Vec r = position - piece - set(0.5);
    const Int i = shift_left<3>(to_int(piece));
    static_assert(coefficients_per_piece == 8);
    Vec p = gather(q.table, i);
#pragma GCC unroll 8
    for (int k = 1; k < 8; ++k) {
        p = fma(p, r, gather(q.table + k, i));
    }
    return max(min(fma(p, set(q.b), set(q.a)), set(q.d)), set(q.c));
}

HEPTA_INLINE void evaluate(const Quantile& q, const double* in, double* out)
{
    switch (q.shape) {
        case Shape::uniform:
            return for_row(in, out, [&](Vec u) { return uniform(q, u); });
        case Shape::triangular:
            return for_row(in, out, [&](Vec u) { return triangular(q, u); });
        case Shape::discrete:
            return for_row(in, out, [&](Vec u) { return discrete(q, u); });
        case Shape::empirical:
            return for_row(in, out, [&](Vec u) { return empirical(q, u); });
        case Shape::normal:
            return for_row(in, out, [&](Vec z) { return normal(q, z); });
        case Shape::lognormal:
            return for_row(in, out, [&](Vec z) { return lognormal(q, z); });
        case Shape::tabulated:
            return for_row(in, out, [&](Vec z) { return tabulated(q, z); });
    }
}

}  // namespace hepta::sampling::HEPTA_ISA
