/// \file
/// Which rank computes which samples when.
#pragma once

#include "hepta/campaign/state.hpp"

#include <cstdint>
#include <vector>

namespace hepta::campaign {

/// Samples cut into blocks, dealt out in rounds: in round r, rank k has block
/// r n_ranks + k. What is computed after so many rounds is therefore known
/// without asking anyone.
class Schedule
{
  public:
    /// `todo` sorted and disjoint. A block lies within [i block_size,
    /// (i + 1) block_size) for some i.
    Schedule(std::vector<SampleRange> todo,
             std::uint64_t block_size,
             int n_ranks);

    [[nodiscard]] std::uint64_t n_samples() const noexcept;
    [[nodiscard]] std::uint64_t n_blocks() const noexcept { return n_blocks_; }
    [[nodiscard]] std::uint64_t n_rounds() const noexcept;

    /// Empty where there are no more blocks.
    [[nodiscard]] SampleRange block(std::uint64_t round, int rank) const;

    /// Samples of rounds [begin, end), sorted and joined.
    [[nodiscard]] std::vector<SampleRange> samples_of(std::uint64_t begin,
                                                      std::uint64_t end) const;

  private:
    [[nodiscard]] std::uint64_t n_blocks_in(const SampleRange& range) const;
    /// Samples of blocks [begin, end), both counted from the first range.
    [[nodiscard]] std::vector<SampleRange> samples_of_blocks(
        std::uint64_t begin, std::uint64_t end) const;

    std::vector<SampleRange> todo_;
    std::uint64_t block_size_;
    std::uint64_t n_ranks_;
    std::uint64_t n_blocks_ = 0;
};

}  // namespace hepta::campaign
