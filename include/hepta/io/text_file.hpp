/// \file
/// Text files that appear whole, or not at all.
#pragma once

#include <string>
#include <string_view>

namespace hepta::io {

/// Put `text` at `path` by a temporary name beside it, synced and renamed.
/// \throws SystemError "cannot write '<path>': <why>"; an earlier file at
///         `path` is then as it was
void write_text(const std::string& path, std::string_view text);

}  // namespace hepta::io
