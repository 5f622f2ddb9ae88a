#include "hepta/statistics/cell.hpp"

#include "axis.hpp"
#include "hepta/core/float_order.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

// Every processor that hepta accepts has this instruction (see
// core/instruction_set); without it std::fma is a call of 5 ns.
#define HEPTA_USES_FMA __attribute__((target("fma")))

namespace hepta::statistics {
namespace {

double exponent_of(double positive) noexcept
{
    return static_cast<double>(std::bit_cast<std::int64_t>(positive) >> 52) -
           1023.0;
}

}  // namespace

HEPTA_USES_FMA std::uint32_t axis_bin(const CellPlan& plan, double x) noexcept
{
    double u = plan.offset;
    for (int k = 0; k < CellPlan::n_terms && plan.bins_per_t[k] != 0.0; ++k) {
        const double t = axis_term(x, plan.origin[k], plan.delta[k]);
        u = __builtin_fma(t, plan.bins_per_t[k], u);
    }
    // Held at half a bin below and at the end above, the steps of the outer
    // bins then lead away from there: to `first_outer` or the last bin.
    const double inner = std::min(std::max(u, bin::first_inner - 0.5),
                                  static_cast<double>(bin::first_inner) +
                                      static_cast<double>(plan.n_inner));
    const double excess = u - inner;
    const double octave =
        std::min(exponent_of(1.0 + std::abs(excess)), bin::n_outer - 1.0);
    return static_cast<std::uint32_t>(inner + std::copysign(octave, excess));
}

std::uint32_t bin_of(const CellPlan& plan, double x) noexcept
{
    if (!std::isfinite(x)) {
        return bin::invalid;
    }
    const bool is_atom = std::abs(x - plan.atom) <= plan.atom_width;
    return is_atom ? bin::atom : axis_bin(plan, x);
}

double lower_edge(const CellPlan& plan, std::uint32_t b) noexcept
{
    constexpr double lowest = std::numeric_limits<double>::lowest();
    if (axis_bin(plan, lowest) >= b) {
        return lowest;
    }
    // The ends of the inner bins, where known, save some of 64 steps.
    const bool above_low = axis_bin(plan, plan.low) < b;
    const bool below_high = axis_bin(plan, plan.high) >= b;
    std::int64_t below = order_of(above_low ? plan.low : lowest);
    std::int64_t above = order_of(
        below_high ? plan.high : std::numeric_limits<double>::infinity());
    while (below + 1 < above) {
        const std::int64_t middle =
            (below & above) + ((below ^ above) >> 1);  // cannot overflow
        (axis_bin(plan, from_order(middle)) >= b ? above : below) = middle;
    }
    return from_order(above);
}

Interval bin_edges(const CellPlan& plan, std::uint32_t b)
{
    return {lower_edge(plan, b), lower_edge(plan, b + 1)};
}

void MomentSums::add(const MomentSums& other) noexcept
{
    sum += other.sum;
    sum_of_squares += other.sum_of_squares;
    n_clamped += other.n_clamped;
    minimum = std::min(minimum, other.minimum);
    maximum = std::max(maximum, other.maximum);
}

}  // namespace hepta::statistics
