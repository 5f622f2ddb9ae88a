/// \file
/// Sums to which nothing was added.
#pragma once

#include "hepta/campaign/state.hpp"

#include <cstddef>
#include <cstdint>

namespace hepta::campaign {

/// Of batches, without their coarse weights.
[[nodiscard]] inline Batches empty_batches(std::uint32_t n, std::size_t n_cells)
{
    Batches batches;
    batches.n = n;
    batches.weights.resize(n);
    batches.squares.resize(n);
    batches.sums.resize(n_cells * n);
    return batches;
}

}  // namespace hepta::campaign
