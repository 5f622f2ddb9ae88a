/// \file
/// Percentiles equal, to the bit, to those of a full sort of all samples.
#pragma once

#include "hepta/campaign/cells.hpp"
#include "hepta/campaign/engine.hpp"
#include "hepta/campaign/state.hpp"
#include "hepta/parallel/communicator.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hepta::campaign {

/// Percentiles of some cells, found by sorting.
struct ExactPercentiles
{
    std::vector<std::size_t> cells;  ///< ascending
    std::vector<double> value;       ///< [cell][percentile]; NaN: no samples
    std::uint32_t n_passes = 0;      ///< over all samples

    /// [percentile] of a cell; empty if it is not among `cells`.
    [[nodiscard]] std::span<const double> of(std::size_t cell) const;
};

/// The headline cells of a run, ascending.
[[nodiscard]] std::vector<std::size_t> headline_cells(const CellMap& cells);
/// All cells that are observed, ascending.
[[nodiscard]] std::vector<std::size_t> observed_cells(const CellMap& cells);

/// Values that an exact pass holds at most on a rank.
inline constexpr std::uint64_t exact_buffer_values = std::uint64_t{1} << 22;

/// Sort without storing (collective; the result is rank 0's, and only its
/// `state` is looked at).
///
/// The counts say in which bin the sample of a rank lies. Samples regenerate,
/// so a further pass over them collects what lies in those bins and counts
/// what lies below. Bins that hold more than the buffer are split into 256 and
/// passed over again; cells that do not fit take turns. Values that repeat are
/// kept once with their number.
///
/// The percentile p of n valid samples x_0 <= … is x_k + f (x_{k+1} - x_k),
/// k + f = p/100 (n - 1).
/// \param buffer_values  values held at most on a rank, at least 4,096
[[nodiscard]] ExactPercentiles exact_percentiles(
    const Engine& engine,
    const CellMap& cells,
    const State& state,
    std::span<const std::size_t> wanted_cells,
    std::span<const double> percentiles,
    int n_threads,
    const parallel::Communicator& comm,
    std::uint64_t buffer_values = exact_buffer_values);

/// Passes over the samples that `exact_percentiles` will need at least, from
/// the counts.
[[nodiscard]] std::uint32_t exact_passes(
    const State& state,
    std::span<const std::size_t> wanted_cells,
    std::span<const double> percentiles,
    std::uint64_t buffer_values = exact_buffer_values);

}  // namespace hepta::campaign
