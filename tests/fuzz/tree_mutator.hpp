/// \file
/// Changes of what a result file holds.
#pragma once

#include "random.hpp"

#include <string>

namespace hepta::fuzz {

/// Read the bytes of a result, change one to three of its attributes, labels,
/// variables or groups, for every second with the result_hash that fits, and
/// write it again. Bytes that are no result stay as they are.
void change_tree(std::string& bytes, Random& random);

}  // namespace hepta::fuzz
