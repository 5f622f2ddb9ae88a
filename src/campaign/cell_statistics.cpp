#include "hepta/campaign/cell_statistics.hpp"

#include "hepta/campaign/weights.hpp"
#include "hepta/statistics/intervals.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hepta::campaign {

CellStatistics::CellStatistics(const State& state,
                               std::vector<double> percentiles,
                               double confidence)
    : state_(state),
      percentiles_(std::move(percentiles)),
      confidence_(confidence),
      first_coarse_(Replicates::offsets(
          state.plans, std::max(state.replicates.n, state.batches.n)))
{
    if (state.is_weighted()) {
        line_.emplace(weight_line(state));
    }
}

void CellStatistics::percentiles(std::size_t cell,
                                 std::span<statistics::Percentile> out) const
{
    const auto& plan = state_.plans[cell];
    const auto counts = state_.counts_of(cell);
    const auto& sums = state_.sums[cell];
    if (line_) {
        const statistics::WeightedRanks of_cell = ranks(cell);
        std::vector<statistics::WeightedRank> wanted;
        for (const double p : percentiles_) {
            wanted.push_back(of_cell.at(p, confidence_));
        }
        statistics::percentiles(plan, counts, sums, wanted, out);
        return;
    }
    if (state_.replicates.n == 0) {
        statistics::percentiles(
            plan, counts, sums, percentiles_, confidence_, out);
        return;
    }
    std::vector<statistics::RankLimits> limits;
    for (const double p : percentiles_) {
        limits.push_back(statistics::replicate_limits(
            plan, coarse_counts(cell), state_.replicates.n, p, confidence_));
    }
    statistics::percentiles(plan, counts, sums, percentiles_, limits, out);
}

statistics::WeightedRanks CellStatistics::ranks(std::size_t cell) const
{
    const auto coarse =
        std::span(state_.batches.coarse_weights)
            .subspan(first_coarse_[cell],
                     first_coarse_[cell + 1] - first_coarse_[cell]);
    return {state_.plans[cell], coarse, *line_};
}

void CellStatistics::weighted_moments(std::size_t cell, double* out) const
{
    const statistics::WeightedMoments m = statistics::weighted_moments(
        state_.plans[cell],
        std::span(state_.batches.sums)
            .subspan(cell * state_.batches.n, state_.batches.n),
        ranks(cell).valid(),
        *line_,
        confidence_);
    out[0] = m.mean;
    out[1] = m.standard_deviation;
    out[4] = m.mean_limits.lower;
    out[5] = m.mean_limits.upper;
}

void CellStatistics::moments(std::size_t cell, double* out) const
{
    const statistics::Moments m = statistics::moments(
        state_.plans[cell], state_.counts_of(cell), state_.sums[cell]);
    const statistics::Limits limits = mean_limits(cell, m);
    out[0] = m.mean;
    out[1] = m.standard_deviation;
    out[2] = m.minimum;
    out[3] = m.maximum;
    out[4] = limits.lower;
    out[5] = limits.upper;
    if (line_) {
        weighted_moments(cell, out);
    }
}

std::span<const std::uint32_t> CellStatistics::coarse_counts(
    std::size_t cell) const
{
    return std::span(state_.replicates.counts)
        .subspan(first_coarse_[cell],
                 first_coarse_[cell + 1] - first_coarse_[cell]);
}

statistics::Limits CellStatistics::mean_limits(
    std::size_t cell, const statistics::Moments& m) const
{
    const std::uint32_t r = state_.replicates.n;
    if (r == 0 && m.n == 0) {
        return {m.mean, m.mean};
    }
    if (r == 0) {
        const double half = statistics::student_factor(m.n - 1, confidence_) *
                            m.standard_deviation /
                            std::sqrt(static_cast<double>(m.n));
        return {m.mean - half, m.mean + half};
    }
    const auto counts = coarse_counts(cell);
    const std::size_t n_bins = counts.size() / r;
    std::vector<std::uint64_t> n(r);
    for (std::size_t k = 0; k < counts.size(); ++k) {
        // the first of each randomisation is of invalid samples
        n[k / n_bins] += k % n_bins == 0 ? 0 : counts[k];
    }
    return statistics::mean_limits(
        state_.plans[cell],
        std::span(state_.replicates.sums).subspan(cell * r, r),
        n,
        confidence_);
}

}  // namespace hepta::campaign
