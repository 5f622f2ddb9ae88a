#include "hepta/statistics/observe.hpp"

#include "observe_kernel.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace hepta::statistics {
namespace {

constexpr double largest_q = 0x1p50;

/// Scalar twin of the kernel, for what it leaves.
std::uint16_t observe_one(const CellPlan& plan, double x, MomentSums& sums)
{
    const std::uint32_t b = bin_of(plan, x);
    if (b != bin::invalid) {
        const double wish = (x - plan.center) * plan.scale;
        const double held = std::clamp(wish, -largest_q, largest_q);
        const auto q = static_cast<Int128>(std::nearbyint(held));
        sums.sum += q;
        sums.sum_of_squares += static_cast<UInt128>(q * q);
        sums.n_clamped += held != wish ? 1 : 0;
    }
    if (b > bin::atom) {
        sums.minimum = std::min(sums.minimum, x + 0.0);
        sums.maximum = std::max(sums.maximum, x + 0.0);
    }
    return static_cast<std::uint16_t>(b);
}

}  // namespace

std::uint32_t observe(InstructionSet set,
                      std::span<const CellPlan> plans,
                      std::span<const std::uint32_t> rows,
                      const Tile& outputs,
                      LaneRange lanes,
                      BinNumbers bins,
                      std::span<MomentSums> sums)
{
    assert(rows.size() == plans.size() && sums.size() == plans.size());
    assert(lanes.begin <= lanes.end && lanes.end <= tile_lanes);
    const ObserveArguments arguments{
        .plans = plans.data(),
        .rows = rows.data(),
        .n_cells = plans.size(),
        .outputs = outputs.data(),
        .first = bins.first,
        .pitch = bins.pitch,
        .sums = sums.data(),
    };
    const auto rows_of_set = set == InstructionSet::avx512
                                 ? avx512::observe_rows
                                 : avx2::observe_rows;
    std::uint32_t invalid = 0;
    const bool full = lanes.begin == 0 && lanes.end == tile_lanes;
    for (std::size_t k = 0; k < plans.size(); ++k) {
        if (full) {
            k = rows_of_set(arguments, k);
            if (k == plans.size()) {
                break;
            }
        }
        const double* row = outputs.row(rows[k]);
        std::uint16_t* number = bins.first + k * bins.pitch;
        for (std::uint32_t lane = lanes.begin; lane < lanes.end; ++lane) {
            *number = observe_one(plans[k], row[lane], sums[k]);
            invalid |= (*number == bin::invalid ? 1u : 0u) << lane;
            ++number;
        }
    }
    return invalid;
}

}  // namespace hepta::statistics
