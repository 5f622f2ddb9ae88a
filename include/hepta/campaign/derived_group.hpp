/// \file
/// /derived and the probabilities of joint conditions, from the counts.
#pragma once

#include "hepta/campaign/derived.hpp"
#include "hepta/campaign/state.hpp"
#include "hepta/config/run_config.hpp"
#include "hepta/io/tree.hpp"

#include <cstdint>
#include <span>

namespace hepta::campaign {

/// A percentile of years: the order statistic of rank ceil(p n / 100), and the
/// ones that enclose the quantile with the confidence asked for. Infinite
/// where that sample never gets there, or (the lower, negative) where there
/// are too few samples for a limit; NaN throughout if there is no sample.
struct YearPercentile
{
    double value = 0.0, lower = 0.0, upper = 0.0;
};

/// \param counts  samples by year from 0, and at last those of never
/// \param percent in (0, 100)
[[nodiscard]] YearPercentile year_percentile(
    std::span<const std::uint64_t> counts, double percent, double confidence);

/// /derived: percentiles of years and delays, probability of never.
[[nodiscard]] io::Group make_derived(const State& state,
                                     const config::RunConfig& config,
                                     const DerivedPlan& plan);

/// Add the probabilities of joint conditions to /probability.
void add_joint_probabilities(io::Group& group,
                             const State& state,
                             const config::RunConfig& config,
                             const DerivedPlan& plan);

}  // namespace hepta::campaign
