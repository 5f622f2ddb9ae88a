#include "hepta/campaign/weights.hpp"

#include <limits>
#include <numeric>
#include <utility>

namespace hepta::campaign {
namespace {

using statistics::UInt128;
using statistics::weight_of_one;

constexpr double unit_of_squares = 0x1p-40;
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Samples of the ranges that are of each batch.
std::vector<double> samples_of_batches(const std::vector<SampleRange>& ranges,
                                       std::uint32_t n_batches)
{
    std::vector<double> n(n_batches, 0.0);
    for (const SampleRange& range : ranges) {
        for (std::uint64_t r = 0; r < n_batches; ++r) {
            // those below a bound: one in every n_batches, and a rest
            const auto below = [&](std::uint64_t bound) {
                return (bound + n_batches - 1 - r) / n_batches;
            };
            n[r] += static_cast<double>(below(range.end) - below(range.begin));
        }
    }
    return n;
}

UInt128 sum_of(const std::vector<UInt128>& values)
{
    return std::accumulate(values.begin(), values.end(), UInt128{0});
}

}  // namespace

statistics::WeightLine weight_line(const State& state)
{
    std::vector<double> weights;
    for (const UInt128 sum : state.batches.weights) {
        weights.push_back(static_cast<double>(sum) / weight_of_one);
    }
    return {
        samples_of_batches(state.ranges, state.batches.n),
        std::move(weights),
        static_cast<double>(sum_of(state.batches.squares)) * unit_of_squares};
}

double effective_samples(const State& state)
{
    return state.is_weighted() ? weight_line(state).effective_samples()
                               : static_cast<double>(state.n_samples());
}

bool has_room_for_weights(const State& state)
{
    return sum_of(state.batches.weights) >> 64 == 0;
}

std::vector<double> by_batch(std::span<const std::uint64_t> counts,
                             std::size_t first,
                             std::size_t pitch)
{
    std::vector<double> out;
    for (std::size_t i = first; i < counts.size(); i += pitch) {
        out.push_back(static_cast<double>(counts[i]) / weight_of_one);
    }
    return out;
}

std::vector<statistics::Proportion> proportions(
    const State& state,
    const std::vector<EventCount>& counts,
    std::size_t first,
    std::size_t n,
    double confidence)
{
    std::vector<statistics::Proportion> out;
    if (!state.is_weighted()) {
        for (const EventCount& count : std::span(counts).subspan(first, n)) {
            out.push_back(
                count.defined > 0
                    ? statistics::wilson(
                          count.happened, count.defined, confidence)
                    : statistics::Proportion{missing, missing, missing});
        }
        return out;
    }
    const statistics::WeightLine line = weight_line(state);
    std::vector<std::uint64_t> happened, defined;
    for (const EventCount& count : counts) {
        happened.push_back(count.happened);
        defined.push_back(count.defined);
    }
    const std::size_t pitch = counts.size() / state.batches.n;
    for (std::size_t i = first; i < first + n; ++i) {
        out.push_back(
            statistics::weighted_proportion(line,
                                            by_batch(happened, i, pitch),
                                            by_batch(defined, i, pitch),
                                            confidence));
    }
    return out;
}

}  // namespace hepta::campaign
