/// \file
/// Functions whose last bit must not depend on the machine's mathematical
/// library, because their values enter the digest of a configuration.
#pragma once

namespace hepta::config {

/// 95 % quantile of the standard normal distribution.
inline constexpr double z95 = 1.6448536269514722;

/// Natural logarithm, correctly rounded; x > 0.
[[nodiscard]] double exact_log(double x);

/// Correlation of normal scores whose rank correlation is r in [-1, 1]:
/// 2 sin(pi r / 6), correctly rounded. Source: Pearson (1907), "On further
/// methods of determining correlation".
[[nodiscard]] double normal_correlation(double rank_correlation);

}  // namespace hepta::config
