/// \file
/// What the vector kernel of observe_weighted() offers, once per set.
#pragma once

#include "hepta/statistics/weighted.hpp"

#include <cstddef>
#include <cstdint>

namespace hepta::statistics {

/// The arguments of observe_weighted() as plain pointers.
struct WeightedArguments
{
    const CellPlan* plans = nullptr;      // [n_cells]
    const std::uint32_t* rows = nullptr;  // [n_cells]
    std::size_t n_cells = 0;
    const double* outputs = nullptr;  // [row][tile_lanes]
    LaneRange lanes;
    BinNumbers bins;
    TileWeights weights;
    WeightedSums* sums = nullptr;        // [cell][batch]
    std::uint64_t* n_clamped = nullptr;  // [n_cells]
};

namespace avx2 {
void observe_weighted_rows(const WeightedArguments& a);
}
namespace avx512 {
void observe_weighted_rows(const WeightedArguments& a);
}

}  // namespace hepta::statistics
