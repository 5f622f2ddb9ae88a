/// \file
/// Intervals over replicates, intervals that hold together, distances between
/// distributions, rates of convergence.
#pragma once

#include <cstdint>
#include <span>

namespace hepta::statistics {

/// A number found from samples, with its confidence limits. The limits are
/// infinite where there is too little to have them; all three are NaN where
/// the number itself is not defined.
struct Estimate
{
    double value = 0.0;
    double lower = 0.0, upper = 0.0;
};

/// Quantile of Student's t at (1 + confidence) / 2; infinite for 0 degrees of
/// freedom. \pre 0 < confidence < 1
[[nodiscard]] double student_factor(std::uint64_t degrees_of_freedom,
                                    double confidence);

/// Mean of R independent randomisations' values, one each (of a mean, of a
/// percentile, of an index), with its limits by Student's t, R - 1 degrees of
/// freedom. Percentiles of low-discrepancy points have no binomial interval;
/// this is theirs. \note a bias that all randomisations share is not in it
[[nodiscard]] Estimate student_interval(std::span<const double> values,
                                        double confidence);

/// The limits of an estimate that has this standard error.
[[nodiscard]] Estimate student_interval(double value,
                                        double standard_error,
                                        std::uint64_t degrees_of_freedom,
                                        double confidence);

/// Confidence of each of m intervals so that all hold at once with at least
/// `confidence`: 1 - (1 - confidence) / m, whatever depends on what.
/// A trajectory's band is the intervals of its years at this confidence.
/// Source: Bonferroni; Dunn (1961), doi:10.1080/01621459.1961.10482090.
[[nodiscard]] double bonferroni_confidence(double confidence,
                                           std::uint64_t m) noexcept;

/// The same where the m intervals are independent, or two-sided about jointly
/// normal estimates: confidence^(1/m), a little narrower.
/// Source: Sidak (1967), doi:10.1080/01621459.1967.10482935.
[[nodiscard]] double sidak_confidence(double confidence,
                                      std::uint64_t m) noexcept;

/// Largest distance between two empirical distribution functions
/// (Kolmogorov and Smirnov). \pre both ascend, neither is empty
[[nodiscard]] double kolmogorov_distance(std::span<const double> a,
                                         std::span<const double> b);

/// The power of n with which errors fall: slope of log error over log n by
/// least squares, limits by Student's t. Errors of 0 are left out.
/// \pre as many n as errors, all n > 0; at least two different n
[[nodiscard]] Estimate convergence_slope(std::span<const double> n,
                                         std::span<const double> error,
                                         double confidence);

}  // namespace hepta::statistics
