/// \file
/// The part of the self-test that is about sensitivity.
#pragma once

#include "hepta/campaign/selftest.hpp"
#include "hepta/functions/functions.hpp"

#include <vector>

namespace hepta::campaign {

/// First-order and total indices that a function has references of, by one
/// scrambled net of 2^16 points, the inputs in the order of a pilot's total
/// indices. One net has no interval: the standard error is set at 2e-4, as of
/// 64 seeds the largest error was 7.5e-4. Collective; rank 0's result.
[[nodiscard]] std::vector<SelftestCheck> check_indices(
    const functions::TestFunction& function,
    const SelftestOptions& options,
    const parallel::Communicator& comm);

}  // namespace hepta::campaign
