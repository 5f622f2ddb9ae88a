/// \file
/// What scenarios avoid and cost against the baseline, for reading.
#pragma once

#include "hepta/io/tree.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace hepta::campaign {

/// Means of all sectors together in some calendar years, by scenario: avoided
/// emissions by cause, extra cost, and the quotient of cost and emissions.
///
/// \param moments  /moments of a result
/// \return nothing if the result has no portfolio "all"
/// \throws ResultError if a variable has an unexpected type or shape
[[nodiscard]] std::string differences_text(
    const io::Group& moments, const std::vector<std::int32_t>& years);

/// {scenario: {year: {"avoided_by_cause": {cause: value}, "extra_cost":
/// value}}}
[[nodiscard]] nlohmann::ordered_json differences_json(
    const io::Group& moments, const std::vector<std::int32_t>& years);

}  // namespace hepta::campaign
