/// \file
/// The groups of a result that follow from its integer state.
#pragma once

#include "hepta/campaign/cells.hpp"
#include "hepta/campaign/exact.hpp"
#include "hepta/campaign/state.hpp"
#include "hepta/config/run_config.hpp"
#include "hepta/io/tree.hpp"

#include <cstddef>
#include <string>
#include <vector>

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

/// /probability: each event with its limits, and counts where samples count the
/// same.
[[nodiscard]] io::Group make_probabilities(const State& state,
                                           const config::RunConfig& config);

/// All counts of one kind of a state.
struct EventsOfState
{
    const State& state;
    const std::vector<EventCount>& counts;
    double confidence;
};

/// Add an event's probability over the group's scenarios: value, counts,
/// limits. Its counts are `first` of the events and those after.
void add_probability(io::Group& group,
                     const std::string& name,
                     const std::string& meaning,
                     const std::string& source,
                     const EventsOfState& events,
                     std::size_t first);

/// The scales that name the scenarios and the items of metrics.
[[nodiscard]] io::Dimension scenario_dimension(const model::Spec& spec);
[[nodiscard]] std::vector<io::Dimension> item_dimensions(
    const config::RunConfig& config);
[[nodiscard]] io::Dimension percentile_dimension(
    const config::RunConfig& config);
[[nodiscard]] io::Dimension moment_dimension();

}  // namespace hepta::campaign
