#include "hepta/campaign/exact.hpp"

#include "broadcast.hpp"
#include "exact_pass.hpp"
#include "hepta/core/error.hpp"
#include "hepta/core/float_order.hpp"
#include "hepta/statistics/percentile.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <utility>

namespace hepta::campaign {
namespace {

/// The sample of one rank of one cell.
struct Wanted
{
    std::size_t cell = 0;
    std::uint64_t rank = 0;
    std::int64_t value = 0;
};

/// An interval and the wanted samples that lie in it.
struct Search
{
    Interval interval;
    std::vector<std::size_t> wanted;
};

struct RankOf
{
    std::uint64_t below = 0;
    double part = 0.0;
};

RankOf rank_of(double percentile, std::uint64_t n)
{
    const double rank = percentile / 100.0 * static_cast<double>(n - 1);
    const auto below = static_cast<std::uint64_t>(rank);
    return {below, rank - static_cast<double>(below)};
}

std::uint64_t n_valid(const State& state, std::size_t cell)
{
    const auto counts = state.counts_of(cell);
    std::uint64_t n = 0;
    for (std::size_t b = statistics::bin::atom; b < counts.size(); ++b) {
        n += counts[b];
    }
    return n;
}

/// Ranks of the samples that percentiles of n need, ascending, once each.
std::vector<std::uint64_t> ranks_of(std::span<const double> percentiles,
                                    std::uint64_t n)
{
    std::vector<std::uint64_t> ranks;
    for (const double p : percentiles) {
        const RankOf rank = rank_of(p, n);
        ranks.push_back(rank.below);
        if (rank.part > 0.0) {
            ranks.push_back(rank.below + 1);
        }
    }
    std::sort(ranks.begin(), ranks.end());
    ranks.erase(std::unique(ranks.begin(), ranks.end()), ranks.end());
    return ranks;
}

/// Where the wanted samples are, as the counts say.
std::vector<Search> first_searches(const State& state,
                                   std::span<const std::size_t> cells,
                                   std::span<const double> percentiles,
                                   std::vector<Wanted>& wanted)
{
    std::vector<Search> searches;
    for (const std::size_t cell : cells) {
        const std::uint64_t n = n_valid(state, cell);
        if (n == 0) {
            continue;
        }
        const auto ranks = ranks_of(percentiles, n);
        const auto brackets = statistics::rank_brackets(
            state.plans[cell], state.counts_of(cell), state.sums[cell], ranks);
        for (std::size_t k = 0; k < ranks.size(); ++k) {
            const std::int64_t low = order_of(brackets[k].low);
            const std::int64_t high = order_of(brackets[k].high);
            wanted.push_back({cell, ranks[k], low});
            if (low == high) {
                continue;  // known already
            }
            const bool overlaps = !searches.empty() &&
                                  searches.back().interval.cell == cell &&
                                  searches.back().interval.high >= low;
            if (!overlaps) {
                searches.push_back(
                    {{cell, low, high, brackets[k].n_others, 0}, {}});
            } else if (searches.back().interval.high < high) {
                searches.back().interval.high = high;
                searches.back().interval.n_expected += brackets[k].n_others;
            }
            searches.back().wanted.push_back(wanted.size() - 1);
        }
    }
    return searches;
}

/// The searches that fit the buffer, from the first; what holds too much is
/// to be split.
std::size_t choose_slice(std::vector<Search>& searches, std::uint64_t buffer)
{
    std::uint64_t used = 0;
    std::size_t n = 0;
    for (Search& search : searches) {
        Interval& interval = search.interval;
        interval.is_split = interval.n_expected > buffer / 4 ? 1 : 0;
        const std::uint64_t room =
            interval.is_split != 0 ? n_interval_parts : interval.n_expected;
        if (n > 0 && used + room > buffer) {
            break;
        }
        used += room;
        ++n;
    }
    return n;
}

/// What the samples wanted of a search are, or where they are more narrowly.
void resolve(const Search& search,
             const Found& found,
             std::vector<Wanted>& wanted,
             std::vector<Search>& next)
{
    std::size_t k = 0;
    std::uint64_t n = found.n_below;  // below value, or part, k
    const bool is_split = search.interval.is_split != 0;
    const auto n_at = [&] {
        if (k >= (is_split ? found.n_in_part.size() : found.values.size())) {
            throw ResultError(
                "samples do not lie where they were counted: what was begun "
                "with is damaged");
        }
        return is_split ? found.n_in_part[k] : found.values[k].n;
    };
    for (const std::size_t w : search.wanted) {
        assert(wanted[w].rank >= found.n_below);
        while (n + n_at() <= wanted[w].rank) {
            n += n_at();
            ++k;
        }
        if (!is_split) {
            wanted[w].value = found.values[k].value;
            continue;
        }
        Interval part = part_at(search.interval, static_cast<std::uint32_t>(k));
        part.n_expected = n_at();
        wanted[w].value = part.low;
        if (part.low == part.high) {
            continue;
        }
        if (next.empty() || next.back().interval.cell != part.cell ||
            next.back().interval.low != part.low) {
            next.push_back({part, {}});
        }
        next.back().wanted.push_back(w);
    }
}

// --- Between ranks -----------------------------------------------------------

template <class T>
void append(std::string& bytes, const std::vector<T>& items)
{
    const std::uint64_t n = items.size();
    bytes.append(reinterpret_cast<const char*>(&n), sizeof n);
    bytes.append(reinterpret_cast<const char*>(items.data()), n * sizeof(T));
}

template <class T>
std::vector<T> extract(const std::string& bytes, std::size_t& at)
{
    std::uint64_t n = 0;
    std::memcpy(&n, bytes.data() + at, sizeof n);
    at += sizeof n;
    std::vector<T> items(n);
    std::memcpy(items.data(), bytes.data() + at, n * sizeof(T));
    at += n * sizeof(T);
    return items;
}

/// All ranks' findings, on rank 0.
void reduce(std::vector<Found>& found, const parallel::Communicator& comm)
{
    std::string bytes;
    std::vector<std::uint64_t> numbers;
    for (Found& here : found) {
        numbers.push_back(here.n_below);
        numbers.insert(
            numbers.end(), here.n_in_part.begin(), here.n_in_part.end());
        append(bytes, here.values);
    }
    comm.sum_to_root(std::span(numbers));
    const auto parts = comm.gather(bytes);
    if (!comm.is_root()) {
        return;
    }
    std::vector<std::size_t> at(parts.size(), 0);
    auto number = numbers.begin();
    for (Found& here : found) {
        here.n_below = *number++;
        for (std::uint64_t& n : here.n_in_part) {
            n = *number++;
        }
        here.values.clear();
        for (std::size_t rank = 0; rank < parts.size(); ++rank) {
            const auto values = extract<Repeated>(parts[rank], at[rank]);
            here.values.insert(here.values.end(), values.begin(), values.end());
        }
        compact(here.values);
    }
}

/// A rank's share of the samples: stretches of tiles in turn.
std::vector<SampleRange> share_of(const std::vector<SampleRange>& ranges,
                                  const parallel::Communicator& comm)
{
    constexpr std::uint64_t stretch = 32 * tile_lanes;
    const auto n_ranks = static_cast<std::uint64_t>(comm.size());
    const auto rank = static_cast<std::uint64_t>(comm.rank());
    std::vector<SampleRange> share;
    for (const SampleRange& range : ranges) {
        for (std::uint64_t k = range.begin / stretch; k * stretch < range.end;
             ++k) {
            if (k % n_ranks == rank) {
                share.push_back({std::max(range.begin, k * stretch),
                                 std::min(range.end, (k + 1) * stretch)});
            }
        }
    }
    return share;
}

ExactPercentiles collect(const State& state,
                         std::span<const std::size_t> cells,
                         std::span<const double> percentiles,
                         const std::vector<Wanted>& wanted)
{
    ExactPercentiles out;
    out.cells.assign(cells.begin(), cells.end());
    auto at = wanted.begin();
    for (const std::size_t cell : cells) {
        const std::uint64_t n = n_valid(state, cell);
        if (n == 0) {
            out.value.insert(out.value.end(),
                             percentiles.size(),
                             std::numeric_limits<double>::quiet_NaN());
            continue;
        }
        const auto of_rank = [&](std::uint64_t rank) {
            const auto found =
                std::find_if(at, wanted.end(), [&](const Wanted& w) {
                    return w.cell == cell && w.rank == rank;
                });
            return from_order(found->value);
        };
        for (const double p : percentiles) {
            const RankOf rank = rank_of(p, n);
            const double a = of_rank(rank.below);
            const double b = rank.part > 0.0 ? of_rank(rank.below + 1) : a;
            out.value.push_back(a + rank.part * (b - a));
        }
        while (at != wanted.end() && at->cell == cell) {
            ++at;
        }
    }
    return out;
}

std::vector<std::size_t> cells_where(const CellMap& cells, bool headline)
{
    std::vector<std::size_t> out;
    for (std::size_t cell = 0; cell < cells.first_side_cell(); ++cell) {
        if (cells.is_observed(cell) &&
            (!headline || cells.n_inner_bins(cell) == bins_per_headline_cell)) {
            out.push_back(cell);
        }
    }
    return out;
}

}  // namespace

std::span<const double> ExactPercentiles::of(std::size_t cell) const
{
    const auto at = std::lower_bound(cells.begin(), cells.end(), cell);
    if (at == cells.end() || *at != cell) {
        return {};
    }
    const std::size_t n = value.size() / cells.size();
    return std::span(value).subspan(
        static_cast<std::size_t>(at - cells.begin()) * n, n);
}

std::vector<std::size_t> headline_cells(const CellMap& cells)
{
    return cells_where(cells, true);
}

std::vector<std::size_t> observed_cells(const CellMap& cells)
{
    return cells_where(cells, false);
}

ExactPercentiles exact_percentiles(const Engine& engine,
                                   const CellMap& cells,
                                   const State& state,
                                   std::span<const std::size_t> wanted_cells,
                                   std::span<const double> percentiles,
                                   int n_threads,
                                   const parallel::Communicator& comm,
                                   std::uint64_t buffer_values)
{
    std::vector<Wanted> wanted;
    std::vector<Search> searches;
    if (comm.is_root()) {
        searches = first_searches(state, wanted_cells, percentiles, wanted);
    }
    const auto parts = share_of(broadcast(state.ranges, comm), comm);
    std::uint32_t n_passes = 0;
    for (;; ++n_passes) {
        const std::size_t n = choose_slice(searches, buffer_values);
        std::vector<Interval> intervals;
        for (std::size_t i = 0; i < n; ++i) {
            intervals.push_back(searches[i].interval);
        }
        intervals = broadcast(intervals, comm);
        if (intervals.empty()) {
            break;
        }
        std::vector<Found> found =
            pass_over(engine, cells, intervals, parts, n_threads);
        reduce(found, comm);
        if (!comm.is_root()) {
            continue;
        }
        std::vector<Search> next;
        for (std::size_t i = 0; i < n; ++i) {
            resolve(searches[i], found[i], wanted, next);
        }
        next.insert(next.end(),
                    searches.begin() + static_cast<std::ptrdiff_t>(n),
                    searches.end());
        searches = std::move(next);
    }
    if (!comm.is_root()) {
        return {};
    }
    ExactPercentiles out = collect(state, wanted_cells, percentiles, wanted);
    out.n_passes = n_passes;
    return out;
}

std::uint32_t exact_passes(const State& state,
                           std::span<const std::size_t> wanted_cells,
                           std::span<const double> percentiles,
                           std::uint64_t buffer_values)
{
    std::vector<Wanted> wanted;
    std::vector<Search> searches =
        first_searches(state, wanted_cells, percentiles, wanted);
    std::uint32_t n_passes = 0;
    while (!searches.empty()) {
        const std::size_t n = choose_slice(searches, buffer_values);
        searches.erase(searches.begin(),
                       searches.begin() + static_cast<std::ptrdiff_t>(n));
        ++n_passes;
    }
    return n_passes;
}

}  // namespace hepta::campaign
