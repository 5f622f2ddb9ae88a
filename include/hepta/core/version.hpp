/// \file
/// What this program is, for `--version` and for every result.
#pragma once

#include <string>

namespace hepta {

/// Version of the layout of result files; readers refuse newer ones.
inline constexpr int result_format_version = 1;
/// Version of the model's equations and of the draws: rises whenever the same
/// configuration and seed give other numbers.
inline constexpr int model_version = 3;

struct BuildInfo
{
    std::string version;       ///< "0.1.0"
    std::string git_revision;  ///< of the source tree, or "unknown"
    std::string compiler;
    std::string build_type;
    std::string libraries;  ///< that it was built with: "Boost 1.74.0, ..."
};
[[nodiscard]] BuildInfo build_info();

}  // namespace hepta
