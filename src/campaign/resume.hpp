/// \file
/// Where a run begins: at nothing, at a checkpoint, or at a shorter result.
#pragma once

#include "hepta/campaign/checkpoint.hpp"
#include "hepta/campaign/run.hpp"
#include "hepta/campaign/state.hpp"
#include "hepta/parallel/communicator.hpp"

namespace hepta::campaign {

/// What is there already, on rank 0; the others know only its ranges and bins.
/// Collective. Rank 0 says on stderr where it begins.
/// \throws ResultError if what there is does not fit the run
[[nodiscard]] State find_start(const config::RunConfig& config,
                               const RunOptions& options,
                               const Checkpoint& checkpoint,
                               SampleRange range,
                               const parallel::Communicator& comm);

}  // namespace hepta::campaign
