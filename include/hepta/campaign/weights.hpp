/// \file
/// The weights of a weighted run as its statistics need them.
#pragma once

#include "hepta/campaign/state.hpp"
#include "hepta/statistics/weighted.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace hepta::campaign {

/// \pre the state is weighted
[[nodiscard]] statistics::WeightLine weight_line(const State& state);

/// Samples of equal weight that would know a mean as well; all of them where
/// the state is not weighted.
[[nodiscard]] double effective_samples(const State& state);

/// Can the 64 bits of a bin have overflowed?
[[nodiscard]] bool has_room_for_weights(const State& state);

/// The weights, of 1, that one count has in each batch: entries `first`,
/// `first` + `pitch`, ... of `counts`, where each batch has `pitch` of them.
[[nodiscard]] std::vector<double> by_batch(
    std::span<const std::uint64_t> counts,
    std::size_t first,
    std::size_t pitch);

/// Shares of events `first` to first + n - 1 of `counts`, which are all of the
/// state's events of one kind.
[[nodiscard]] std::vector<statistics::Proportion> proportions(
    const State& state,
    const std::vector<EventCount>& counts,
    std::size_t first,
    std::size_t n,
    double confidence);

}  // namespace hepta::campaign
