/// \file
/// What an accumulator has added up, as a state.
#include "hepta/campaign/accumulator.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace hepta::campaign {
namespace {

/// 4 MiB of them, two huge pages.
constexpr std::size_t bins_per_piece = std::size_t{1} << 20;

}  // namespace

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

/// Moments of weighted samples are those of their batches together.
void Accumulator::take_batches(State& state)
{
    if (n_batches_ == 0) {
        return;
    }
    state.batches = Batches::empty(n_batches_, cells_.n_cells());
    coarse_weights_.resize(first_coarse_.back());  // a rank may have no block
    state.batches.coarse_weights = std::exchange(coarse_weights_, {});
    for (Thread& thread : threads_) {
        state.batches.add(std::exchange(
            thread.batches, Batches::empty(n_batches_, cells_.n_cells())));
    }
    for (std::size_t cell = 0; cell < state.sums.size(); ++cell) {
        statistics::MomentSums& sums = state.sums[cell];
        sums.sum = 0;
        sums.sum_of_squares = 0;
        sums.n_clamped = 0;
        for (std::size_t r = 0; r < n_batches_; ++r) {
            const auto& of_batch = state.batches.sums[cell * n_batches_ + r];
            sums.sum += of_batch.sum;
            sums.sum_of_squares += of_batch.sum_of_squares;
        }
        for (Thread& thread : threads_) {
            sums.n_clamped += std::exchange(thread.n_clamped[cell], 0);
        }
    }
}

void Accumulator::flush()
{
    totals_.resize(n_bins_);
    for (std::size_t i = 0; i < counts_.size(); ++i) {
        totals_[i] += counts_[i];
    }
    zero_and_release(counts_.data(), counts_.size() * sizeof counts_[0]);
    n_unflushed_ = 0;
}

void Accumulator::move_counts(
    const std::function<void(std::size_t, std::span<std::uint64_t>)>& body)
{
    std::vector<std::uint64_t> piece;
    for (std::size_t first = 0; first < n_bins_; first += bins_per_piece) {
        const std::size_t n = std::min(bins_per_piece, n_bins_ - first);
        piece.assign(n, 0);
        if (!totals_.empty()) {
            std::copy_n(totals_.data() + first, n, piece.data());
        }
        if (counts_.size() > 0) {
            for (std::size_t i = 0; i < n; ++i) {
                piece[i] += counts_[first + i];
            }
            zero_and_release(counts_.data() + first, n * sizeof counts_[0]);
        }
        body(first, piece);
    }
    totals_ = {};
    n_unflushed_ = 0;
}

State Accumulator::take()
{
    State state = take_sums();
    state.counts.resize(n_bins_);
    move_counts([&](std::size_t first, std::span<std::uint64_t> counts) {
        std::copy(counts.begin(),
                  counts.end(),
                  state.counts.begin() + static_cast<std::ptrdiff_t>(first));
    });
    return state;
}

State Accumulator::take_sums()
{
    State state;
    state.plans = plans_;
    state.sums.resize(cells_.n_cells());
    state.events.resize(threads_.front().events.size());
    for (Thread& thread : threads_) {
        for (std::size_t cell = 0; cell < state.sums.size(); ++cell) {
            state.sums[cell].add(thread.sums[cell]);
            thread.sums[cell] = {};
        }
        for (std::size_t e = 0; e < state.events.size(); ++e) {
            state.events[e].happened += thread.events[e].happened;
            state.events[e].defined += thread.events[e].defined;
            thread.events[e] = {};
        }
        state.derived.add(std::exchange(
            thread.derived,
            make_derived_counts(
                derived_, cells_.n_scenarios(), std::max(n_batches_, 1u))));
        state.n_invalid += std::exchange(thread.n_invalid, 0);
        merge_invalid(state.invalid_samples, std::exchange(thread.invalid, {}));
    }
    state.replicates = take_replicates();
    take_batches(state);
    return state;
}

}  // namespace hepta::campaign
