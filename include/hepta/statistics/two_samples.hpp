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

/// The normal score that is as far out as Student's t: with few degrees of
/// freedom large t are common, and count for less. \pre degrees > 0
[[nodiscard]] double normal_score(double t, double degrees);

/// Degrees of freedom of a difference of two estimates with these standard
/// errors and degrees. Source: Satterthwaite (1946), Biometrics Bulletin 2,
/// 110; Welch (1947), doi:10.1093/biomet/34.1-2.28.
[[nodiscard]] double joint_degrees(double error_a,
                                   double degrees_a,
                                   double error_b,
                                   double degrees_b);

/// Standard errors that the largest of n comparisons exceeds with `probability`
/// at most if nothing differs (Bonferroni's bound, normal errors).
[[nodiscard]] double limit_of_largest(std::uint64_t n, double probability);

}  // namespace hepta::statistics
