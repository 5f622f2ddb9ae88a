#include "hepta/statistics/weighted.hpp"

#include "coarse_counts.hpp"
#include "weighted_kernel.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace hepta::statistics {

CellPlan for_weights(CellPlan plan, std::span<const double> pilot) noexcept
{
    // Inner bins may reach much further; a pilot that is constant but for its
    // rounding says nothing of how far samples do.
    double reach = 0x1p-8 * std::abs(plan.center);
    for (const double x : pilot) {
        if (std::isfinite(x)) {
            reach = std::max(reach, std::abs(x - plan.center));
        }
    }
    // |q| of the pilot is then below 2^23, its square times 2^32 below 2^78
    plan.scale = reach >= 0x1p-1000 && reach <= 0x1p1000
                     ? std::ldexp(1.0, 22 - std::ilogb(reach))
                     : std::ldexp(plan.scale, -18);
    return plan;
}

// NOLINTNEXTLINE(readability-function-size): observe()'s, and what is weighted
void observe_weighted(InstructionSet set,
                      std::span<const CellPlan> plans,
                      std::span<const std::uint32_t> rows,
                      const Tile& outputs,
                      LaneRange lanes,
                      BinNumbers bins,
                      const TileWeights& weights,
                      std::span<WeightedSums> sums,
                      std::span<std::uint64_t> n_clamped)
{
    assert(rows.size() == plans.size() && n_clamped.size() == plans.size());
    assert(sums.size() == plans.size() * weights.n_batches);
    const WeightedArguments arguments{.plans = plans.data(),
                                      .rows = rows.data(),
                                      .n_cells = plans.size(),
                                      .outputs = outputs.data(),
                                      .lanes = lanes,
                                      .bins = bins,
                                      .weights = weights,
                                      .sums = sums.data(),
                                      .n_clamped = n_clamped.data()};
    if (set == InstructionSet::avx512) {
        avx512::observe_weighted_rows(arguments);
    } else {
        avx2::observe_weighted_rows(arguments);
    }
}

void count_weighted(const CellPlan& plan,
                    std::span<const std::uint16_t> bins,
                    const std::uint64_t* weights,
                    std::uint64_t first_sample,
                    std::uint32_t n_batches,
                    std::uint64_t* counts,
                    std::uint64_t* coarse_weights) noexcept
{
    const auto weight_of = [weights](std::size_t i) { return weights[i]; };
    for (std::size_t i = 0; i < bins.size(); ++i) {
        counts[bins[i]] += weight_of(i);
    }
    add_to_coarse(
        plan, bins, first_sample, n_batches, coarse_weights, weight_of);
}

}  // namespace hepta::statistics
