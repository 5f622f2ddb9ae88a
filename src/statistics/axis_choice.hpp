/// \file
/// Which two terms make the axis of a cell of continuous values.
#pragma once

#include "hepta/statistics/cell.hpp"

#include <cstddef>
#include <span>

namespace hepta::statistics {

/// Sorted values without a run of them (the atom).
class SortedValues
{
  public:
    SortedValues(std::span<const double> sorted,
                 std::size_t gap_begin,
                 std::size_t gap_length)
        : sorted_(sorted), gap_begin_(gap_begin), gap_length_(gap_length)
    {
    }
    [[nodiscard]] std::size_t size() const
    {
        return sorted_.size() - gap_length_;
    }
    [[nodiscard]] double operator[](std::size_t i) const
    {
        return sorted_[i < gap_begin_ ? i : i + gap_length_];
    }
    [[nodiscard]] double front() const { return (*this)[0]; }
    [[nodiscard]] double back() const { return (*this)[size() - 1]; }

  private:
    std::span<const double> sorted_;
    std::size_t gap_begin_;
    std::size_t gap_length_;
};

/// Set the axis of `plan` (origin, delta, bins_per_t, offset) so that the
/// values spread over the inner bins as evenly as two terms allow.
/// \pre at least two different values
void choose_axis(CellPlan& plan, const SortedValues& values);

}  // namespace hepta::statistics
