/// \file
/// Quantiles from both tail probabilities, exact far out in either tail.
#pragma once

#include "hepta/sampling/distribution.hpp"

namespace hepta::sampling {

/// Probabilities below and above a point; they sum to 1, and the smaller one
/// is known to its own last digit.
struct Tails
{
    double below = 0.5;
    double above = 0.5;
};

/// Tails of the standard normal at `z`.
[[nodiscard]] Tails tails_of_score(double z);

[[nodiscard]] double quantile_at(const Distribution& distribution, Tails tails);

/// What makes the parameters no distribution ("low = 2 is above high = 1"),
/// empty if nothing.
[[nodiscard]] std::string problem_of(const Distribution& distribution);

}  // namespace hepta::sampling
