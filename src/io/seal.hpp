/// \file
/// The last line of a sealed file: a checksum of all before it.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace hepta::io {

/// "hepta-sha256 <64 hex digits>\n"
[[nodiscard]] std::string seal_of(std::span<const std::byte> bytes);

/// \throws ResultError "<path>: <what is wrong>" if the file cannot be read or
///         does not end with the seal of its bytes
void check_seal(const std::string& path);

}  // namespace hepta::io
