/// \file
/// Counting of one rank: blocks of samples into integer state.
#pragma once

#include "hepta/campaign/cells.hpp"
#include "hepta/campaign/derived.hpp"
#include "hepta/campaign/engine.hpp"
#include "hepta/campaign/state.hpp"
#include "hepta/core/tile.hpp"
#include "hepta/statistics/replicates.hpp"
#include "hepta/statistics/weighted.hpp"

#include <cmath>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace hepta::campaign {

/// An event as the accumulator looks for it: a row of outputs in one year.
struct Event
{
    std::uint32_t row = 0;
    std::size_t year = 0;  ///< from the first year
    double threshold = 0.0;
    bool relative = false;  ///< threshold x first year's value
    bool below = true;      ///< value <= threshold, else >=

    /// Defined where both numbers compared are finite.
    [[nodiscard]] Outcome outcome(double value,
                                  double of_first_year) const noexcept
    {
        const double limit = relative ? threshold * of_first_year : threshold;
        if (!std::isfinite(value) || !std::isfinite(limit)) {
            return {};
        }
        return {true, below ? value <= limit : value >= limit};
    }
};

/// \throws InputError as `event_row`
[[nodiscard]] std::vector<Event> events_of(const config::RunConfig& config,
                                           const model::OutputLayout& layout);

/// Adds blocks of samples to counts, sums and events.
///
/// A block is computed tile by tile, threads taking tiles; its bin numbers are
/// then counted cell by cell, threads owning cells. One copy of the counts per
/// rank, however many threads; memory does not grow with the samples.
class Accumulator
{
  public:
    /// `block_size` samples (a multiple of tile_lanes) are counted at once.
    /// With `n_randomisations` (a power of 2) the state has their statistics
    /// too: sample s is of randomisation s mod n_randomisations. Of an engine
    /// whose samples differ in weight these are the batches, at least 2.
    Accumulator(const Engine& engine,
                const CellMap& cells,
                std::vector<Event> events,
                const std::vector<statistics::CellPlan>& plans,
                std::uint64_t block_size,
                int n_threads,
                std::uint32_t n_randomisations = 0,
                DerivedPlan derived = {});

    /// Add the samples of `range`, which lies in one block: begin and end
    /// within [k block_size, (k + 1) block_size].
    void add(SampleRange range);

    /// All that was added, without the ranges; the accumulator is then empty.
    [[nodiscard]] State take();

    /// The same without the counts, for move_counts() to have.
    [[nodiscard]] State take_sums();

    /// Bins of all cells.
    [[nodiscard]] std::size_t n_bins() const noexcept { return n_bins_; }

    /// Hand out the counts of all bins in pieces, `body(first bin, counts)`,
    /// the same pieces on every rank. Each piece's memory is given back before
    /// the next is read.
    void move_counts(
        const std::function<void(std::size_t, std::span<std::uint64_t>)>& body);

  private:
    struct Thread
    {
        Engine::Worker worker;
        std::vector<statistics::MomentSums> sums;
        std::vector<statistics::LaneSums> lane_sums;  ///< [turn][cell]
        std::vector<EventCount> events;               ///< [event][scenario]
        std::vector<double> first_year;               ///< [event][lane]
        std::vector<std::uint64_t> invalid;           ///< smallest indices
        std::uint64_t n_invalid = 0;
        model::FirstYears::Workspace first_years;
        DerivedCounts derived;
        Batches batches;                       ///< but for the coarse weights
        std::vector<std::uint64_t> n_clamped;  ///< [cell], of a weighted run
    };
    /// Rows of outputs, in cells from `cell` on.
    /// \return bit i set: lane i has a value that is not finite
    std::uint32_t observe_cells(Thread& thread,
                                SampleRange range,
                                std::uint64_t block,
                                std::size_t cell,
                                std::span<const std::uint32_t> rows,
                                const Tile& outputs);
    void add_tile(Thread& thread, SampleRange range, std::uint64_t block);
    /// Weights of the tile that the thread has drawn; none in a run whose
    /// samples count the same.
    [[nodiscard]] statistics::TileWeights weights_of(
        const Thread& thread, std::uint64_t first_sample) const;
    void keep_weights(Thread& thread,
                      SampleRange range,
                      std::uint64_t block,
                      const statistics::TileWeights& weights);
    template <class Lanes>
    void observe_events(Thread& thread,
                        std::uint32_t scenario,
                        std::size_t year,
                        const Tile& outputs,
                        std::size_t begin,
                        std::size_t end,
                        const Lanes& lanes) const;
    void count_cells(std::size_t begin, std::size_t end, SampleRange range);
    void flush();
    [[nodiscard]] Replicates take_replicates();
    void take_batches(State& state);

    const Engine& engine_;
    const CellMap& cells_;
    const std::vector<statistics::CellPlan>& plans_;
    std::uint64_t block_size_;
    int n_threads_;
    std::vector<Event> events_;
    DerivedPlan derived_;
    std::size_t pitch_;
    std::uint32_t n_batches_;         ///< of a weighted run, else 0
    std::uint32_t n_randomisations_;  ///< of a run that is not weighted
    std::size_t n_turns_;  ///< tiles until a lane has the same randomisation
    AlignedArray<std::uint16_t> bins_;    ///< [cell][sample of the block]
    std::size_t n_bins_;                  ///< of all cells
    AlignedArray<std::uint32_t> counts_;  ///< since the last flush
    std::uint64_t n_unflushed_ = 0;
    std::vector<std::uint32_t> coarse_counts_;  ///< as Replicates::counts
    std::vector<std::size_t> first_coarse_;     ///< [cell]
    std::vector<std::uint64_t> totals_;
    std::vector<std::uint64_t> block_weights_;   ///< [sample of the block]
    std::vector<std::uint64_t> coarse_weights_;  ///< as Batches has them
    std::vector<Thread> threads_;
};

}  // namespace hepta::campaign
