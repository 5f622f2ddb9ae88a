/// \file
/// One sample again: every input by name, every yearly output.
#pragma once

#include "hepta/config/run_config.hpp"
#include "hepta/core/instruction_set.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>

namespace hepta::campaign {

/// {"sample": …, "inputs": {name: value}, "scenarios": {scenario: {metric:
/// {item: [year]}}}}; metrics with an inner dimension nest one level more
/// ({item: {"scope1": [year]}}). Every sampled and fixed input is there, so
/// the trajectory can be recomputed elsewhere. Flows of the last year, and
/// numbers that are not finite, are null.
[[nodiscard]] nlohmann::ordered_json replay_json(
    const config::RunConfig& config, std::uint64_t sample, InstructionSet set);

/// The same for reading: inputs, then a table a sector and scenario.
[[nodiscard]] std::string replay_text(const nlohmann::ordered_json& replay);

}  // namespace hepta::campaign
