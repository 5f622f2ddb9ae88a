/// \file
/// `--set key=value`: keys of the run file given on the command line.
#pragma once

#include "hepta/config/run_config.hpp"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace hepta::cli {

void add_set_option(CLI::App& cmd, std::vector<std::string>& settings);

/// \throws InputError if one is not key=value
[[nodiscard]] std::vector<config::Override> overrides_of(
    const std::vector<std::string>& settings);

}  // namespace hepta::cli
