/// \file
/// The outputs that a reader looks at first.
#pragma once

#include "hepta/config/run_config.hpp"
#include "hepta/model/output_layout.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace hepta::campaign {

/// A headline output: where it stands and what it is called.
struct HeadlineOutput
{
    std::uint32_t scenario = 0;
    std::size_t year = 0;  ///< from the first year
    std::uint32_t row = 0;
    std::string name;  ///< "stated/emissions/steel/scope1+2/2050"
};

/// Emissions of the headline years: every scenario, sector and portfolio,
/// scope.
[[nodiscard]] std::vector<HeadlineOutput> headline_outputs(
    const config::RunConfig& config, const model::OutputLayout& layout);

/// Those of scope 1+2 of all sectors together, the portfolio that holds the
/// most.
[[nodiscard]] std::vector<HeadlineOutput> headline_totals(
    const config::RunConfig& config, const model::OutputLayout& layout);

}  // namespace hepta::campaign
