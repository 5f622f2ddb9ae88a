/// \file
/// Consistency of a tree before it is written.
#pragma once

#include "hepta/io/tree.hpp"

#include <cstddef>
#include <vector>

namespace hepta::io {

[[nodiscard]] std::size_t size_of(const Values& values);

/// Lengths of a variable's dimensions, which `group` has.
[[nodiscard]] std::vector<std::size_t> shape_of(const Group& group,
                                                const Variable& variable);

/// \throws std::invalid_argument naming the group and variable at fault
void check_tree(const Tree& tree);

}  // namespace hepta::io
