#include "exact_pass.hpp"

#include "hepta/core/float_order.hpp"
#include "hepta/parallel/threads.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hepta::campaign {
namespace {

/// Fresh values of an interval that a thread holds before it compacts them.
constexpr std::size_t most_fresh = 4096;

/// A cell with intervals, and where these stand.
struct CellOfPass
{
    std::uint32_t row = 0;
    std::size_t first = 0, end = 0;
};

/// The cells of a pass, by scenario and year.
class PassPlan
{
  public:
    PassPlan(const CellMap& cells, std::span<const Interval> intervals)
        : intervals_(intervals),
          n_years_(cells.n_years()),
          cells_(cells.n_scenarios() * cells.n_years())
    {
        for (std::size_t i = 0; i < intervals.size(); ++i) {
            const std::size_t cell = intervals[i].cell;
            auto& here = cells_[cell / cells.n_rows()];
            const auto row = static_cast<std::uint32_t>(cell % cells.n_rows());
            if (here.empty() || here.back().row != row) {
                here.push_back({row, i, i});
            }
            here.back().end = i + 1;
        }
    }

    [[nodiscard]] std::span<const CellOfPass> cells(std::uint32_t scenario,
                                                    std::size_t year) const
    {
        return cells_[scenario * n_years_ + year];
    }
    [[nodiscard]] std::span<const Interval> intervals() const
    {
        return intervals_;
    }

  private:
    std::span<const Interval> intervals_;
    std::size_t n_years_;
    std::vector<std::vector<CellOfPass>> cells_;
};

/// What one thread found.
struct ThreadOfPass
{
    Engine::Worker worker;
    std::vector<Found> found;
    std::vector<std::size_t> n_compact;  ///< values at the last compaction

    void note(const Interval& interval, std::size_t i, std::int64_t value)
    {
        Found& here = found[i];
        if (interval.is_split != 0) {
            ++here.n_in_part[part_of(interval, value)];
            return;
        }
        here.values.push_back({value, 1});
        if (here.values.size() > n_compact[i] + most_fresh) {
            compact(here.values);
            n_compact[i] = here.values.size();
        }
    }

    /// Look at one value of a cell. `n_below` counts, until the end, samples
    /// above the interval before and not above this one.
    void look(const PassPlan& plan, const CellOfPass& cell, double x)
    {
        if (!std::isfinite(x)) {
            return;
        }
        const std::int64_t value = order_of(x);
        const auto intervals = plan.intervals();
        const auto first =
            intervals.begin() + static_cast<std::ptrdiff_t>(cell.first);
        const auto end =
            intervals.begin() + static_cast<std::ptrdiff_t>(cell.end);
        const auto at = std::lower_bound(
            first, end, value, [](const Interval& interval, std::int64_t v) {
                return interval.high < v;
            });
        if (at == end) {
            return;
        }
        const auto i = static_cast<std::size_t>(at - intervals.begin());
        if (value < at->low) {
            ++found[i].n_below;
        } else {
            note(*at, i, value);
        }
    }
};

std::uint64_t n_within(const Found& found)
{
    std::uint64_t n = 0;
    for (const Repeated& value : found.values) {
        n += value.n;
    }
    for (const std::uint64_t part : found.n_in_part) {
        n += part;
    }
    return n;
}

void add(Found& into, const Found& from)
{
    into.n_below += from.n_below;
    into.values.insert(
        into.values.end(), from.values.begin(), from.values.end());
    for (std::size_t k = 0; k < from.n_in_part.size(); ++k) {
        into.n_in_part[k] += from.n_in_part[k];
    }
}

std::vector<Found> empty_found(std::span<const Interval> intervals)
{
    std::vector<Found> found(intervals.size());
    for (std::size_t i = 0; i < intervals.size(); ++i) {
        if (intervals[i].is_split != 0) {
            found[i].n_in_part.assign(n_interval_parts, 0);
        }
    }
    return found;
}

}  // namespace

std::uint32_t part_of(const Interval& interval, std::int64_t value) noexcept
{
    using Wide = statistics::UInt128;
    const Wide width =
        static_cast<Wide>(static_cast<std::uint64_t>(interval.high) -
                          static_cast<std::uint64_t>(interval.low)) +
        1;
    const Wide offset = static_cast<std::uint64_t>(value) -
                        static_cast<std::uint64_t>(interval.low);
    return static_cast<std::uint32_t>(offset * n_interval_parts / width);
}

Interval part_at(const Interval& interval, std::uint32_t part)
{
    using Wide = statistics::UInt128;
    const auto low = static_cast<std::uint64_t>(interval.low);
    const Wide width =
        static_cast<Wide>(static_cast<std::uint64_t>(interval.high) - low) + 1;
    const auto begin = [&](std::uint64_t k) {
        // smallest offset with offset * n / width >= k
        return static_cast<std::uint64_t>((width * k + n_interval_parts - 1) /
                                          n_interval_parts);
    };
    Interval out = interval;
    out.low = static_cast<std::int64_t>(low + begin(part));
    out.high = static_cast<std::int64_t>(low + begin(part + 1) - 1);
    return out;
}

void compact(std::vector<Repeated>& values)
{
    std::sort(values.begin(), values.end());
    std::size_t n = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (n > 0 && values[n - 1].value == values[i].value) {
            values[n - 1].n += values[i].n;
        } else {
            values[n++] = values[i];
        }
    }
    values.resize(n);
}

std::vector<Found> pass_over(const Engine& engine,
                             const CellMap& cells,
                             std::span<const Interval> intervals,
                             std::span<const SampleRange> parts,
                             int n_threads)
{
    const PassPlan plan(cells, intervals);
    std::vector<SampleRange> tiles;
    for (const SampleRange& part : parts) {
        for (std::uint64_t at = part.begin; at < part.end;) {
            const std::uint64_t end =
                std::min(part.end, (at / tile_lanes + 1) * tile_lanes);
            tiles.push_back({at, end});
            at = end;
        }
    }
    std::vector<ThreadOfPass> threads;
    for (int i = 0; i < n_threads; ++i) {
        threads.push_back({engine.make_worker(),
                           empty_found(intervals),
                           std::vector<std::size_t>(intervals.size())});
    }
    parallel::for_each(n_threads, tiles.size(), [&](int id, std::size_t k) {
        ThreadOfPass& thread = threads[static_cast<std::size_t>(id)];
        const std::uint64_t first = tiles[k].begin / tile_lanes * tile_lanes;
        engine.draw(first, thread.worker);
        engine.simulate(
            thread.worker,
            [&](std::uint32_t scenario, std::size_t year, const Tile& outputs) {
                for (const CellOfPass& cell : plan.cells(scenario, year)) {
                    for (std::uint64_t s = tiles[k].begin; s < tiles[k].end;
                         ++s) {
                        thread.look(
                            plan, cell, outputs.row(cell.row)[s - first]);
                    }
                }
            });
    });
    std::vector<Found> total = empty_found(intervals);
    for (std::size_t i = 0; i < intervals.size(); ++i) {
        for (ThreadOfPass& thread : threads) {
            add(total[i], thread.found[i]);
            thread.found[i] = {};
        }
        compact(total[i].values);
    }
    // what lies below an interval lies below, or in, the ones before it
    for (std::size_t i = 1; i < intervals.size(); ++i) {
        if (intervals[i].cell == intervals[i - 1].cell) {
            total[i].n_below += total[i - 1].n_below + n_within(total[i - 1]);
        }
    }
    return total;
}

}  // namespace hepta::campaign
