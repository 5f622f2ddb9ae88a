#include "order_statistics.hpp"

#include "axis.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace hepta::statistics {
namespace {

bool is_outer(const CellPlan& plan, std::uint32_t b)
{
    return b < bin::first_inner || b >= bin::first_inner + plan.n_inner;
}

/// Sample i of n that lie evenly in [low, high].
double evenly(double low, double high, std::uint64_t i, std::uint64_t n)
{
    const double part = (static_cast<double>(i) + 0.5) / static_cast<double>(n);
    return low + part * (high - low);
}

}  // namespace

OrderStatistics::OrderStatistics(const CellPlan& plan,
                                 Counts counts,
                                 const MomentSums& sums)
    : plan_(plan),
      n_atom_(counts[bin::atom]),
      lowest_other_(sums.minimum),
      highest_other_(sums.maximum),
      minimum_(sums.minimum),
      maximum_(sums.maximum),
      atom_bin_(axis_bin(plan, plan.atom)),
      end_(counts.size())
{
    assert(counts.size() == bin::count(plan.n_inner));
    if (n_atom_ > 0) {
        minimum_ = std::min(minimum_, plan.atom);
        maximum_ = std::max(maximum_, plan.atom);
    }
    std::uint64_t n = 0;
    for (std::uint32_t b = bin::first_outer; b < counts.size(); ++b) {
        n += counts[b] + (b == atom_bin_ ? n_atom_ : 0);
        end_[b] = n;
    }
}

std::uint32_t OrderStatistics::bin_at(std::uint64_t rank) const
{
    return static_cast<std::uint32_t>(
        std::upper_bound(end_.begin(), end_.end(), rank) - end_.begin());
}

std::uint64_t OrderStatistics::n_others_at(std::uint64_t rank) const
{
    const std::uint32_t b = bin_at(rank);
    return end_[b] - end_[b - 1] - (b == atom_bin_ ? n_atom_ : 0);
}

OrderStatistic OrderStatistics::at(std::uint64_t rank)
{
    const std::uint32_t b = bin_at(rank);
    if (rank == 0) {
        return {minimum_, minimum_, minimum_};
    }
    if (rank == n() - 1) {
        return {maximum_, maximum_, maximum_};
    }
    const Span span = span_of(b);
    const std::uint64_t i = rank - end_[b - 1];
    OrderStatistic found;
    if (b == atom_bin_ && n_atom_ > 0) {
        found = beside_atom(span, i);
    } else {
        const std::uint64_t n_in_bin = end_[b] - end_[b - 1];
        found = {evenly(span.from, span.to, i, n_in_bin), span.low, span.high};
    }
    found.wide = is_outer(plan_, b) && found.low < found.high;
    return found;
}

/// Sample i of the bin that the atom lies in: how many of the bin's other
/// samples are below the atom is not known, but there are only so many.
OrderStatistic OrderStatistics::beside_atom(const Span& span,
                                            std::uint64_t i) const
{
    const double atom = plan_.atom;
    const std::uint64_t n_others =
        end_[atom_bin_] - end_[atom_bin_ - 1] - n_atom_;
    const double width = span.high - span.low;
    double part_below = width > 0.0 ? (atom - span.low) / width : 0.0;
    if (lowest_other_ > atom) {
        part_below = 0.0;
    } else if (highest_other_ < atom) {
        part_below = 1.0;
    }
    const auto n_below = static_cast<std::uint64_t>(
        std::floor(static_cast<double>(n_others) * part_below));
    OrderStatistic found{
        atom, atom - plan_.atom_width, atom + plan_.atom_width};
    if (i < n_below) {
        found.value = evenly(span.low, atom, i, n_below);
    } else if (i >= n_below + n_atom_) {
        found.value =
            evenly(atom, span.high, i - n_below - n_atom_, n_others - n_below);
    }
    // With an edge at the atom all the others are above.
    if (i < n_others && span.low < atom) {
        found.low = span.low;
    }
    if (i >= n_atom_) {
        found.high = span.high;
    }
    return found;
}

OrderStatistics::Span OrderStatistics::span_of(std::uint32_t b)
{
    if (last_ && last_->bin == b) {
        return *last_;
    }
    const double lower =
        last_ && last_->bin + 1 == b ? last_->upper : lower_edge(plan_, b);
    const double upper = lower_edge(plan_, b + 1);
    const auto within = [this](double x) {
        return std::clamp(x, minimum_, maximum_);
    };
    Span span{b, upper, within(lower), within(std::nextafter(upper, lower))};
    span.from = span.low;
    span.to = span.high;
    if (plan_.edges_per_unit != 0 && !is_outer(plan_, b)) {
        // Without the rounding of x - origin + delta that `lower` has.
        span.from =
            within(plan_.origin[0] + (b - plan_.offset) / plan_.edges_per_unit);
        span.to = span.from;
    }
    last_ = span;
    return span;
}

}  // namespace hepta::statistics
