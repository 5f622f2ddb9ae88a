/// \file
/// The configuration that a result carries.
#pragma once

#include "hepta/config/run_config.hpp"
#include "hepta/io/tree.hpp"

#include <string>

namespace hepta::campaign {

/// The texts of a configuration as JSON, for /provenance/sources.
[[nodiscard]] std::string sources_json(const config::Sources& sources);

/// The run configuration from a result's /provenance: the texts it was read
/// from are stored there, so no other file is needed.
/// \throws ResultError naming `path` if the result does not carry it, or if
///         this version of the program reads it differently
[[nodiscard]] config::RunConfig stored_config(const std::string& path,
                                              const io::Tree& tree);

}  // namespace hepta::campaign
