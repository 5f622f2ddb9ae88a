/// \file
/// Three samples of the shipped model with known outcomes
/// (tests/data/three_futures).
#pragma once

#include "hepta/config/run_config.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <vector>

namespace hepta::tests {

/// The run of all seven sectors that the repository ships, in all four
/// scenarios.
[[nodiscard]] config::RunConfig seven_sectors();

/// One sample by row, with the knots of paths placed at the quantiles given.
/// An input that `values` does not name has its central value.
[[nodiscard]] std::vector<double> input_rows(
    const sampling::DesignSpec& design,
    const std::map<std::string, double>& values);

/// The three samples, [sample][row].
[[nodiscard]] std::vector<std::vector<double>> three_futures(
    const sampling::DesignSpec& design);

/// What becomes of them: orders of the items, and for each output
/// [sample][year][item].
[[nodiscard]] nlohmann::json three_outcomes(const std::string& scenario,
                                            const std::string& form);

}  // namespace hepta::tests
