/// \file
/// Sum of the ranks' states.
#pragma once

#include "hepta/campaign/state.hpp"
#include "hepta/parallel/communicator.hpp"

namespace hepta::campaign {

/// Add all ranks' states on rank 0 (collective); exact, so the result does not
/// depend on the number of ranks. Other ranks' states are used up. A state
/// without counts, which are large, may have them added on their own: see
/// Accumulator::move_counts().
void reduce_to_root(State& state, const parallel::Communicator& comm);

}  // namespace hepta::campaign
