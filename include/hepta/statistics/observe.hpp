/// \file
/// From a tile of outputs to bin numbers and moment sums (vector kernel), and
/// from bin numbers to counts.
#pragma once

#include "hepta/core/instruction_set.hpp"
#include "hepta/core/tile.hpp"
#include "hepta/statistics/cell.hpp"

#include <cstdint>
#include <span>

namespace hepta::statistics {

/// Lanes [begin, end) of a tile that are samples of the run.
struct LaneRange
{
    std::uint32_t begin = 0;
    std::uint32_t end = tile_lanes;
};

/// Where the bin numbers of consecutive cells go: cell k, lane l of the range
/// [begin, end) of this tile to `first[k * pitch + l - begin]`.
struct BinNumbers
{
    std::uint16_t* first = nullptr;
    std::size_t pitch = 0;  ///< samples of a block
};

/// Observe one year of one scenario: for each cell k, row `rows[k]` of
/// `outputs` is binned by `plans[k]` and added to `sums[k]`. Writes
/// end - begin bin numbers per cell, lane `begin` first.
/// Bits do not depend on the instruction set.
/// \note 1.3 ns a value in cache (AVX-512 at 2.1 GHz). Rows of bin numbers lie
///       a page apart with many cells: put them in huge pages. A row with a
///       value that is not finite, or lanes left out, costs 10 ns a value.
/// \return bit i set: lane i has a value that is not finite in some cell
std::uint32_t observe(InstructionSet set,
                      std::span<const CellPlan> plans,
                      std::span<const std::uint32_t> rows,
                      const Tile& outputs,
                      LaneRange lanes,
                      BinNumbers bins,
                      std::span<MomentSums> sums);

/// Add one cell's bin numbers, all below `n_bins`, to its counts. \note 0.7 ns
/// a number, the same bin again and again included.
void count(std::span<const std::uint16_t> bins,
           std::uint32_t n_bins,
           std::uint32_t* counts) noexcept;

}  // namespace hepta::statistics
