/// \file
/// A pair of registers of samples within the workspace tile.
#pragma once

#include "../plan.hpp"
#include "hepta/core/simd_pair.hpp"
#include "hepta/core/tile.hpp"

namespace hepta::model {
namespace HEPTA_ISA {

using namespace simd::pairs;

/// Lanes of a block of the workspace. Within a block the rows follow each
/// other without gaps, so that they use all sets of the first-level cache; in a
/// tile of 32 lanes the rows of a pair of registers would share some of them.
inline constexpr std::size_t block_lanes = width;
static_assert(tile_lanes % block_lanes == 0);

/// Rows as one pair of registers of consecutive lanes sees them; `pitch`
/// doubles lie between a row and the next.
template <std::size_t pitch>
struct Rows
{
    double* base;

    HEPTA_INLINE Vec operator[](std::size_t row) const
    {
        return load(base + row * pitch);
    }
    HEPTA_INLINE void set(std::size_t row, Vec value) const
    {
        store(base + row * pitch, value);
    }
    /// The rows from `first` on; cheaper to hold than to find again.
    HEPTA_INLINE Rows from(std::size_t first) const
    {
        return {base + first * pitch};
    }
};

/// Rows of an output tile.
using TileRows = Rows<tile_lanes>;

/// Rows of a block of the workspace: inputs, prepared quantities, state.
struct Lanes : Rows<block_lanes>
{
    /// The row, or `otherwise` where the input is absent.
    HEPTA_INLINE Vec get(Row row, double otherwise) const
    {
        return row == no_row ? simd::pairs::set(otherwise) : (*this)[row];
    }
    HEPTA_INLINE Lanes from(Row first) const { return {Rows::from(first)}; }
    HEPTA_INLINE Vec linear(const Interpolation& i) const
    {
        const Vec low = (*this)[i.low];
        return fma(simd::pairs::set(i.weight), (*this)[i.high] - low, low);
    }
};

/// exp((1 - w) ln a + w ln b), exactly a at w = 0 and b at w = 1.
HEPTA_INLINE Vec geometric(Vec a, Vec b, double weight)
{
    if (weight == 0.0) {
        return a;
    }
    const Vec log_a = log(a);
    return exp(fma(set(weight), log(b) - log_a, log_a));
}

/// exp(a) with `a` kept within 690 of 0, for factors that are no more than 0 or
/// infinite beyond; NaN where `a` is NaN.
HEPTA_INLINE Vec exp_within(Vec a)
{
    return exp_inline(min(set(690.0), max(set(-690.0), a)));
}

/// w (1 + w)^L / ((1 + w)^L - 1), the capital recovery factor; 1/L at w = 0.
HEPTA_INLINE Vec capital_recovery(Vec rate, Vec life)
{
    const Vec one = set(1.0);
    const Vec growth = exp(life * log(one + rate));
    const Vec factor = rate * growth / (growth - one);
    return select(rate == set(0.0), one / life, factor);
}

}  // namespace HEPTA_ISA
}  // namespace hepta::model
