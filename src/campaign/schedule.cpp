#include "hepta/campaign/schedule.hpp"

#include <algorithm>
#include <utility>

namespace hepta::campaign {

Schedule::Schedule(std::vector<SampleRange> todo,
                   std::uint64_t block_size,
                   int n_ranks)
    : todo_(std::move(todo)),
      block_size_(block_size),
      n_ranks_(static_cast<std::uint64_t>(n_ranks))
{
    for (const SampleRange& range : todo_) {
        n_blocks_ += n_blocks_in(range);
    }
}

std::uint64_t Schedule::n_samples() const noexcept
{
    std::uint64_t n = 0;
    for (const SampleRange& range : todo_) {
        n += range.end - range.begin;
    }
    return n;
}

std::uint64_t Schedule::n_rounds() const noexcept
{
    return (n_blocks_ + n_ranks_ - 1) / n_ranks_;
}

SampleRange Schedule::block(std::uint64_t round, int rank) const
{
    const std::uint64_t index =
        round * n_ranks_ + static_cast<std::uint64_t>(rank);
    const auto samples = samples_of_blocks(index, index + 1);
    return samples.empty() ? SampleRange{} : samples.front();
}

std::vector<SampleRange> Schedule::samples_of(std::uint64_t begin,
                                              std::uint64_t end) const
{
    return join_ranges(samples_of_blocks(begin * n_ranks_, end * n_ranks_));
}

std::uint64_t Schedule::n_blocks_in(const SampleRange& range) const
{
    return (range.end + block_size_ - 1) / block_size_ -
           range.begin / block_size_;
}

std::vector<SampleRange> Schedule::samples_of_blocks(std::uint64_t begin,
                                                     std::uint64_t end) const
{
    std::vector<SampleRange> samples;
    std::uint64_t first = 0;  // block of the range
    for (const SampleRange& range : todo_) {
        const std::uint64_t n = n_blocks_in(range);
        const std::uint64_t from = std::max(begin, first);
        const std::uint64_t to = std::min(end, first + n);
        if (from < to) {
            const std::uint64_t shift = range.begin / block_size_;
            samples.push_back(
                {std::max(range.begin, (from - first + shift) * block_size_),
                 std::min(range.end, (to - first + shift) * block_size_)});
        }
        first += n;
    }
    return samples;
}

}  // namespace hepta::campaign
