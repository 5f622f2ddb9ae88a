/// \file
/// The sorted samples of a cell as far as its counts tell.
#pragma once

#include "hepta/statistics/percentile.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace hepta::statistics {

/// One sample of the sorted ones.
struct OrderStatistic
{
    double value = 0.0;  ///< by linear interpolation in its bin
    double low = 0.0;    ///< it is certainly not below
    double high = 0.0;   ///< nor above
    bool wide = false;   ///< known only to lie in an open-ended bin
};

/// The valid samples of one cell in order.
class OrderStatistics
{
  public:
    OrderStatistics(const CellPlan& plan,
                    Counts counts,
                    const MomentSums& sums);

    /// Number of valid samples.
    [[nodiscard]] std::uint64_t n() const { return end_.back(); }

    /// Sample `rank` from 0 to n - 1.
    [[nodiscard]] OrderStatistic at(std::uint64_t rank);

    /// Samples in the bin of that sample, the atom not counted.
    [[nodiscard]] std::uint64_t n_others_at(std::uint64_t rank) const;

  private:
    [[nodiscard]] std::uint32_t bin_at(std::uint64_t rank) const;
    /// The values that a bin can hold, both ends included.
    struct Span
    {
        std::uint32_t bin = 0;
        double upper = 0.0;  // edge
        double low = 0.0, high = 0.0;
        double from = 0.0, to = 0.0;  // interpolated between these
    };
    [[nodiscard]] Span span_of(std::uint32_t b);
    [[nodiscard]] OrderStatistic beside_atom(const Span& span,
                                             std::uint64_t rank) const;

    const CellPlan& plan_;
    std::uint64_t n_atom_;
    double lowest_other_, highest_other_;  // than the atom
    double minimum_, maximum_;
    std::uint32_t atom_bin_;          // the bin that the atom lies in
    std::vector<std::uint64_t> end_;  // samples in this bin and below
    std::optional<Span> last_;        // searching edges is slow
};

}  // namespace hepta::statistics
