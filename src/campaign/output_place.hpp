/// \file
/// An output of one year by name: METRIC/ITEM or METRIC/ITEM/INNER.
#pragma once

#include "hepta/config/run_config.hpp"
#include "hepta/model/output_layout.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace hepta::campaign {

struct OutputPlace
{
    std::uint32_t row = 0;
    std::size_t year = 0;  ///< from the first
    std::string unit;
};

/// Why there is no such output.
struct NoOutput
{
    std::string problem;
    std::string hint;
};

/// The output called `name` in `year`; of a price, the item alone will do.
[[nodiscard]] std::variant<OutputPlace, NoOutput> find_output(
    const std::string& name,
    int year,
    const config::RunConfig& config,
    const model::OutputLayout& layout);

/// Names that hold the last part of `name`, or the first of all.
[[nodiscard]] std::string near_names(std::string_view name,
                                     const std::vector<std::string>& names);

}  // namespace hepta::campaign
