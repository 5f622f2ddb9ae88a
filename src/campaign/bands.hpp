/// \file
/// The groups of a result that follow from its integer state.
#pragma once

#include "hepta/campaign/cells.hpp"
#include "hepta/campaign/exact.hpp"
#include "hepta/campaign/state.hpp"
#include "hepta/config/run_config.hpp"
#include "hepta/io/tree.hpp"

#include <span>
#include <string>

namespace hepta::campaign {

/// /bands: percentiles of every cell with their confidence limits.
/// /moments: mean with its confidence limits, standard deviation, minimum,
/// maximum.
/// /headline: emissions of the headline years.
struct BandGroups
{
    io::Group bands, moments, headline;
};
[[nodiscard]] BandGroups make_bands(const State& state,
                                    const config::RunConfig& config,
                                    const model::OutputLayout& layout,
                                    const CellMap& cells,
                                    const ExactPercentiles& exact,
                                    int n_threads);

/// /probability: each event with its Wilson interval and counts.
[[nodiscard]] io::Group make_probabilities(const State& state,
                                           const config::RunConfig& config);

/// Add an event's probability over scenarios: value, counts, Wilson limits.
void add_probability(io::Group& group,
                     const std::string& name,
                     const std::string& meaning,
                     const std::string& source,
                     std::span<const EventCount> counts,
                     double confidence);

/// The scales that name the scenarios and the items of metrics.
[[nodiscard]] io::Dimension scenario_dimension(const model::Spec& spec);
[[nodiscard]] std::vector<io::Dimension> item_dimensions(
    const config::RunConfig& config);
[[nodiscard]] io::Dimension percentile_dimension(
    const config::RunConfig& config);
[[nodiscard]] io::Dimension moment_dimension();

}  // namespace hepta::campaign
