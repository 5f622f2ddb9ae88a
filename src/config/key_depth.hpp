/// \file
/// How deep the dotted keys of a text nest, found before it is parsed: each
/// dot of a key makes a table in a table, and tables are taken down by
/// recursion, which a long key would drive off the end of the stack.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace hepta::config {

/// Names in the longest key that is accepted; the longest in use has six.
inline constexpr int max_key_names = 16;

/// Line, from 1, of the first key of more than `max_key_names` names.
[[nodiscard]] std::optional<std::uint32_t> line_of_long_key(
    std::string_view text);

}  // namespace hepta::config
