/// \file
/// What the vector kernel of observe() offers, once per instruction set.
#pragma once

#include "hepta/statistics/cell.hpp"

#include <cstddef>
#include <cstdint>

namespace hepta::statistics {

/// The arguments of observe() as plain pointers.
struct ObserveArguments
{
    const CellPlan* plans = nullptr;      // [n_cells]
    const std::uint32_t* rows = nullptr;  // [n_cells]
    std::size_t n_cells = 0;
    const double* outputs = nullptr;  // [row][tile_lanes]
    std::uint16_t* first = nullptr;   // [cell][pitch]
    std::size_t pitch = 0;
    MomentSums* sums = nullptr;  // [n_cells]
};

// Observe all lanes of cells k, k + 1, ... until a row has a value that is not
// finite or |q| > 2^45: its index, or n_cells, is returned, and nothing has
// been added for it.
namespace avx2 {
std::size_t observe_rows(const ObserveArguments& a, std::size_t k);
}
namespace avx512 {
std::size_t observe_rows(const ObserveArguments& a, std::size_t k);
}

}  // namespace hepta::statistics
