/// \file
/// One cell counted as the engine counts it, and what a full sort says.
#pragma once

#include "hepta/statistics/observe.hpp"
#include "hepta/statistics/percentile.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace hepta::statistics {

inline constexpr double default_percentiles[] = {
    1, 2.5, 5, 10, 25, 50, 75, 90, 95, 97.5, 99};

/// State of one cell after observe() and count().
struct CountedCell
{
    CellPlan plan;
    MomentSums sums;
    std::vector<std::uint64_t> counts;

    /// Bands as a run reports them.
    [[nodiscard]] std::vector<Percentile> bands() const
    {
        std::vector<Percentile> out(std::size(default_percentiles));
        percentiles(plan, counts, sums, default_percentiles, 0.95, out);
        return out;
    }
};

/// Bin numbers of `values` by `plan`, 32 at a time, and their sums.
inline std::vector<std::uint16_t> observe_all(InstructionSet set,
                                              const CellPlan& plan,
                                              std::span<const double> values,
                                              MomentSums& sums)
{
    std::vector<std::uint16_t> numbers(values.size());
    Tile tile(1);
    const std::uint32_t row = 0;
    for (std::size_t i = 0; i < values.size(); i += tile_lanes) {
        const std::size_t n = std::min(tile_lanes, values.size() - i);
        std::copy_n(&values[i], n, tile.row(0));
        observe(set,
                {&plan, 1},
                {&row, 1},
                tile,
                {0, static_cast<std::uint32_t>(n)},
                {&numbers[i], 0},
                {&sums, 1});
    }
    return numbers;
}

inline CountedCell count_values(const CellPlan& plan,
                                std::span<const double> values)
{
    CountedCell cell{plan, {}, {}};
    const auto numbers =
        observe_all(detect_instruction_set(), plan, values, cell.sums);
    const std::uint32_t n_bins = bin::count(plan.n_inner);
    std::vector<std::uint32_t> counts(n_bins);
    count(numbers, n_bins, counts.data());
    cell.counts.assign(counts.begin(), counts.end());
    return cell;
}

/// The plan of the first 1,024 values, as of a run's pilot.
inline CellPlan plan_of_first(std::span<const double> values,
                              std::uint32_t n_inner = 512)
{
    const std::size_t n = std::min<std::size_t>(values.size(), 1024);
    std::vector<double> pilot(values.begin(),
                              values.begin() + static_cast<std::ptrdiff_t>(n));
    return plan_cell(pilot, n_inner);
}

/// |F(value) - p|, F the empirical distribution function; where F jumps, the
/// distance to the jump.
inline double rank_error(std::span<const double> sorted, double value, double p)
{
    const auto n = static_cast<double>(sorted.size());
    const auto begin = sorted.begin();
    const double below =
        static_cast<double>(std::lower_bound(begin, sorted.end(), value) -
                            begin) /
        n;
    const double up_to =
        static_cast<double>(std::upper_bound(begin, sorted.end(), value) -
                            begin) /
        n;
    return std::max({0.0, below - p, p - up_to});
}

/// Percentile p of a full sort, linear between order statistics.
inline double sorted_percentile(std::span<const double> sorted, double p)
{
    const double rank = p / 100.0 * static_cast<double>(sorted.size() - 1);
    const auto i = static_cast<std::size_t>(rank);
    const double next = sorted[std::min(i + 1, sorted.size() - 1)];
    return sorted[i] + (rank - static_cast<double>(i)) * (next - sorted[i]);
}

}  // namespace hepta::statistics
