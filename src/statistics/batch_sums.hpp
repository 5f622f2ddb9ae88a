/// \file
/// Sums over the values of a batch, and ratios of such sums.
#pragma once

#include "hepta/statistics/intervals.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace hepta::statistics {

/// Sum of x - center.
[[nodiscard]] double sum_about(std::span<const double> x, double center);

/// Sum of (x - center)^2.
[[nodiscard]] double squares_about(std::span<const double> x, double center);

/// Sum of (x - y)^2. \pre as many of both
[[nodiscard]] double squared_differences(std::span<const double> x,
                                         std::span<const double> y);

/// A numerator and a denominator of each batch: the ratio of their sums.
struct BatchRatio
{
    std::vector<double> numerator, denominator;  // [batches]

    void add(double above, double below)
    {
        numerator.push_back(above);
        denominator.push_back(below);
    }

    /// NaN unless the denominators' sum is positive. Limits by Student's t,
    /// the standard error from the batches' deviations.
    /// Source: Cochran (1977), Sampling Techniques, section 6.
    [[nodiscard]] Estimate ratio(double confidence) const;
};

}  // namespace hepta::statistics
