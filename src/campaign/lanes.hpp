/// \file
/// What a lane of a tile adds to a count, and to the counts of which batch.
#pragma once

#include "hepta/statistics/weighted.hpp"

#include <cstddef>
#include <cstdint>

namespace hepta::campaign {

/// Every sample counts once.
struct EqualLanes
{
    [[nodiscard]] static constexpr std::size_t n_batches() { return 1; }
    [[nodiscard]] static constexpr std::size_t batch(std::size_t) { return 0; }
    [[nodiscard]] static constexpr std::uint64_t amount(std::size_t)
    {
        return 1;
    }
};

/// A sample counts by its weight.
class WeightedLanes
{
  public:
    explicit WeightedLanes(const statistics::TileWeights& weights)
        : weights_(weights)
    {
    }
    [[nodiscard]] std::size_t n_batches() const { return weights_.n_batches; }
    [[nodiscard]] std::size_t batch(std::size_t lane) const
    {
        return (weights_.first_batch + lane) & (weights_.n_batches - 1);
    }
    [[nodiscard]] std::uint64_t amount(std::size_t lane) const
    {
        return weights_.weights[lane];
    }

  private:
    const statistics::TileWeights& weights_;
};

}  // namespace hepta::campaign
