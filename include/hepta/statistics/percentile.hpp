/// \file
/// Percentiles, intervals and moments from a cell's integer state.
#pragma once

#include "hepta/statistics/cell.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace hepta::statistics {

/// The counts of one cell: [bin::count(plan.n_inner)].
using Counts = std::span<const std::uint64_t>;

struct Percentile
{
    double value = 0.0;
    double lower = 0.0, upper = 0.0;  ///< confidence limits
    double bracket_low = 0.0;         ///< the value of a full sort lies between
    double bracket_high = 0.0;        ///< these, with certainty
    bool wide = false;                ///< in an open-ended bin
};

/// Ranks of the order statistics that enclose a quantile, from 1: X_(lower)
/// to X_(upper). 0, or more than n, where n is too small to have that limit.
struct RankLimits
{
    std::uint64_t lower = 0, upper = 0;
};

/// Distribution-free limits of the quantile `fraction` (0 < fraction < 1) of
/// n independent samples: with B ~ binomial(n, fraction) and q its quantiles
/// at (1 -+ confidence) / 2, the ranks q_low - 1 and q_high + 1. Exact for
/// n fraction (1 - fraction) <= 1000, else from the normal approximation with
/// continuity and skewness corrections (within one rank).
/// Source: David & Nagaraja (2003), Order Statistics, section 7.1.
[[nodiscard]] RankLimits rank_limits(std::uint64_t n,
                                     double fraction,
                                     double confidence);

/// Percentile p (0 < p < 100) of the valid samples: as of a full sort, linear
/// between the order statistics at rank p/100 (n - 1), these from linear
/// interpolation in their bin, clipped to [minimum, maximum]; the atom is
/// merged in order. Confidence limits from `rank_limits`; infinite where the
/// sample is too small to have one. NaN throughout if there is no valid sample.
[[nodiscard]] Percentile percentile(const CellPlan& plan,
                                    Counts counts,
                                    const MomentSums& sums,
                                    double p,
                                    double confidence);

/// Several percentiles of one cell, in one pass over its bins. `out` is as
/// long as `p`.
void percentiles(const CellPlan& plan,
                 Counts counts,
                 const MomentSums& sums,
                 std::span<const double> p,
                 double confidence,
                 std::span<Percentile> out);

/// The same with other confidence limits: as many as `p`.
void percentiles(const CellPlan& plan,
                 Counts counts,
                 const MomentSums& sums,
                 std::span<const double> p,
                 std::span<const RankLimits> limits,
                 std::span<Percentile> out);

/// Where the sample of a rank lies.
struct RankBracket
{
    double low = 0.0, high = 0.0;  ///< certainly within, both ends included
    std::uint64_t n_others = 0;    ///< samples in its bin besides the atom
};
/// Brackets of the samples of some ranks, from 0, below the number of valid
/// samples, ascending.
[[nodiscard]] std::vector<RankBracket> rank_brackets(
    const CellPlan& plan,
    Counts counts,
    const MomentSums& sums,
    std::span<const std::uint64_t> ranks);

struct Moments
{
    std::uint64_t n = 0;  ///< valid samples
    double mean = 0.0;
    double standard_deviation = 0.0;  ///< n - 1 in the denominator
    double minimum = 0.0, maximum = 0.0;
};
[[nodiscard]] Moments moments(const CellPlan& plan,
                              Counts counts,
                              const MomentSums& sums);

struct Proportion
{
    double value = 0.0, lower = 0.0, upper = 0.0;
};
/// Wilson's interval for k successes of n (0 <= k <= n, n > 0).
/// Source: Wilson (1927), doi:10.1080/01621459.1927.10502953.
[[nodiscard]] Proportion wilson(std::uint64_t k,
                                std::uint64_t n,
                                double confidence);

}  // namespace hepta::statistics
