/// \file
/// The part of the self-test that is about sensitivity.
#pragma once

#include "hepta/campaign/selftest.hpp"
#include "hepta/functions/functions.hpp"

#include <vector>

namespace hepta::campaign {

/// First-order and total indices that a function has references of, by one
/// scrambled net of 2^16 points, the inputs in the order of a pilot's total
/// indices. The standard error is set at 1e-4: no interval comes from one net,
/// and over eight seeds no error was above 2.5e-4 for bounded inputs.
/// Collective; rank 0's result.
[[nodiscard]] std::vector<SelftestCheck> check_indices(
    const functions::TestFunction& function,
    const SelftestOptions& options,
    const parallel::Communicator& comm);

}  // namespace hepta::campaign
