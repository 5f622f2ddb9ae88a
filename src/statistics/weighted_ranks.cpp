#include "axis.hpp"
#include "hepta/statistics/weighted.hpp"

#include <algorithm>
#include <cmath>

namespace hepta::statistics {
namespace {

/// The slope depends on the place and the place on the slope.
constexpr int n_rounds = 3;

/// A rank in units of 2^-32 from one of 1, within what 64 bits hold.
std::uint64_t to_rank(double weight)
{
    constexpr double largest = 0x1.fffffffffffffp63;  // below 2^64
    return static_cast<std::uint64_t>(
        std::clamp(weight * weight_of_one, 0.0, largest));
}

}  // namespace

WeightedRanks::WeightedRanks(const CellPlan& plan,
                             std::span<const std::uint64_t> coarse_weights,
                             const WeightLine& line)
    : line_(line), n_bins_(coarse::count(plan.n_inner) - 2)
{
    CellPlan without_atom = plan;
    without_atom.atom_width = -1.0;
    const std::uint32_t atom_at =
        coarse::of_bin(plan.n_inner, bin_of(without_atom, plan.atom));
    const std::size_t n_batches = line.n_batches();
    const std::size_t pitch = n_bins_ + 2;  // invalid and atom come first
    below_.assign((n_bins_ + 1) * n_batches, 0.0);
    totals_.assign(n_bins_ + 1, 0.0);
    for (std::size_t r = 0; r < n_batches; ++r) {
        const auto of_batch = coarse_weights.subspan(r * pitch, pitch);
        std::uint64_t sum = 0;
        for (std::size_t k = 0; k < n_bins_; ++k) {
            sum += of_batch[k + 2] + (k + 2 == atom_at ? of_batch[1] : 0);
            const double below = static_cast<double>(sum) / weight_of_one;
            below_[(k + 1) * n_batches + r] = below;
            totals_[k + 1] += below;
        }
    }
}

std::span<const double> WeightedRanks::below(std::size_t bin) const noexcept
{
    const std::size_t n = line_.n_batches();
    return std::span(below_).subspan(bin * n, n);
}

std::span<const double> WeightedRanks::valid() const noexcept
{
    return below(n_bins_);
}

WeightedRanks::Place WeightedRanks::place_of(double weight) const
{
    // the first coarse bin whose upper end is not below, or else the last
    const auto end =
        std::lower_bound(totals_.begin() + 1, totals_.end() - 1, weight);
    const auto bin = static_cast<std::size_t>(end - totals_.begin()) - 1;
    const double width = totals_[bin + 1] - totals_[bin];
    const double part = width > 0.0 ? (weight - totals_[bin]) / width : 0.0;
    return {bin, std::clamp(part, 0.0, 1.0)};
}

std::vector<double> WeightedRanks::excess_below(const Place& place,
                                                double fraction) const
{
    const auto low = below(place.bin);
    const auto high = below(place.bin + 1);
    const auto all = valid();
    std::vector<double> out(all.size());
    for (std::size_t r = 0; r < out.size(); ++r) {
        out[r] = low[r] + place.part * (high[r] - low[r]) - fraction * all[r];
    }
    return out;
}

WeightedRank WeightedRanks::at(double p, double confidence) const
{
    const double all = totals_.back();
    if (all == 0.0) {
        return {};
    }
    const double fraction = p / 100.0;
    double weight = fraction * all;
    for (int round = 0; round < n_rounds; ++round) {
        const auto excess = excess_below(place_of(weight), fraction);
        weight = std::clamp(
            fraction * all + line_.slope(excess) * line_.excess(), 0.0, all);
    }
    const Place place = place_of(weight);
    std::vector<double> inside(line_.n_batches());
    for (std::size_t r = 0; r < inside.size(); ++r) {
        inside[r] = below(place.bin + 1)[r] - below(place.bin)[r];
    }
    const double known = line_.variance(excess_below(place, fraction));
    if (!std::isfinite(known)) {
        return {to_rank(weight), {0, UINT64_MAX}};
    }
    const double hidden =
        place.part * (1.0 - place.part) * line_.variance(inside);
    const double half = line_.factor(confidence) * std::sqrt(known + hidden) *
                        line_.n_samples();
    return {to_rank(weight),
            {to_rank(weight - half), to_rank(weight + half) + 1}};
}

}  // namespace hepta::statistics
