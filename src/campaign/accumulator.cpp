#include "hepta/campaign/accumulator.hpp"

#include "hepta/campaign/labels.hpp"
#include "hepta/parallel/threads.hpp"
#include "hepta/statistics/observe.hpp"
#include "hepta/statistics/replicates.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
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

std::vector<Event> events_of(const config::RunConfig& config,
                             const model::OutputLayout& layout)
{
    std::vector<Event> events;
    for (const config::EventSpec& event : config.events) {
        events.push_back(
            {event_row(event, config.model, layout),
             static_cast<std::size_t>(event.year - config.model.first_year),
             event.threshold,
             event.relative_to_first_year,
             event.direction == config::EventSpec::Direction::below});
    }
    return events;
}

Accumulator::Accumulator(const Engine& engine,
                         const CellMap& cells,
                         std::vector<Event> events,
                         const std::vector<statistics::CellPlan>& plans,
                         std::uint64_t block_size,
                         int n_threads,
                         std::uint32_t n_randomisations,
                         DerivedPlan derived)
    : engine_(engine),
      cells_(cells),
      plans_(plans),
      block_size_(block_size),
      n_threads_(n_threads),
      events_(std::move(events)),
      derived_(std::move(derived)),
      // one line more than the block: rows a power of two apart would fall
      // into the same cache sets
      pitch_(block_size + tile_lanes),
      n_randomisations_(n_randomisations),
      n_turns_(std::max<std::size_t>(n_randomisations / tile_lanes, 1)),
      bins_(cells.n_cells() * pitch_)
{
    const statistics::CellPlan& last = plans.back();
    counts_ = AlignedArray<std::uint32_t>(last.first_bin +
                                          statistics::bin::count(last.n_inner));
    if (n_randomisations > 0) {
        first_coarse_ = Replicates::offsets(plans, n_randomisations);
    }
    for (int i = 0; i < n_threads; ++i) {
        threads_.push_back(
            {engine.make_worker(),
             std::vector(cells.n_cells(), empty_sums()),
             std::vector<statistics::LaneSums>(
                 n_randomisations > 0 ? n_turns_ * cells.n_cells() : 0),
             std::vector<EventCount>(events_.size() * cells.n_scenarios()),
             std::vector<double>(events_.size() * tile_lanes),
             {},
             0,
             derived_.first_years.make_workspace(),
             make_derived_counts(derived_, cells.n_scenarios())});
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

std::uint32_t Accumulator::observe_cells(Thread& thread,
                                         SampleRange range,
                                         std::uint64_t block,
                                         std::size_t cell,
                                         std::span<const std::uint32_t> rows,
                                         const Tile& outputs)
{
    const std::uint64_t first = range.begin / tile_lanes * tile_lanes;
    const statistics::LaneRange lanes{
        static_cast<std::uint32_t>(range.begin - first),
        static_cast<std::uint32_t>(range.end - first)};
    const auto plans = std::span(plans_).subspan(cell, rows.size());
    if (n_randomisations_ > 0) {
        const std::size_t turn = first / tile_lanes % n_turns_;
        statistics::observe_replicates(
            engine_.instruction_set(),
            plans,
            rows,
            outputs,
            lanes,
            std::span(thread.lane_sums)
                .subspan(turn * cells_.n_cells() + cell, rows.size()));
    }
    return statistics::observe(
        engine_.instruction_set(),
        plans,
        rows,
        outputs,
        lanes,
        {bins_.data() + cell * pitch_ + (range.begin - block), pitch_},
        std::span(thread.sums).subspan(cell, rows.size()));
}

void Accumulator::add_tile(Thread& thread,
                           SampleRange range,
                           std::uint64_t block)
{
    const std::uint64_t first = range.begin / tile_lanes * tile_lanes;
    const auto begin = static_cast<std::uint32_t>(range.begin - first);
    const auto end = static_cast<std::uint32_t>(range.end - first);
    std::uint32_t invalid = 0;
    const auto observe = [&](std::size_t cell,
                             std::span<const std::uint32_t> rows,
                             const Tile& outputs) {
        invalid |= observe_cells(thread, range, block, cell, rows, outputs);
    };
    engine_.draw(first, thread.worker);
    engine_.simulate(
        thread.worker,
        [&](std::uint32_t scenario, std::size_t year, const Tile& outputs) {
            observe(cells_.cell(scenario, year, 0), cells_.rows(year), outputs);
            observe_events(thread, scenario, year, outputs, begin, end);
            derived_.first_years.observe(
                engine_.instruction_set(), year, outputs, thread.first_years);
            if (year + 1 == cells_.n_years()) {
                count_derived(derived_,
                              thread.first_years,
                              scenario,
                              begin,
                              end,
                              thread.derived);
            }
        });
    engine_.evaluate_side(thread.worker);
    observe(cells_.first_side_cell(), cells_.side_rows(), thread.worker.side);
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
    if (n_randomisations_ > 0) {
        coarse_counts_.resize(first_coarse_.back());
    }
    const std::size_t n_tasks =
        (cells_.n_cells() + cells_per_task - 1) / cells_per_task;
    parallel::for_each(n_threads_, n_tasks, [&](int, std::size_t task) {
        const std::size_t begin = task * cells_per_task;
        count_cells(
            begin, std::min(cells_.n_cells(), begin + cells_per_task), range);
    });
    n_unflushed_ += range.end - range.begin;
    if (n_unflushed_ > std::numeric_limits<std::uint32_t>::max() / 2) {
        flush();
    }
}

void Accumulator::count_cells(std::size_t begin,
                              std::size_t end,
                              SampleRange range)
{
    const std::uint64_t offset = range.begin % block_size_;
    for (std::size_t cell = begin; cell < end; ++cell) {
        if (!cells_.is_observed(cell)) {
            continue;
        }
        const std::span<const std::uint16_t> bins(
            bins_.data() + cell * pitch_ + offset, range.end - range.begin);
        statistics::count(bins, counts_.data() + plans_[cell].first_bin);
        if (n_randomisations_ > 0) {
            statistics::count_replicates(
                plans_[cell],
                bins,
                range.begin,
                n_randomisations_,
                coarse_counts_.data() + first_coarse_[cell]);
        }
    }
}

Replicates Accumulator::take_replicates()
{
    Replicates out;
    out.n = n_randomisations_;
    if (out.n == 0) {
        return out;
    }
    coarse_counts_.resize(first_coarse_.back());  // a rank may have no block
    out.counts = std::exchange(coarse_counts_, {});
    const std::size_t n_cells = cells_.n_cells();
    out.sums.assign(n_cells * out.n, 0);
    for (Thread& thread : threads_) {
        for (std::size_t i = 0; i < thread.lane_sums.size(); ++i) {
            const std::size_t turn = i / n_cells;
            statistics::LaneSums& sums = thread.lane_sums[i];
            for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
                const std::size_t r = (turn * tile_lanes + lane) % out.n;
                out.sums[i % n_cells * out.n + r] +=
                    (static_cast<statistics::Int128>(sums.high[lane]) << 26) +
                    sums.low[lane];
            }
            sums = {};
        }
    }
    // each q was added with 2^51
    const auto offsets = Replicates::offsets(plans_, out.n);
    for (std::size_t cell = 0; cell < n_cells; ++cell) {
        const std::uint32_t n_bins =
            statistics::coarse::count(plans_[cell].n_inner);
        for (std::uint32_t r = 0; r < out.n; ++r) {
            const auto first = out.counts.begin() +
                               static_cast<std::ptrdiff_t>(
                                   offsets[cell] + std::size_t{r} * n_bins);
            const std::uint64_t n_valid =
                std::accumulate(first + 1, first + n_bins, std::uint64_t{0});
            out.sums[cell * out.n + r] -=
                static_cast<statistics::Int128>(n_valid) << 51;
        }
    }
    return out;
}

void Accumulator::flush()
{
    totals_.resize(
        counts_.size());  // only now: most runs flush once, at the end
    for (std::size_t i = 0; i < counts_.size(); ++i) {
        totals_[i] += std::exchange(counts_[i], 0);
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
        state.derived.add(
            std::exchange(thread.derived,
                          make_derived_counts(derived_, cells_.n_scenarios())));
        state.n_invalid += std::exchange(thread.n_invalid, 0);
        merge_invalid(state.invalid_samples, std::exchange(thread.invalid, {}));
    }
    state.counts = std::exchange(totals_, {});
    state.replicates = take_replicates();
    return state;
}

}  // namespace hepta::campaign
