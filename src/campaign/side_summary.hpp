/// \file
/// /pipeline and /commitments for reading.
#pragma once

#include "hepta/io/tree.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace hepta::campaign {

/// Projects that operate and emissions that they avoid in 2030 and 2040, as
/// far as the result has these years: 5/50/95 % by sector.
/// \throws ResultError if a variable has an unexpected type
[[nodiscard]] std::string pipeline_text(const io::Group& group);

/// Share of activity that is delivered: 5/50/95 % by sector.
[[nodiscard]] std::string commitments_text(const io::Group& group);

/// {quantity: {label: … {"5": value, …}}}, an object for each dimension.
[[nodiscard]] nlohmann::ordered_json side_json(const io::Group& group);

}  // namespace hepta::campaign
