/// \file
/// What a process that crashes leaves behind.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace hepta::fuzz {

inline constexpr std::size_t where_bytes = 512;

/// From now on, a crash writes `bytes` to the file `path` and the functions it
/// was in, the innermost first, to `where`, which has `where_bytes`. Called
/// again for every input; all must live until the next call.
void leave_last_words(std::string path,
                      const std::vector<std::uint8_t>& bytes,
                      char* where);

}  // namespace hepta::fuzz
