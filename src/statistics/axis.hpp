/// \file
/// The axis of a cell in scalar form: the bin of a finite value, its inverse.
#pragma once

#include "hepta/statistics/cell.hpp"

#include <bit>
#include <cmath>
#include <cstdint>

namespace hepta::statistics {

/// The piecewise-linear logarithm L(y) of CellPlan, y >= 0.
[[nodiscard]] inline double log_of_bits(double y) noexcept
{
    // An integer below 2^52 as a double; loops over this form vectorise.
    return std::bit_cast<double>(std::bit_cast<std::uint64_t>(y) >> 12 |
                                 std::bit_cast<std::uint64_t>(0x1p52)) -
           0x1p52;
}

/// The term t_k(x) for an origin and a delta.
[[nodiscard]] inline double axis_term(double x,
                                      double origin,
                                      double delta) noexcept
{
    const double v = x - origin;
    return std::copysign(log_of_bits(std::abs(v) + delta) - log_of_bits(delta),
                         v);
}

/// Outer or inner bin of a finite x, the atom not taken out. Monotone in x.
[[nodiscard]] std::uint32_t axis_bin(const CellPlan& plan, double x) noexcept;

/// The smallest double that `axis_bin` puts into bin `b` or beyond.
[[nodiscard]] double lower_edge(const CellPlan& plan, std::uint32_t b) noexcept;

}  // namespace hepta::statistics
