/// \file
/// Statistics of samples of different weight: importance sampling.
///
/// A weight is an integer in units of 2^-32, so that a bin's sum of weights is
/// exact in any order, and counts in its bin as that many samples would.
#pragma once

#include "hepta/core/instruction_set.hpp"
#include "hepta/core/tile.hpp"
#include "hepta/statistics/observe.hpp"
#include "hepta/statistics/percentile.hpp"
#include "hepta/statistics/replicates.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hepta::statistics {

inline constexpr double weight_of_one = 0x1p32;

/// The plan with larger steps of q (see CellPlan), 2^22 to 2^23 in half the
/// range of the pilot's finite values or, if that is more, in a part 2^-8 of
/// their middle: weights need the room.
[[nodiscard]] CellPlan for_weights(CellPlan plan,
                                   std::span<const double> pilot) noexcept;

/// Exact sums over samples of weight times q, clamped to +-2^31, and weight
/// times q^2. \note exact up to 2^34 samples of weight 1 and the largest |q|,
/// 2^50 of the pilot's
struct WeightedSums
{
    Int128 sum = 0;
    UInt128 sum_of_squares = 0;
};

/// The weights of a tile's lanes; lane i is of batch (first_batch + i) mod
/// n_batches.
struct TileWeights
{
    const std::uint64_t* weights = nullptr;  ///< [tile_lanes], below 2^63
    std::uint32_t first_batch = 0;
    std::uint32_t n_batches = 0;  ///< a power of 2
};

/// After `observe` of the same rows and lanes, whose bin numbers it looks at:
/// add row `rows[k]` to `sums` [cell][batch]. Values that are not finite are
/// left out. `n_clamped` [cell] counts samples whose q was clamped.
/// Bits do not depend on the instruction set.
void observe_weighted(InstructionSet set,
                      std::span<const CellPlan> plans,
                      std::span<const std::uint32_t> rows,
                      const Tile& outputs,
                      LaneRange lanes,
                      BinNumbers bins,
                      const TileWeights& weights,
                      std::span<WeightedSums> sums,
                      std::span<std::uint64_t> n_clamped);

/// Add the weights of one cell's samples to its bins, and to the coarse bins
/// [batch][coarse bin] of their batches; the first sample is of batch
/// `first_sample` mod n_batches. \param weights  as many as `bins`
void count_weighted(const CellPlan& plan,
                    std::span<const std::uint16_t> bins,
                    const std::uint64_t* weights,
                    std::uint64_t first_sample,
                    std::uint32_t n_batches,
                    std::uint64_t* counts,
                    std::uint64_t* coarse_weights) noexcept;

/// Batches of samples, and sums over them held against their weights, whose
/// mean is known to be 1.
///
/// A sum over samples of weight times x estimates N E x. With y_r and w_r the
/// sums of a batch over its number of samples, the estimate of E x is the
/// regression line of y_r over w_r, at w = 1: the mean weight is a control
/// variate. That is the mean of w x where x and w vary apart, as in the tail
/// that a tilt looks for, and sum(w x) / sum(w) where they vary together.
/// Limits are Student's of the line, R - 2 degrees of freedom.
/// Source: Hesterberg & Nelson (1998), doi:10.1287/mnsc.44.9.1295.
class WeightLine
{
  public:
    /// \param n_samples       of each batch
    /// \param weights         their sums, as many
    /// \param sum_of_squares  of all samples' weights
    WeightLine(std::vector<double> n_samples,
               std::vector<double> weights,
               double sum_of_squares);

    [[nodiscard]] std::size_t n_batches() const noexcept { return n_.size(); }
    [[nodiscard]] double n_samples() const noexcept { return n_samples_; }
    /// Sum of all weights less the number of samples.
    [[nodiscard]] double excess() const noexcept
    {
        return weight_ - n_samples_;
    }
    /// Independent samples of equal weight that would know a mean as well:
    /// (sum w)^2 / sum w^2. Source: Kish (1965), Survey Sampling.
    [[nodiscard]] double effective_samples() const noexcept;

    /// Of sums by batch: slope of the line, its value at 1, and the variance of
    /// that value. With fewer than three batches, or one without samples, the
    /// slope is that of sum(w x) / sum(w) and the variance infinite.
    [[nodiscard]] double slope(std::span<const double> sums) const;
    [[nodiscard]] double value(std::span<const double> sums) const;
    [[nodiscard]] double variance(std::span<const double> sums) const;
    /// From the value to its limits, in standard errors.
    [[nodiscard]] double factor(double confidence) const;

  private:
    [[nodiscard]] double total(std::span<const double> sums) const;

    std::vector<double> n_;
    std::vector<double> x_;  ///< mean weight of each batch
    double n_samples_ = 0.0, weight_ = 0.0, sum_of_squares_ = 0.0;
    double mean_x_ = 0.0, sxx_ = 0.0;
    bool is_usable_ = false;
};

/// Where a percentile lies among samples that count by their weights, in units
/// of 2^-32; the limits as those of `rank_limits`.
struct WeightedRank
{
    std::uint64_t rank = 0;
    RankLimits limits;
};

/// Ranks of one cell's percentiles from its coarse weights.
class WeightedRanks
{
  public:
    /// \param coarse_weights  [batch][coarse bin]
    /// \param line            must outlive it
    WeightedRanks(const CellPlan& plan,
                  std::span<const std::uint64_t> coarse_weights,
                  const WeightLine& line);

    /// Weights of valid samples by batch, of 1.
    [[nodiscard]] std::span<const double> valid() const noexcept;

    /// The rank r at which the weights below estimate p/100 of the valid ones,
    /// as WeightLine does: sum_{below r} w - slope (sum w - N) = p/100 sum w
    /// with the slope at r. Between the ends of a coarse bin each batch's
    /// weight is interpolated, and the limits are widened by what this hides.
    [[nodiscard]] WeightedRank at(double p, double confidence) const;

  private:
    struct Place
    {
        std::size_t bin = 0;
        double part = 0.0;
    };
    [[nodiscard]] Place place_of(double weight) const;
    [[nodiscard]] std::span<const double> below(std::size_t bin) const noexcept;
    /// By batch: weights below a place less `fraction` of the valid ones.
    [[nodiscard]] std::vector<double> excess_below(const Place& place,
                                                   double fraction) const;

    const WeightLine& line_;
    std::size_t n_bins_ = 0;      ///< coarse ones that lie in order
    std::vector<double> below_;   ///< [coarse bin and one more][batch]
    std::vector<double> totals_;  ///< the same over all batches
};

/// Percentiles at given ranks, as of samples that stand there as often as they
/// weigh. `out` is as long as `wanted`.
void percentiles(const CellPlan& plan,
                 Counts weights,
                 const MomentSums& sums,
                 std::span<const WeightedRank> wanted,
                 std::span<Percentile> out);

struct WeightedMoments
{
    double mean = 0.0;
    double standard_deviation = 0.0;
    Limits mean_limits;
};
/// \param sums   of the batches
/// \param valid  weights of their valid samples; NaN throughout if all are 0
[[nodiscard]] WeightedMoments weighted_moments(
    const CellPlan& plan,
    std::span<const WeightedSums> sums,
    std::span<const double> valid,
    const WeightLine& line,
    double confidence);

/// Share of what happened in what is defined, sums of weights (of 1) by batch.
/// Where nothing, or all, happened: Wilson's limits of as many samples as are
/// effective. NaN where nothing is defined.
[[nodiscard]] Proportion weighted_proportion(const WeightLine& line,
                                             std::span<const double> happened,
                                             std::span<const double> defined,
                                             double confidence);

}  // namespace hepta::statistics
