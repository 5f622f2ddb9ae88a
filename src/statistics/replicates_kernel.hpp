/// \file
/// What the vector kernel of observe_replicates() offers, once per set.
#pragma once

#include "hepta/statistics/replicates.hpp"

#include <cstddef>
#include <cstdint>

namespace hepta::statistics {

/// The arguments of observe_replicates() as plain pointers.
struct ReplicateArguments
{
    const CellPlan* plans = nullptr;      // [n_cells]
    const std::uint32_t* rows = nullptr;  // [n_cells]
    std::size_t n_cells = 0;
    const double* outputs = nullptr;  // [row][tile_lanes]
    LaneSums* sums = nullptr;         // [n_cells]
};

// Add all lanes of cells k, k + 1, ... until a row has a value that is not
// finite or |q| > 2^50: its index, or n_cells, is returned.
namespace avx2 {
std::size_t observe_replicate_rows(const ReplicateArguments& a, std::size_t k);
}
namespace avx512 {
std::size_t observe_replicate_rows(const ReplicateArguments& a, std::size_t k);
}

}  // namespace hepta::statistics
