/// \file
/// The files of a run as TOML tables: reading, including, overriding.
#pragma once

#include "diagnostics.hpp"
#include "hepta/config/run_config.hpp"

#include <toml++/toml.h>

#include <string>
#include <vector>

namespace hepta::config {

/// A larger file is refused before it is read, and a larger sum of all files
/// before they are parsed.
inline constexpr std::uintmax_t max_file_bytes = 10'000'000;

/// Files that a run may include.
inline constexpr std::size_t max_files = 200;

/// Place of values given by `--set`.
inline constexpr const char* command_line = "command line";

struct SourceFile
{
    std::string path;  ///< as shown in messages
    toml::table table;
};

/// Read the run file and the files of its `include` list, in that order, and
/// apply the overrides of `sources`, which receives the texts. What cannot be
/// read is reported and left out. Texts that `sources` has already are not
/// read from files.
[[nodiscard]] std::vector<SourceFile> read_sources(const std::string& path,
                                                   Sources& sources,
                                                   Diagnostics& diagnostics);

}  // namespace hepta::config
