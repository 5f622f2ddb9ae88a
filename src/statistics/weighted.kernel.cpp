#include "hepta/core/simd.hpp"
#include "hepta/core/tile.hpp"
#include "weighted_kernel.hpp"

namespace hepta::statistics::HEPTA_ISA {

using namespace hepta::simd;

namespace {

constexpr double largest_q = 0x1p31;
/// Adding it to |q| < 2^51 rounds q and leaves it in the lowest bits.
constexpr double to_integer = 0x1.8p52;

/// q of all lanes, clamped; what it is of values that are not finite means
/// nothing. \return bit i set: lane i was clamped
HEPTA_INLINE unsigned fixed_point(const CellPlan& plan,
                                  const double* row,
                                  std::int64_t* q)
{
    const Vec scale = set(plan.scale);
    const Vec zero = set(plan.center * plan.scale);
    unsigned clamped = 0;
    for (std::size_t i = 0; i < tile_lanes / width; ++i) {
        const Vec wish = fms(load(row + i * width), scale, zero);
        clamped |= bits_of(set(largest_q) < abs(wish)) << (i * width);
        const Vec held = max(min(wish, set(largest_q)), set(-largest_q));
        store_int(q + i * width,
                  bits(held + set(to_integer)) - bits(set(to_integer)));
    }
    return clamped;
}

}  // namespace

void observe_weighted_rows(const WeightedArguments& a)
{
    alignas(row_alignment) std::int64_t q[tile_lanes];
    const std::uint32_t last_batch = a.weights.n_batches - 1;
    for (std::size_t k = 0; k < a.n_cells; ++k) {
        const unsigned clamped =
            fixed_point(a.plans[k], a.outputs + a.rows[k] * tile_lanes, q);
        const std::uint16_t* number = a.bins.first + k * a.bins.pitch;
        WeightedSums* sums = a.sums + k * a.weights.n_batches;
        for (std::uint32_t lane = a.lanes.begin; lane < a.lanes.end; ++lane) {
            if (*number++ == bin::invalid) {
                continue;
            }
            const std::int64_t x = q[lane];
            const std::uint64_t weight = a.weights.weights[lane];
            WeightedSums& to =
                sums[(a.weights.first_batch + lane) & last_batch];
            to.sum +=
                static_cast<Int128>(x) * static_cast<std::int64_t>(weight);
            to.sum_of_squares +=
                static_cast<UInt128>(static_cast<std::uint64_t>(x * x)) *
                weight;
            a.n_clamped[k] += clamped >> lane & 1;
        }
    }
}

}  // namespace hepta::statistics::HEPTA_ISA
