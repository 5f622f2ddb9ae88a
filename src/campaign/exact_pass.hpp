/// \file
/// One pass over the samples that counts below, and collects within, intervals.
#pragma once

#include "hepta/campaign/cells.hpp"
#include "hepta/campaign/engine.hpp"
#include "hepta/campaign/state.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hepta::campaign {

/// Values of a cell that a pass looks at, as `order_of` integers, both ends
/// included. Intervals of a cell are disjoint.
struct Interval
{
    std::uint64_t cell = 0;
    std::int64_t low = 0, high = 0;
    std::uint64_t n_expected = 0;  ///< samples in it, values that repeat apart
    std::uint64_t is_split = 0;    ///< 1: count in parts, do not collect
};

/// Parts that an interval is split into.
inline constexpr std::uint32_t n_interval_parts = 256;

/// Part of an interval that a value of it lies in, and a part's ends.
[[nodiscard]] std::uint32_t part_of(const Interval& interval,
                                    std::int64_t value) noexcept;
[[nodiscard]] Interval part_at(const Interval& interval, std::uint32_t part);

/// A value and how many samples have it.
struct Repeated
{
    std::int64_t value = 0;
    std::uint64_t n = 0;

    friend bool operator<(const Repeated& a, const Repeated& b)
    {
        return a.value < b.value;
    }
};

/// Sort by value; equal values become one.
void compact(std::vector<Repeated>& values);

/// What a pass found in one interval.
struct Found
{
    std::uint64_t n_below = 0;             ///< samples of the cell below it
    std::vector<Repeated> values;          ///< in it, ascending
    std::vector<std::uint64_t> n_in_part;  ///< of a split interval
};

/// Pass over `parts` of the samples. `intervals` ascend by cell, then value.
/// \return as many as there are intervals
[[nodiscard]] std::vector<Found> pass_over(const Engine& engine,
                                           const CellMap& cells,
                                           std::span<const Interval> intervals,
                                           std::span<const SampleRange> parts,
                                           int n_threads);

}  // namespace hepta::campaign
