/// \file
/// The integer state of a result as the fuzz targets need it.
#pragma once

#include "hepta/io/tree.hpp"

namespace hepta::fuzz {

/// Let every cell of a result have the fewest inner bins: the counts of some
/// bins become one, and the result takes a tenth of the time.
/// A sample may then lie in the bin beside that of its count.
/// \pre the result is whole
void shrink(io::Tree& tree);

/// Give a result the result_hash that its state has.
/// \throws ResultError if it lacks /state or /provenance
void hash_anew(io::Tree& tree);

}  // namespace hepta::fuzz
