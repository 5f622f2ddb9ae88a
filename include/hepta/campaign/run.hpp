/// \file
/// A run: plan the cells, compute the samples, put the ranks together, write.
#pragma once

#include "hepta/campaign/state.hpp"
#include "hepta/config/run_config.hpp"
#include "hepta/core/instruction_set.hpp"
#include "hepta/parallel/communicator.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace hepta::campaign {

/// Which percentiles are made equal to those of a full sort.
enum class Exact
{
    none,
    headline,  ///< emissions of the headline years
    all,       ///< every cell
};

struct RunOptions
{
    std::string output;                ///< path of the result file
    std::optional<SampleRange> range;  ///< default: [0, config.samples)
    int n_threads = 1;
    InstructionSet instruction_set = InstructionSet::avx2;
    Exact exact = Exact::none;
    bool quiet = false;                 ///< no progress
    bool resume = false;                ///< from a checkpoint, if there is one
    double checkpoint_seconds = 600.0;  ///< between checkpoints
    std::string base;  ///< result to add samples to; empty: none
    std::string command_line;
};

/// What a run printed of itself.
struct RunSummary
{
    std::string result_hash;
    std::uint64_t n_samples = 0;
    std::uint64_t n_invalid = 0;
    double seconds = 0.0;
    std::string failure;   ///< why the run failed, its result kept; or empty
    bool stopped = false;  ///< by a signal: a checkpoint is there, no result

    [[nodiscard]] bool failed() const { return !failure.empty(); }
};

/// Compute and write a result; collective over `comm`. The summary is rank
/// 0's; others know only `stopped`. Checkpoints are removed once the result is
/// written.
/// \throws Error of any kind (see the modules); an earlier file at `output` is
///         untouched unless the run succeeds
[[nodiscard]] RunSummary run(const config::RunConfig& config,
                             const RunOptions& options,
                             const parallel::Communicator& comm);

}  // namespace hepta::campaign
