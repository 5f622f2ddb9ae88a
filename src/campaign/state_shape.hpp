/// \file
/// Does a state that was read belong to a configuration?
#pragma once

#include "hepta/campaign/cells.hpp"
#include "hepta/campaign/engine.hpp"
#include "hepta/campaign/state.hpp"
#include "hepta/config/run_config.hpp"

#include <string>

namespace hepta::campaign {

/// What is counted further, and what bands are made of, needs as many cells,
/// events and years as the configuration gives, and bins that its values find.
/// A hash does not tell: whoever changed a file can write a new one.
/// \throws ResultError "<path>: …" if a state has others
void check_shape(const std::string& path,
                 const State& state,
                 const config::RunConfig& config,
                 const Engine& engine,
                 const CellMap& cells);

}  // namespace hepta::campaign
