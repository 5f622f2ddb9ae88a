/// \file
/// A result: integer state, the bands and probabilities that follow from it,
/// and where it came from, as the tree that is written to a file.
#pragma once

#include "hepta/campaign/cells.hpp"
#include "hepta/campaign/engine.hpp"
#include "hepta/campaign/exact.hpp"
#include "hepta/campaign/part.hpp"
#include "hepta/campaign/state.hpp"
#include "hepta/config/run_config.hpp"
#include "hepta/io/tree.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace hepta::campaign {

/// How a result was made; nothing in it changes a number.
struct RunRecord
{
    std::string command_line;
    std::string start_time, end_time;  ///< ISO 8601, UTC
    std::string status = "complete";   ///< or why the run failed
    std::vector<std::string> hosts;    ///< by rank
    int n_ranks = 1;
    int n_threads = 1;
    double seconds = 0.0;  ///< wall time
};

/// Inputs and headline outputs of the first samples, recomputed.
[[nodiscard]] io::Group make_draws(const Engine& engine,
                                   const config::RunConfig& config,
                                   const std::vector<SampleRange>& ranges,
                                   int n_threads);

/// The texts of /provenance: the resolved configuration and its sources.
[[nodiscard]] std::vector<io::Variable> configuration_texts(
    const config::RunConfig& config);

/// Integer state as datasets; takes the counts over.
[[nodiscard]] io::Group make_state_group(State&& state,
                                         const config::RunConfig& config);

/// The state of a file from its datasets; takes the counts over.
/// \throws ResultError "<path>: <what is wrong>" if datasets are missing, of
///         another type, or contradict each other
[[nodiscard]] State state_from_group(const std::string& path,
                                     io::Group&& group);

/// SHA-256 over format and model version, configuration, seed, sampler,
/// covered ranges and every dataset of `state`, by name: 64 hex digits. Two
/// results with equal hashes hold the same bits wherever they count.
[[nodiscard]] std::string result_hash(const io::Group& state,
                                      const Identity& identity);

/// The whole result; takes the counts over.
[[nodiscard]] io::Tree make_result(State&& state,
                                   const Engine& engine,
                                   const config::RunConfig& config,
                                   const CellMap& cells,
                                   const RunRecord& record,
                                   const ExactPercentiles& exact,
                                   int n_threads);

}  // namespace hepta::campaign
