/// \file
/// The part of the self-test that is about sensitivity.
#pragma once

#include "hepta/campaign/selftest.hpp"
#include "hepta/functions/functions.hpp"

#include <vector>

namespace hepta::campaign {

/// First-order and total indices that a function has references of, by a
/// Sobol design of 2^16 points. Their error is that between randomisations, and
/// 2e-4, what the layout of the columns may cost. Collective; rank 0's result.
[[nodiscard]] std::vector<SelftestCheck> check_indices(
    const functions::TestFunction& function,
    const SelftestOptions& options,
    const parallel::Communicator& comm);

}  // namespace hepta::campaign
