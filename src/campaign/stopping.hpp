/// \file
/// Stop when the percentiles of the headline totals are known well enough.
#pragma once

#include "hepta/campaign/cells.hpp"
#include "hepta/campaign/engine.hpp"
#include "hepta/campaign/state.hpp"
#include "hepta/config/run_config.hpp"
#include "hepta/io/tree.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hepta::campaign {

/// Numbers of samples at which the state is looked at: first_look 2^k, and at
/// last `n_samples`. Only the last without a rule to stop. With `sobol`, the
/// looks are at whole nets too: powers of 2 times the randomisations.
[[nodiscard]] std::vector<std::uint64_t> looks_of(
    const config::RunConfig& config, std::uint64_t n_samples);

/// What one look found: the percentile that is least precise for its target.
struct Look
{
    std::uint64_t n_samples = 0;
    double confidence = 0.0;  ///< of each interval
    double half_width = 0.0;  ///< from the percentile to its farther limit
    double target = 0.0;
    double value = 0.0;  ///< of the percentile
    double percentile = 0.0;
    std::string output;

    [[nodiscard]] bool is_met() const { return half_width <= target; }
    /// Samples that the target would take: the width falls with the square
    /// root of their number.
    [[nodiscard]] double n_needed() const;
};

/// Look at the emissions, scope 1+2, of every sector, portfolio, scenario and
/// headline year. The error allowed, 1 - confidence of the configuration, is
/// divided by the number of looks, cells and percentiles, so that all their
/// intervals together hold with the confidence (Bonferroni). A constant cell
/// has no width, and passes. Rank 0 alone.
[[nodiscard]] Look look_at(const State& state,
                           const Engine& engine,
                           const config::RunConfig& config,
                           const CellMap& cells,
                           std::size_t n_looks);

/// /convergence: what each look found.
[[nodiscard]] io::Group make_convergence(const std::vector<Look>& looks);

}  // namespace hepta::campaign
