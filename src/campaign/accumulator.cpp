#include "hepta/campaign/accumulator.hpp"

#include "hepta/campaign/labels.hpp"
#include "hepta/parallel/threads.hpp"
#include "hepta/statistics/observe.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace hepta::campaign {
namespace {

constexpr std::size_t cells_per_task = 256;

statistics::MomentSums empty_sums()
{
    statistics::MomentSums sums;
    sums.minimum = std::numeric_limits<double>::infinity();
    sums.maximum = -std::numeric_limits<double>::infinity();
    return sums;
}

}  // namespace

Accumulator::Accumulator(const Engine& engine,
                         const config::RunConfig& config,
                         const CellMap& cells,
                         const std::vector<statistics::CellPlan>& plans,
                         std::uint64_t block_size,
                         int n_threads)
    : engine_(engine),
      cells_(cells),
      plans_(plans),
      block_size_(block_size),
      n_threads_(n_threads),
      // one line more than the block: rows a power of two apart would fall
      // into the same cache sets
      pitch_(block_size + tile_lanes),
      bins_(cells.n_cells() * pitch_)
{
    for (const config::EventSpec& event : config.events) {
        events_.push_back(
            {event_row(event, config.model, engine.model().layout()),
             static_cast<std::size_t>(event.year - config.model.first_year),
             event.threshold,
             event.relative_to_first_year,
             event.direction == config::EventSpec::Direction::below});
    }
    const statistics::CellPlan& last = plans.back();
    counts_ = AlignedArray<std::uint32_t>(last.first_bin +
                                          statistics::bin::count(last.n_inner));
    for (int i = 0; i < n_threads; ++i) {
        threads_.push_back(
            {engine.make_worker(),
             std::vector(cells.n_cells(), empty_sums()),
             std::vector<EventCount>(events_.size() * cells.n_scenarios()),
             std::vector<double>(events_.size() * tile_lanes),
             {},
             0});
    }
}

void Accumulator::observe_events(Thread& thread,
                                 std::uint32_t scenario,
                                 std::size_t year,
                                 const Tile& outputs,
                                 std::size_t begin,
                                 std::size_t end) const
{
    for (std::size_t e = 0; e < events_.size(); ++e) {
        const Event& event = events_[e];
        double* first_year = thread.first_year.data() + e * tile_lanes;
        if (event.relative && year == 0) {
            std::copy_n(outputs.row(event.row), tile_lanes, first_year);
        }
        if (year != event.year) {
            continue;
        }
        EventCount& count = thread.events[e * cells_.n_scenarios() + scenario];
        for (std::size_t lane = begin; lane < end; ++lane) {
            const double value = outputs.row(event.row)[lane];
            const double threshold = event.relative
                                         ? event.threshold * first_year[lane]
                                         : event.threshold;
            const bool happened =
                event.below ? value <= threshold : value >= threshold;
            count.defined += std::isfinite(value) ? 1 : 0;
            count.happened += happened ? 1 : 0;
        }
    }
}

void Accumulator::add_tile(Thread& thread,
                           SampleRange range,
                           std::uint64_t block)
{
    const std::uint64_t first = range.begin / tile_lanes * tile_lanes;
    const auto begin = static_cast<std::uint32_t>(range.begin - first);
    const auto end = static_cast<std::uint32_t>(range.end - first);
    std::uint32_t invalid = 0;
    engine_.draw(first, thread.worker);
    engine_.simulate(
        thread.worker,
        [&](std::uint32_t scenario, std::size_t year, const Tile& outputs) {
            const std::size_t cell = cells_.cell(scenario, year, 0);
            const auto rows = cells_.rows(year);
            invalid |= statistics::observe(
                engine_.instruction_set(),
                std::span(plans_).subspan(cell, rows.size()),
                rows,
                outputs,
                {begin, end},
                {bins_.data() + cell * pitch_ + (range.begin - block), pitch_},
                std::span(thread.sums).subspan(cell, rows.size()));
            observe_events(thread, scenario, year, outputs, begin, end);
        });
    for (std::uint32_t lane = begin; lane < end; ++lane) {
        if ((invalid >> lane & 1) != 0) {
            ++thread.n_invalid;
            merge_invalid(thread.invalid, {first + lane});
        }
    }
}

void Accumulator::add(SampleRange range)
{
    const std::uint64_t block = range.begin / block_size_ * block_size_;
    const std::uint64_t first_tile = range.begin / tile_lanes;
    const std::uint64_t end_tile = (range.end + tile_lanes - 1) / tile_lanes;
    parallel::for_each(
        n_threads_, end_tile - first_tile, [&](int thread, std::size_t i) {
            const std::uint64_t tile = (first_tile + i) * tile_lanes;
            add_tile(threads_[static_cast<std::size_t>(thread)],
                     {std::max(range.begin, tile),
                      std::min(range.end, tile + tile_lanes)},
                     block);
        });
    const std::size_t n_tasks =
        (cells_.n_cells() + cells_per_task - 1) / cells_per_task;
    const std::uint64_t offset = range.begin - block;
    const std::uint64_t n_samples = range.end - range.begin;
    parallel::for_each(n_threads_, n_tasks, [&](int, std::size_t task) {
        const std::size_t end =
            std::min(cells_.n_cells(), (task + 1) * cells_per_task);
        for (std::size_t cell = task * cells_per_task; cell < end; ++cell) {
            const std::size_t year = cell / cells_.n_rows() % cells_.n_years();
            if (cells_.is_observed(year, cell % cells_.n_rows())) {
                statistics::count(
                    {bins_.data() + cell * pitch_ + offset, n_samples},
                    counts_.data() + plans_[cell].first_bin);
            }
        }
    });
    n_unflushed_ += n_samples;
    if (n_unflushed_ > std::numeric_limits<std::uint32_t>::max() / 2) {
        flush();
    }
}

void Accumulator::flush()
{
    totals_.resize(
        counts_.size());  // only now: most runs flush once, at the end
    for (std::size_t i = 0; i < counts_.size(); ++i) {
        totals_[i] += counts_[i];
        counts_[i] = 0;
    }
    n_unflushed_ = 0;
}

State Accumulator::take()
{
    flush();
    State state;
    state.plans = plans_;
    state.sums.assign(cells_.n_cells(), empty_sums());
    state.events.resize(events_.size() * cells_.n_scenarios());
    for (Thread& thread : threads_) {
        for (std::size_t cell = 0; cell < state.sums.size(); ++cell) {
            state.sums[cell].add(thread.sums[cell]);
            thread.sums[cell] = empty_sums();
        }
        for (std::size_t e = 0; e < state.events.size(); ++e) {
            state.events[e].happened += thread.events[e].happened;
            state.events[e].defined += thread.events[e].defined;
            thread.events[e] = {};
        }
        state.n_invalid += std::exchange(thread.n_invalid, 0);
        merge_invalid(state.invalid_samples, std::exchange(thread.invalid, {}));
    }
    state.counts = std::exchange(totals_, {});
    return state;
}

}  // namespace hepta::campaign
