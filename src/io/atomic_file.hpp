/// \file
/// Files that appear under their name whole, or not at all.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace hepta::io {

/// Put `bytes` at `path`: written and synced under a temporary name in the
/// same folder, then renamed. A link at `path` is followed. With `previous`,
/// an earlier file at `path` is renamed to that first.
/// \throws SystemError "cannot write '<path>': <why>"; the temporary is then
///         gone and an earlier file at `path` as it was
void write_atomically(const std::string& path,
                      std::span<const std::byte> bytes,
                      const std::string& previous = {});

}  // namespace hepta::io
