/// \file
/// Could two sets of counts be samples of one distribution?
#pragma once

#include "hepta/statistics/percentile.hpp"

#include <cstdint>

namespace hepta::statistics {

/// The fractions of the valid samples that are below x, and not above it; they
/// differ where many samples share the value x.
struct RankOf
{
    double below = 0.0, up_to = 0.0;
};

/// From counts, linear within a bin: the inverse of `percentile` to 1/n.
/// \pre there is a valid sample
[[nodiscard]] RankOf rank_of(const CellPlan& plan,
                             Counts counts,
                             const MomentSums& sums,
                             double x);

/// Difference of two fractions k/n in standard errors under one common
/// fraction; 0 if either n is 0.
[[nodiscard]] double standard_errors_between(double fraction_a,
                                             double n_a,
                                             double fraction_b,
                                             double n_b);

/// The same of two means; the difference of constants is 0 or infinite.
[[nodiscard]] double standard_errors_between(const Moments& a,
                                             const Moments& b);

/// Standard errors that the largest of n comparisons exceeds with `probability`
/// at most if nothing differs (Bonferroni's bound, normal errors).
[[nodiscard]] double limit_of_largest(std::uint64_t n, double probability);

}  // namespace hepta::statistics
