/// \file
/// The end of a run or merge: the state is complete, the result is written.
#pragma once

#include "hepta/campaign/exact.hpp"
#include "hepta/campaign/result.hpp"
#include "hepta/campaign/run.hpp"
#include "hepta/campaign/state.hpp"
#include "stopping.hpp"

#include <chrono>
#include <string>

namespace hepta::campaign {

/// "2026-01-31T12:00:00Z"
[[nodiscard]] std::string now_utc();
[[nodiscard]] std::string host_name();

/// What a result has besides what its state says.
struct Extras
{
    ExactPercentiles exact;
    std::vector<Look> looks;  ///< of a rule to stop
    io::Group sensitivity;    ///< without a name: there is none
};

/// Write the result of a complete state to `output`; rank 0 alone.
/// \param record  without status, end and seconds
/// \throws SystemError if it cannot be written
[[nodiscard]] RunSummary finish_result(
    State&& state,
    const Engine& engine,
    const config::RunConfig& config,
    const CellMap& cells,
    RunRecord record,
    const Extras& extras,
    const std::string& output,
    std::chrono::steady_clock::time_point start);

}  // namespace hepta::campaign
