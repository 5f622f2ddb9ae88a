/// \file
/// /structure: how much of the headline totals' variance is due to the form of
/// the model, and how much to its numbers.
#pragma once

#include "hepta/config/run_config.hpp"
#include "hepta/io/tree.hpp"
#include "hepta/model/output_layout.hpp"

namespace hepta::campaign {

/// From the samples of /draws; without a name if there are fewer than 64 that
/// are finite.
[[nodiscard]] io::Group make_structure(const io::Group& draws,
                                       const config::RunConfig& config,
                                       const model::OutputLayout& layout);

}  // namespace hepta::campaign
