/// \file
/// Distributions of inputs, as data, and their quantile functions.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace hepta::sampling {

struct Fixed
{
    double value = 0.0;
};
struct Uniform
{
    double low = 0.0, high = 1.0;
};
struct Triangular
{
    double low = 0.0, mode = 0.5, high = 1.0;
};
struct Normal
{
    double mean = 0.0, sd = 1.0;
};
/// A normal restricted to [low, high]; infinite bounds are allowed.
struct TruncatedNormal
{
    double mean = 0.0, sd = 1.0, low = 0.0, high = 1.0;
};
/// Two-piece in the logarithm: ln x = ln median + z sigma_low for z < 0,
/// sigma_high for z > 0; equal sigmas are the ordinary lognormal.
struct Lognormal
{
    double median = 1.0, sigma_low = 1.0, sigma_high = 1.0;
};
/// Beta(alpha, beta) stretched to [low, high]; PERT is a special case.
struct Beta
{
    double alpha = 1.0, beta = 1.0, low = 0.0, high = 1.0;
};
/// Values ascending; weights positive, summing to 1.
struct Discrete
{
    std::vector<double> value, weight;
};
/// Quantile table: `value` at `probability`, linear between; the first
/// probability is 0, the last 1, both columns ascend.
struct Empirical
{
    std::vector<double> probability, value;
};

using Distribution = std::variant<Fixed,
                                  Uniform,
                                  Triangular,
                                  Normal,
                                  TruncatedNormal,
                                  Lognormal,
                                  Beta,
                                  Discrete,
                                  Empirical>;

/// PERT of minimum, mode and maximum, shape 4.
/// Source: Malcolm et al. (1959), doi:10.1287/opre.7.5.646.
[[nodiscard]] Beta pert(double low, double mode, double high);

/// Quantile at u in (0, 1), one value, by Boost.Math: slow and exact to
/// rounding; the oracle of the vector kernels and the maker of their tables.
[[nodiscard]] double quantile(const Distribution& distribution, double u);

/// Central value: the mean of `Normal`, the median of `Lognormal`, the mode of
/// `Triangular` and of a PERT, the median of all others.
[[nodiscard]] double central(const Distribution& distribution);

}  // namespace hepta::sampling
