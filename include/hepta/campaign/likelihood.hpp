/// \file
/// Samples weighted by what happened, and percentiles of weighted values.
#pragma once

#include <cstddef>
#include <vector>

namespace hepta::campaign {

/// Fewer effective samples than this give percentiles that are hardly known.
inline constexpr double few_effective_samples = 100.0;

/// Weights of samples by a Gaussian likelihood, exp(-z²/2) with z² the sum of
/// squares of standardised residuals, relative to the largest.
/// \param squares  a sample each; not finite where the likelihood is 0
/// \return in [0, 1]; all 0 if no square is finite
[[nodiscard]] std::vector<double> likelihood_weights(
    const std::vector<double>& squares);

/// How many samples of equal weight know a mean as well: (sum w)² / sum w².
/// 0 if all weights are.
[[nodiscard]] double effective_number(const std::vector<double>& weights);

struct WeightedValue
{
    double value = 0.0;
    double weight = 0.0;  ///< > 0
};

/// Percentile of values in ascending order, linear between the middles of
/// their weights from the first (0 %) to the last (100 %): with equal weights
/// that between order statistics. Not a number if there are none.
[[nodiscard]] double weighted_percentile(
    const std::vector<WeightedValue>& values, double p);

/// Mean and variance of values with weights.
struct MeanAndVariance
{
    double mean = 0.0;
    double variance = 0.0;  ///< of the weighted distribution
};
[[nodiscard]] MeanAndVariance mean_and_variance(
    const std::vector<WeightedValue>& values);

}  // namespace hepta::campaign
