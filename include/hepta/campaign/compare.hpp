/// \file
/// What differs between two results.
#pragma once

#include "hepta/io/tree.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace hepta::campaign {

struct Comparison
{
    std::uint64_t n_different = 0;   ///< numbers or labels
    std::vector<std::string> lines;  ///< the first of them, one line each
};

/// Compare all groups but /provenance bit by bit (NaN equals NaN), labels
/// first. At most `max_lines` lines are kept; each names the cell by its
/// labels, both values and the relative difference.
[[nodiscard]] Comparison compare(const io::Tree& a,
                                 const io::Tree& b,
                                 std::size_t max_lines = 20);

}  // namespace hepta::campaign
