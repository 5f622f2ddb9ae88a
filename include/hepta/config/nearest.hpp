/// \file
/// Which name was meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hepta::config {

/// The candidate nearest to `name`, empty if none is near.
[[nodiscard]] std::string nearest(std::string_view name,
                                  const std::vector<std::string>& candidates);

}  // namespace hepta::config
