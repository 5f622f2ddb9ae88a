/// \file
/// Distributions as written in a file.
#pragma once

#include "hepta/sampling/distribution.hpp"
#include "table_reader.hpp"

#include <optional>

namespace hepta::config {

/// A distribution with the three numbers that describe it to a reader.
struct DistributionText
{
    sampling::Distribution distribution;
    double low = 0.0, value = 0.0, high = 0.0;
};

/// Reads the keys of a distribution. `low`, `central`, `high` mean
///   triangular, pert, beta_pert   minimum, mode, maximum
///   uniform                       minimum, (any), maximum
///   normal                        5 %, mean, 95 %
///   lognormal                     5 %, median, 95 %, two-piece in the log
/// and other parameters are taken too: normal {mean, sd}, truncated_normal
/// {mean, sd, low, high}, lognormal {median, gsd} or {low, high}, beta {alpha,
/// beta, low, high}, discrete {values, weights}, empirical {probabilities,
/// values}. Without `distribution`, or with "fixed", the number is `value` and
/// a range is documentation. A distribution without width is a fixed number.
[[nodiscard]] std::optional<DistributionText> read_distribution(
    TableReader& table);

}  // namespace hepta::config
