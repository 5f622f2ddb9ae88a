/// \file
/// /derived for reading.
#pragma once

#include "hepta/io/tree.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace hepta::campaign {

/// Tables of the years in which newcomers have 5 % and budgets are exhausted:
/// 5/50/95 % and the probability of never. Lines that are never in every
/// scenario are left out.
/// \throws ResultError if a variable has an unexpected type
[[nodiscard]] std::string derived_text(const io::Group& group);

/// {quantity: {scenario: {item: {"5": year, …, "never": probability}}}}; null
/// where a percentile is never.
[[nodiscard]] nlohmann::ordered_json derived_json(const io::Group& group);

}  // namespace hepta::campaign
