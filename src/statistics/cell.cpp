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

/// Where x lies on the axis, in bins. Monotone in x.
HEPTA_USES_FMA double axis_position(const CellPlan& plan, double x) noexcept
{
    double u = plan.offset;
    for (int k = 0; k < CellPlan::n_terms && plan.bins_per_t[k] != 0.0; ++k) {
        const double t = axis_term(x, plan.origin[k], plan.delta[k]);
        u = __builtin_fma(t, plan.bins_per_t[k], u);
    }
    return u;
}

/// Its derivative.
double axis_slope(const CellPlan& plan, double x) noexcept
{
    double slope = 0.0;
    for (int k = 0; k < CellPlan::n_terms && plan.bins_per_t[k] != 0.0; ++k) {
        // an octave of y, 2^e, is 2^40 of what `log_of_bits` counts
        const double y = std::abs(x - plan.origin[k]) + plan.delta[k];
        const std::int64_t e = std::bit_cast<std::int64_t>(y) >> 52;
        slope += plan.bins_per_t[k] *
                 std::bit_cast<double>((2 * 1023 + 40 - e) << 52);
    }
    return slope;
}

}  // namespace

HEPTA_USES_FMA std::uint32_t axis_bin(const CellPlan& plan, double x) noexcept
{
    const double u = axis_position(plan, x);
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

namespace {

/// Doubles, in their order, around the smallest that lies in bin b or beyond.
struct Bracket
{
    std::int64_t below, above;

    /// True if it is the upper end that moves to `at`.
    bool narrow(const CellPlan& plan, std::uint32_t b, std::int64_t at) noexcept
    {
        const bool moves_upper = axis_bin(plan, from_order(at)) >= b;
        (moves_upper ? above : below) = at;
        return moves_upper;
    }
};

/// Narrow a bracket of an inner bin's edge to a few doubles: by Newton's steps
/// from x, which are exact but for rounding once they meet the right piece of
/// the axis, and then by steps away from there until both sides are known.
void close_in(const CellPlan& plan,
              std::uint32_t b,
              double x,
              Bracket& bracket) noexcept
{
    constexpr int most_steps = 32;
    const double lowest = from_order(bracket.below);
    const double highest = from_order(bracket.above);
    double missing = HUGE_VAL;  // bins
    for (int i = 0; i < most_steps && std::abs(missing) > 0x1p-20; ++i) {
        missing = b - axis_position(plan, x);
        x += missing / axis_slope(plan, x);
        x = std::min(std::max(x, lowest), highest);
    }
    constexpr std::int64_t longest_step = std::int64_t{1} << 40;
    std::int64_t at = order_of(x);
    const auto inside = [&] {
        return bracket.below < at && at < bracket.above;
    };
    if (!inside()) {
        return;
    }
    const bool is_above = bracket.narrow(plan, b, at);
    for (std::int64_t step = 8; step <= longest_step; step *= 16) {
        at += is_above ? -step : step;
        if (!inside() || bracket.narrow(plan, b, at) != is_above) {
            return;
        }
    }
}

}  // namespace

double lower_edge(const CellPlan& plan, std::uint32_t b) noexcept
{
    constexpr double lowest = std::numeric_limits<double>::lowest();
    if (axis_bin(plan, lowest) >= b) {
        return lowest;
    }
    const bool above_low = axis_bin(plan, plan.low) < b;
    const bool below_high = axis_bin(plan, plan.high) >= b;
    Bracket bracket{
        order_of(above_low ? plan.low : lowest),
        order_of(below_high ? plan.high
                            : std::numeric_limits<double>::infinity())};
    if (bin::first_inner <= b && b <= bin::first_inner + plan.n_inner) {
        const bool known = above_low && below_high;
        const double middle = plan.low + 0.5 * (plan.high - plan.low);
        close_in(plan, b, known ? middle : plan.origin[0], bracket);
    }
    while (bracket.below + 1 < bracket.above) {
        const std::int64_t middle =
            (bracket.below & bracket.above) +
            ((bracket.below ^ bracket.above) >> 1);  // cannot overflow
        bracket.narrow(plan, b, middle);
    }
    return from_order(bracket.above);
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
