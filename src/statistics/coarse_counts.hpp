/// \file
/// Counting into the coarse bins of randomisations or batches.
#pragma once

#include "hepta/statistics/replicates.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace hepta::statistics {

/// Add `amount_of(i)` for bin number i to the coarse counts [randomisation]
/// [coarse bin]; see `count_replicates`.
template <class Count, class AmountOf>
void add_to_coarse(const CellPlan& plan,
                   std::span<const std::uint16_t> bins,
                   std::uint64_t first_sample,
                   std::uint32_t n_randomisations,
                   Count* counts,
                   AmountOf amount_of) noexcept
{
    const std::uint32_t n_bins = coarse::count(plan.n_inner);
    // b - first_inner as unsigned: the outer bins below wrap to the top
    const std::uint32_t shift = plan.n_inner <= 512 ? 3 : 4;
    for (std::size_t i = 0; i < bins.size(); ++i) {
        const std::uint32_t inner = bins[i] - bin::first_inner;
        const std::uint32_t c = inner < plan.n_inner
                                    ? coarse::first_group + (inner >> shift)
                                    : coarse::of_bin(plan.n_inner, bins[i]);
        const auto r = static_cast<std::size_t>((first_sample + i) &
                                                (n_randomisations - 1));
        counts[r * n_bins + c] += amount_of(i);
    }
}

}  // namespace hepta::statistics
