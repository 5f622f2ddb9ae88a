/// \file
/// The computation of many samples by all ranks, with checkpoints.
#pragma once

#include "hepta/campaign/accumulator.hpp"
#include "hepta/campaign/checkpoint.hpp"
#include "hepta/campaign/schedule.hpp"
#include "hepta/campaign/state.hpp"
#include "hepta/parallel/communicator.hpp"
#include "hepta/parallel/stop_signals.hpp"
#include "progress.hpp"

namespace hepta::campaign {

struct SweepOptions
{
    double checkpoint_seconds = 600.0;  ///< between checkpoints
    Checkpoint& checkpoint;
    const parallel::StopSignals& signals;
    Progress& progress;
};

enum class SweepEnd
{
    complete,
    stopped,  ///< by a signal to any rank; a checkpoint is written
};

/// Compute the samples of the schedule and add them to rank 0's `total`.
/// Collective; all ranks return the same.
///
/// A rank is never more than a round ahead of another. Whether to write a
/// checkpoint (rank 0's clock) or to stop (a signal to any rank) is agreed on
/// while a round is computed and done at its end, when every rank knows which
/// samples all have computed.
/// \throws SystemError if a checkpoint cannot be written
[[nodiscard]] SweepEnd sweep(Accumulator& accumulator,
                             const Schedule& schedule,
                             State& total,
                             const SweepOptions& options,
                             const parallel::Communicator& comm);

}  // namespace hepta::campaign
