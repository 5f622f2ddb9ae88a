/// \file
/// First-order and total Sobol indices from a Saltelli design.
#pragma once

#include "hepta/statistics/intervals.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace hepta::statistics {

/// Values of one output at the points of a Saltelli design: two independent
/// matrices of points A and B, and for each input (or group of inputs) i the
/// matrix A with column(s) i taken from B.
struct SaltelliValues
{
    std::span<const double> a, b;             ///< [n]
    std::vector<std::span<const double>> ab;  ///< [inputs][n]

    /// Points [first, first + n) of all matrices.
    [[nodiscard]] SaltelliValues part(std::size_t first, std::size_t n) const;
};

/// Indices as shares of the variance. All but the variance are NaN where that
/// is 0. Limits may lie below 0 or above 1: they are not cut.
struct SobolIndices
{
    double mean = 0.0;                         ///< of the values at A and B
    double variance = 0.0;                     ///< of the same
    std::vector<Estimate> first_order, total;  ///< [inputs]
};

/// Indices by Jansen's formulas,
///
///     S_i = 1 - E (f_B - f_ABi)^2 / 2 V,   ST_i = E (f_A - f_ABi)^2 / 2 V,
///
/// over all batches together. For the total index V is the variance over A and
/// B; for the first-order one that over B and AB_i, the very values that are
/// subtracted: the efficient form. Limits by Student's t from the differences
/// between the batches, which are independent: randomisations of a
/// low-discrepancy design, or blocks of a plain one (`in_parts`).
///
/// Of low-discrepancy designs that with columns a_1, b_1, a_2, b_2, ... by
/// falling importance has the smallest error as a rule.
///
/// Source: Jansen (1999), doi:10.1016/S0010-4655(98)00154-4, and Saltelli et
/// al. (2010), doi:10.1016/j.cpc.2009.09.018, table 2; for V, Janon et al.
/// (2014), doi:10.1051/ps/2013040.
/// \pre   batches of equally many points, at least 2, and the same inputs;
///        all values finite
/// \note  2 ns a value. No allocation but the result's. Sums are about the
///        mean, in the order given: the same bits always.
[[nodiscard]] SobolIndices sobol_indices(
    std::span<const SaltelliValues> batches, double confidence);

/// One plain Monte Carlo design as `n` batches of consecutive points; what is
/// left over at the end is not used.
[[nodiscard]] std::vector<SaltelliValues> in_parts(const SaltelliValues& values,
                                                   std::size_t n);

}  // namespace hepta::statistics
