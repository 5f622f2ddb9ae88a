/// \file
/// Statistics of independent randomisations of a design, cell by cell: how far
/// they lie apart is the error of low-discrepancy sampling.
#pragma once

#include "hepta/core/instruction_set.hpp"
#include "hepta/core/tile.hpp"
#include "hepta/statistics/observe.hpp"
#include "hepta/statistics/percentile.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace hepta::statistics {

/// Coarse bins of a cell and randomisation, in this order: invalid, atom,
/// below the inner bins, groups of inner bins, above.
namespace coarse {
inline constexpr std::uint32_t first_group = 3;
/// 64 groups of ordinary cells, 512 of headline cells.
[[nodiscard]] constexpr std::uint32_t n_groups(std::uint32_t n_inner) noexcept
{
    return n_inner <= 512 ? n_inner / 8 : n_inner / 16;
}
/// Even, so that counts can be added in pairs.
[[nodiscard]] constexpr std::uint32_t count(std::uint32_t n_inner) noexcept
{
    return first_group + n_groups(n_inner) + 1;
}
/// The coarse bin that holds bin `b` of a cell.
[[nodiscard]] std::uint32_t of_bin(std::uint32_t n_inner,
                                   std::uint32_t b) noexcept;
}  // namespace coarse

/// Add bin numbers of one cell to the coarse counts [randomisation][coarse
/// bin] of `n_randomisations`; the first number is of randomisation
/// `first_sample` mod n_randomisations, the next of the one after.
void count_replicates(const CellPlan& plan,
                      std::span<const std::uint16_t> bins,
                      std::uint64_t first_sample,
                      std::uint32_t n_randomisations,
                      std::uint32_t* counts) noexcept;

/// Sums of q + 2^51 (see MomentSums) of one cell by lane, in parts of 26 bits,
/// so that they cannot overflow before 2^37 samples a lane.
struct alignas(row_alignment) LaneSums
{
    std::uint64_t high[tile_lanes] = {};
    std::uint64_t low[tile_lanes] = {};
};

/// Add the samples of a tile: for each cell k, row `rows[k]` of `outputs` to
/// `sums[k]`. Values that are not finite are left out. Bits do not depend on
/// the instruction set.
void observe_replicates(InstructionSet set,
                        std::span<const CellPlan> plans,
                        std::span<const std::uint32_t> rows,
                        const Tile& outputs,
                        LaneRange lanes,
                        std::span<LaneSums> sums);

/// Lower and upper confidence limit.
struct Limits
{
    double lower = 0.0, upper = 0.0;
};

/// Student's limits of the mean of independent values (at least 2).
[[nodiscard]] Limits student_limits(std::span<const double> values,
                                    double confidence);

/// Limits of the mean of one cell from its randomisations: `sums` are their
/// sums of q, `n` their numbers of valid samples. NaN where one has none.
[[nodiscard]] Limits mean_limits(const CellPlan& plan,
                                 std::span<const Int128> sums,
                                 std::span<const std::uint64_t> n,
                                 double confidence);

/// Ranks, as of `rank_limits`, that enclose percentile `p` of one cell.
///
/// The share of samples below the percentile is found for each randomisation,
/// by linear interpolation between the ends of its coarse bin; Student's limits
/// of its mean, widened by what interpolation hides (as if the samples of that
/// bin were independent), are ranks of all samples.
/// \param coarse_counts  [n_randomisations][coarse::count]
[[nodiscard]] RankLimits replicate_limits(
    const CellPlan& plan,
    std::span<const std::uint32_t> coarse_counts,
    std::uint32_t n_randomisations,
    double p,
    double confidence);

}  // namespace hepta::statistics
