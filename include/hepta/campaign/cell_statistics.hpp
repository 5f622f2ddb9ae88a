/// \file
/// Percentiles, limits and moments of single cells, from the integer state.
#pragma once

#include "hepta/campaign/state.hpp"
#include "hepta/statistics/percentile.hpp"
#include "hepta/statistics/replicates.hpp"
#include "hepta/statistics/weighted.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace hepta::campaign {

/// mean, standard deviation, minimum, maximum, limits of the mean
inline constexpr std::size_t n_moments = 6;

/// What the state says of its cells. Limits are Student's over randomisations
/// where the state has them, over batches where it is weighted, else those of
/// independent samples.
class CellStatistics
{
  public:
    /// `state` must outlive it.
    CellStatistics(const State& state,
                   std::vector<double> percentiles,
                   double confidence);

    /// As many as there are percentiles.
    void percentiles(std::size_t cell,
                     std::span<statistics::Percentile> out) const;

    /// `n_moments` numbers.
    void moments(std::size_t cell, double* out) const;

  private:
    [[nodiscard]] std::span<const std::uint32_t> coarse_counts(
        std::size_t cell) const;
    [[nodiscard]] statistics::Limits mean_limits(
        std::size_t cell, const statistics::Moments& m) const;
    [[nodiscard]] statistics::WeightedRanks ranks(std::size_t cell) const;
    void weighted_moments(std::size_t cell, double* out) const;

    const State& state_;
    std::vector<double> percentiles_;
    double confidence_;
    std::vector<std::size_t> first_coarse_;
    std::optional<statistics::WeightLine> line_;  ///< of a weighted state
};

}  // namespace hepta::campaign
