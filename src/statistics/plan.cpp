#include "axis.hpp"
#include "axis_choice.hpp"
#include "hepta/statistics/cell.hpp"

#include <boost/sort/pdqsort/pdqsort.hpp>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>

namespace hepta::statistics {
namespace {

/// A run of equal values is an atom from this length.
constexpr std::size_t shortest_atom = 4;
/// Values are equal within this part of them: one that came through several
/// roundings, such as a share that a normalisation leaves as it was, is still
/// an atom.
constexpr double rounding = 0x1p-46;
/// Values beyond are left to the outer bins, so that differences are finite.
constexpr double largest_planned = 0x1p1000;
/// Ranges below count as one value: they leave no room for finer steps.
constexpr double smallest_planned = 0x1p-1020;

struct Run
{
    std::size_t begin = 0, length = 0;
};

/// The longest run of values equal to rounding; the first of equals.
Run longest_run(std::span<const double> sorted)
{
    Run longest;
    Run run;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const double first = sorted[run.begin];
        if (sorted[i] - first > rounding * std::abs(first)) {
            run = {i, 0};
        }
        ++run.length;
        if (run.length > longest.length) {
            longest = run;
        }
    }
    return longest;
}

/// Sort the finite values to the front. \return these
std::span<double> sort_finite(std::span<double> pilot)
{
    const auto end = std::partition(pilot.begin(), pilot.end(), [](double x) {
        return std::abs(x) <= largest_planned;
    });
    boost::sort::pdqsort_branchless(pilot.begin(), end);
    return {pilot.begin(), end};
}

/// Zero and scale of the moments: the pilot spans about +-2^40, and the inner
/// bins no more than +-2^45, beyond which observing is slow.
void set_fixed_point(CellPlan& plan, double low, double high)
{
    const double half = 0.5 * (high - low);
    plan.center = low + half;
    const double reach =
        std::max(plan.high - plan.center, plan.center - plan.low);
    const double unit = std::max(half, reach * 0x1p-4);
    // Scales are normal numbers: ranges below 2^-983 get fewer steps.
    plan.scale = std::ldexp(1.0, std::min(40 - std::ilogb(unit), 1023));
}

/// A logarithmic axis to both sides of one value: what else may come is
/// unknown, from 2^-26 to 2^14 of `size`.
void set_around(CellPlan& plan, double value, double size)
{
    const double used = std::max(size, smallest_planned);
    const double delta = used * 0x1p-26;
    const double t_end = axis_term(used * 0x1p14, 0.0, delta);
    plan.origin[0] = value;
    plan.delta[0] = delta;
    plan.bins_per_t[0] = 0.5 * plan.n_inner / t_end;
    const std::uint32_t middle = bin::first_inner + plan.n_inner / 2;
    plan.offset = middle;
}

bool all_whole(std::span<const double> values)
{
    return std::all_of(values.begin(), values.end(), [](double x) {
        return x == std::nearbyint(x);
    });
}

/// A linear axis whose edges include the whole numbers; false if the inner
/// bins do not reach.
bool set_whole(CellPlan& plan, double low, double high)
{
    const double n_values = high - low + 1.0;
    std::uint32_t edges = plan.n_inner / 2;
    while (edges > 0 && n_values * edges > 0.75 * plan.n_inner) {
        edges /= 2;
    }
    if (edges == 0) {
        return false;
    }
    plan.edges_per_unit = edges;
    plan.origin[0] = low;
    // Linear to +-delta. As n_inner and edges are powers of 2 all is exact.
    plan.delta[0] = plan.n_inner;
    plan.bins_per_t[0] = edges * plan.delta[0] * 0x1p-40;
    const auto used = static_cast<std::uint32_t>(n_values) * edges;
    const std::uint32_t first_used =
        bin::first_inner + (plan.n_inner - used) / 2;
    plan.offset = first_used;
    return true;
}

/// Move the axis by less than a bin, so that an edge lies at the atom: what is
/// below it and what is above are then counted apart.
void set_edge_at_atom(CellPlan& plan)
{
    double u = plan.offset;
    for (int k = 0; k < CellPlan::n_terms; ++k) {
        u += plan.bins_per_t[k] *
             axis_term(plan.atom, plan.origin[k], plan.delta[k]);
    }
    if (u > bin::first_inner && u < bin::first_inner + plan.n_inner) {
        plan.offset -= u - std::floor(u);
    }
}

}  // namespace

CellPlan plan_cell(std::span<double> pilot, std::uint32_t n_inner)
{
    assert(std::has_single_bit(n_inner) && n_inner >= 64 && n_inner <= 16'384);
    CellPlan plan;
    plan.n_inner = n_inner;
    static constexpr double nothing[] = {0.0};
    const std::span<const double> finite = sort_finite(pilot);
    const std::span<const double> all = finite.empty() ? nothing : finite;
    const double low = all.front();
    const double high = all.back();
    const Run run = longest_run(all);
    const bool constant = run.length == all.size();
    const bool has_atom = constant || run.length >= shortest_atom;
    if (has_atom) {
        plan.atom = all[run.begin + run.length / 2] + 0.0;
        if (all[run.begin] != all[run.begin + run.length - 1]) {
            plan.atom_width = rounding * std::abs(plan.atom);
        }
    }
    if (constant) {
        set_around(plan, low, low != 0.0 ? std::abs(low) : 1.0);
    } else if (!(all_whole(all) && set_whole(plan, low, high))) {
        const SortedValues rest(all, run.begin, has_atom ? run.length : 0);
        if (rest.back() - rest.front() < smallest_planned) {
            set_around(plan, rest.front(), high - low);
        } else {
            choose_axis(plan, rest);
            if (has_atom) {
                set_edge_at_atom(plan);
            }
        }
    }
    plan.low = lower_edge(plan, bin::first_inner);
    plan.high = lower_edge(plan, bin::first_inner + n_inner);
    set_fixed_point(plan, low, high);
    return plan;
}

bool is_sound(const CellPlan& plan) noexcept
{
    for (int k = 0; k < CellPlan::n_terms; ++k) {
        // with these the axis is finite and monotone
        if (!std::isfinite(plan.origin[k]) || !std::isfinite(plan.delta[k]) ||
            !(plan.delta[k] > 0.0) || !(plan.bins_per_t[k] >= 0.0) ||
            !(plan.bins_per_t[k] <= largest_planned)) {
            return false;
        }
    }
    const std::uint32_t n = plan.n_inner;
    if (!std::has_single_bit(n) || n < 64 || n > 16'384 ||
        !std::isfinite(plan.offset) || !std::isfinite(plan.low) ||
        !std::isfinite(plan.high)) {
        return false;
    }
    const double last = std::nextafter(plan.high, plan.low);
    return !(plan.low < plan.high) ||
           (axis_bin(plan, plan.low) >= bin::first_inner &&
            axis_bin(plan, last) < bin::first_inner + n);
}

}  // namespace hepta::statistics
