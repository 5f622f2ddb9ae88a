#include "hepta/campaign/accumulator.hpp"

#include "hepta/campaign/labels.hpp"
#include "hepta/parallel/threads.hpp"
#include "hepta/statistics/observe.hpp"
#include "hepta/statistics/replicates.hpp"
#include "lanes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace hepta::campaign {
namespace {

constexpr std::size_t cells_per_task = 256;

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
      n_batches_(engine.is_weighted() ? n_randomisations : 0),
      n_randomisations_(engine.is_weighted() ? 0 : n_randomisations),
      n_turns_(std::max<std::size_t>(n_randomisations / tile_lanes, 1)),
      bins_(cells.n_cells() * pitch_),
      n_bins_(plans.back().first_bin +
              statistics::bin::count(plans.back().n_inner)),
      counts_(engine.is_weighted() ? 0 : n_bins_),
      block_weights_(engine.is_weighted() ? block_size : 0)
{
    if (n_randomisations > 0) {
        first_coarse_ = Replicates::offsets(plans, n_randomisations);
    }
    for (int i = 0; i < n_threads; ++i) {
        threads_.push_back(
            {engine.make_worker(),
             std::vector(cells.n_cells(), statistics::MomentSums{}),
             std::vector<statistics::LaneSums>(
                 n_randomisations_ > 0 ? n_turns_ * cells.n_cells() : 0),
             std::vector<EventCount>(std::max(n_batches_, 1u) * events_.size() *
                                     cells.n_scenarios()),
             std::vector<double>(events_.size() * tile_lanes),
             {},
             0,
             derived_.first_years.make_workspace(),
             make_derived_counts(
                 derived_, cells.n_scenarios(), std::max(n_batches_, 1u)),
             Batches::empty(n_batches_, cells.n_cells()),
             std::vector<std::uint64_t>(n_batches_ > 0 ? cells.n_cells() : 0)});
    }
}

statistics::TileWeights Accumulator::weights_of(
    const Thread& thread, std::uint64_t first_sample) const
{
    if (n_batches_ == 0) {
        return {};
    }
    return {thread.worker.drawing.weights.data(),
            static_cast<std::uint32_t>(first_sample % n_batches_),
            n_batches_};
}

void Accumulator::keep_weights(Thread& thread,
                               SampleRange range,
                               std::uint64_t block,
                               const statistics::TileWeights& weights)
{
    const WeightedLanes lanes(weights);
    for (std::uint64_t s = range.begin; s < range.end; ++s) {
        const std::size_t lane = s % tile_lanes;
        const std::uint64_t weight = lanes.amount(lane);
        const std::uint64_t rounded = weight >> 12;
        block_weights_[s - block] = weight;
        thread.batches.weights[lanes.batch(lane)] += weight;
        thread.batches.squares[lanes.batch(lane)] +=
            static_cast<statistics::UInt128>(rounded) * rounded;
    }
}

template <class Lanes>
void Accumulator::observe_events(Thread& thread,
                                 std::uint32_t scenario,
                                 std::size_t year,
                                 const Tile& outputs,
                                 std::size_t begin,
                                 std::size_t end,
                                 const Lanes& lanes) const
{
    const std::size_t n_counts = events_.size() * cells_.n_scenarios();
    for (std::size_t e = 0; e < events_.size(); ++e) {
        const Event& event = events_[e];
        double* first_year = thread.first_year.data() + e * tile_lanes;
        if (event.relative && year == 0) {
            std::copy_n(outputs.row(event.row), tile_lanes, first_year);
        }
        if (year != event.year) {
            continue;
        }
        EventCount* counts =
            thread.events.data() + e * cells_.n_scenarios() + scenario;
        for (std::size_t lane = begin; lane < end; ++lane) {
            const Outcome outcome =
                event.outcome(outputs.row(event.row)[lane], first_year[lane]);
            EventCount& count = counts[lanes.batch(lane) * n_counts];
            count.defined += outcome.is_defined ? lanes.amount(lane) : 0;
            count.happened += outcome.happened ? lanes.amount(lane) : 0;
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
    const statistics::BinNumbers bins{
        bins_.data() + cell * pitch_ + (range.begin - block), pitch_};
    const std::uint32_t invalid =
        statistics::observe(engine_.instruction_set(),
                            plans,
                            rows,
                            outputs,
                            lanes,
                            bins,
                            std::span(thread.sums).subspan(cell, rows.size()));
    if (n_batches_ > 0) {
        statistics::observe_weighted(
            engine_.instruction_set(),
            plans,
            rows,
            outputs,
            lanes,
            bins,
            weights_of(thread, first),
            std::span(thread.batches.sums)
                .subspan(cell * n_batches_, rows.size() * n_batches_),
            std::span(thread.n_clamped).subspan(cell, rows.size()));
    }
    return invalid;
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
    const statistics::TileWeights weights = weights_of(thread, first);
    if (n_batches_ > 0) {
        keep_weights(thread, range, block, weights);
    }
    engine_.simulate(
        thread.worker,
        [&](std::uint32_t scenario, std::size_t year, const Tile& outputs) {
            observe(cells_.cell(scenario, year, 0), cells_.rows(year), outputs);
            if (n_batches_ > 0) {
                observe_events(thread,
                               scenario,
                               year,
                               outputs,
                               begin,
                               end,
                               WeightedLanes(weights));
            } else {
                observe_events(
                    thread, scenario, year, outputs, begin, end, EqualLanes{});
            }
            derived_.first_years.observe(
                engine_.instruction_set(), year, outputs, thread.first_years);
            if (year + 1 == cells_.n_years()) {
                count_derived(derived_,
                              thread.first_years,
                              scenario,
                              begin,
                              end,
                              thread.derived,
                              weights);
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
    if (n_batches_ > 0) {
        coarse_weights_.resize(first_coarse_.back());
        totals_.resize(n_bins_);
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
        if (n_batches_ > 0) {
            statistics::count_weighted(
                plans_[cell],
                bins,
                block_weights_.data() + offset,
                range.begin,
                n_batches_,
                totals_.data() + plans_[cell].first_bin,
                coarse_weights_.data() + first_coarse_[cell]);
            continue;
        }
        statistics::count(bins,
                          statistics::bin::count(plans_[cell].n_inner),
                          counts_.data() + plans_[cell].first_bin);
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

}  // namespace hepta::campaign
