#include "hepta/campaign/state.hpp"

#include "hepta/core/error.hpp"
#include "hepta/statistics/replicates.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace hepta::campaign {

std::vector<std::size_t> Replicates::offsets(
    const std::vector<statistics::CellPlan>& plans,
    std::uint32_t n_randomisations)
{
    std::vector<std::size_t> offsets = {0};
    for (const statistics::CellPlan& plan : plans) {
        offsets.push_back(offsets.back() +
                          std::size_t{n_randomisations} *
                              statistics::coarse::count(plan.n_inner));
    }
    return offsets;
}

Batches Batches::empty(std::uint32_t n, std::size_t n_cells)
{
    Batches batches;
    batches.n = n;
    batches.weights.resize(n);
    batches.squares.resize(n);
    batches.sums.resize(n_cells * n);
    return batches;
}

void Batches::add(const Batches& from)
{
    for (std::size_t r = 0; r < n; ++r) {
        weights[r] += from.weights[r];
        squares[r] += from.squares[r];
    }
    for (std::size_t i = 0; i < from.coarse_weights.size(); ++i) {
        coarse_weights[i] += from.coarse_weights[i];
    }
    for (std::size_t i = 0; i < sums.size(); ++i) {
        sums[i].sum += from.sums[i].sum;
        sums[i].sum_of_squares += from.sums[i].sum_of_squares;
    }
}

void DerivedCounts::add(const DerivedCounts& from)
{
    years.resize(from.years.size());
    joints.resize(from.joints.size());
    for (std::size_t i = 0; i < years.size(); ++i) {
        years[i] += from.years[i];
    }
    for (std::size_t i = 0; i < joints.size(); ++i) {
        joints[i].happened += from.joints[i].happened;
        joints[i].defined += from.joints[i].defined;
    }
}

std::uint64_t State::n_samples() const noexcept
{
    std::uint64_t n = 0;
    for (const SampleRange& range : ranges) {
        n += range.end - range.begin;
    }
    return n;
}

std::span<const std::uint64_t> State::counts_of(std::size_t cell) const
{
    const statistics::CellPlan& plan = plans.at(cell);
    return std::span(counts).subspan(plan.first_bin,
                                     statistics::bin::count(plan.n_inner));
}

std::vector<SampleRange> join_ranges(std::vector<SampleRange> ranges)
{
    std::sort(ranges.begin(),
              ranges.end(),
              [](const SampleRange& a, const SampleRange& b) {
                  return a.begin < b.begin;
              });
    std::vector<SampleRange> joined;
    for (const SampleRange& range : ranges) {
        if (range.begin == range.end) {
            continue;
        }
        if (!joined.empty() && range.begin < joined.back().end) {
            throw ResultError("samples " + std::to_string(range.begin) +
                              " to " + std::to_string(joined.back().end - 1) +
                              " are covered twice");
        }
        if (!joined.empty() && range.begin == joined.back().end) {
            joined.back().end = range.end;
        } else {
            joined.push_back(range);
        }
    }
    return joined;
}

std::vector<SampleRange> missing_ranges(SampleRange range,
                                        const std::vector<SampleRange>& covered)
{
    std::vector<SampleRange> missing;
    for (const SampleRange& part : covered) {
        if (part.end <= range.begin || part.begin >= range.end) {
            continue;
        }
        if (part.begin > range.begin) {
            missing.push_back({range.begin, part.begin});
        }
        range.begin = std::min(part.end, range.end);
    }
    if (range.begin < range.end) {
        missing.push_back(range);
    }
    return missing;
}

std::string to_string(const std::vector<SampleRange>& ranges)
{
    std::string text;
    for (const SampleRange& range : ranges) {
        text += (text.empty() ? "" : ", ") + std::to_string(range.begin) + ":" +
                std::to_string(range.end);
    }
    return text;
}

void add(State& into, State&& from)
{
    std::vector<SampleRange> ranges = into.ranges;
    ranges.insert(ranges.end(), from.ranges.begin(), from.ranges.end());
    ranges = join_ranges(std::move(ranges));
    if (into.plans.empty()) {
        into = std::move(from);
        into.ranges = std::move(ranges);
        return;
    }
    if (into.plans != from.plans || into.counts.size() != from.counts.size() ||
        into.events.size() != from.events.size() ||
        into.derived.years.size() != from.derived.years.size() ||
        into.derived.joints.size() != from.derived.joints.size() ||
        into.replicates.n != from.replicates.n ||
        into.batches.n != from.batches.n) {
        throw ResultError("samples were counted in different bins or events");
    }
    for (std::size_t i = 0; i < into.counts.size(); ++i) {
        into.counts[i] += from.counts[i];
    }
    for (std::size_t cell = 0; cell < into.sums.size(); ++cell) {
        into.sums[cell].add(from.sums[cell]);
    }
    for (std::size_t i = 0; i < into.replicates.counts.size(); ++i) {
        into.replicates.counts[i] += from.replicates.counts[i];
    }
    for (std::size_t i = 0; i < into.replicates.sums.size(); ++i) {
        into.replicates.sums[i] += from.replicates.sums[i];
    }
    for (std::size_t e = 0; e < into.events.size(); ++e) {
        into.events[e].happened += from.events[e].happened;
        into.events[e].defined += from.events[e].defined;
    }
    into.derived.add(from.derived);
    into.batches.add(from.batches);
    merge_invalid(into.invalid_samples, from.invalid_samples);
    into.n_invalid += from.n_invalid;
    into.ranges = std::move(ranges);
}

void merge_invalid(std::vector<std::uint64_t>& into,
                   const std::vector<std::uint64_t>& from)
{
    std::vector<std::uint64_t> all;
    std::set_union(into.begin(),
                   into.end(),
                   from.begin(),
                   from.end(),
                   std::back_inserter(all));
    all.resize(std::min(all.size(), max_invalid_indices));
    into = std::move(all);
}

}  // namespace hepta::campaign
