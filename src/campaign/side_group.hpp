/// \file
/// /pipeline and /commitments: bands of the outputs that no scenario changes.
#pragma once

#include "hepta/campaign/cells.hpp"
#include "hepta/campaign/side_outputs.hpp"
#include "hepta/campaign/state.hpp"
#include "hepta/config/run_config.hpp"
#include "hepta/io/tree.hpp"

#include <vector>

namespace hepta::campaign {

/// A group for each that the quantities name: percentiles with their
/// confidence limits, and moments.
[[nodiscard]] std::vector<io::Group> make_side_groups(
    const State& state,
    const config::RunConfig& config,
    const SideOutputs& side,
    const CellMap& cells);

}  // namespace hepta::campaign
