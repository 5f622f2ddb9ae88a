/// \file
/// What the command line sets, put into what was read from files.
#pragma once

#include "toml_source.hpp"

#include <vector>

namespace hepta::config {

/// Put an override into the file that has the longest part of its key, the run
/// file first. A number given anew, with `value` or `distribution`, keeps of
/// the old one its unit and source where it has none; other keys replace one by
/// one.
void apply_override(const Override& override,
                    std::vector<SourceFile>& files,
                    Diagnostics& diagnostics);

}  // namespace hepta::config
