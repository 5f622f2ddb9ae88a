#include "hepta/statistics/percentile.hpp"

#include "hepta/statistics/weighted.hpp"
#include "order_statistics.hpp"

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace hepta::statistics {
namespace {

/// Binomial variances above which quantiles come from the normal distribution.
constexpr double large_variance = 1000.0;

/// Smallest k with P(B <= k) >= probability.
double binomial_quantile(std::uint64_t n, double fraction, double probability)
{
    namespace math = boost::math;
    const auto trials = static_cast<double>(n);
    const double variance = trials * fraction * (1.0 - fraction);
    if (variance <= large_variance) {
        using Policy = math::policies::policy<math::policies::discrete_quantile<
            math::policies::integer_round_up>>;
        const math::binomial_distribution<double, Policy> b(trials, fraction);
        return math::quantile(b, probability);
    }
    const double z = math::quantile(math::normal(), probability);
    const double skewness = (z * z - 1.0) * (1.0 - 2.0 * fraction) / 6.0;
    return std::ceil(trials * fraction + z * std::sqrt(variance) + skewness -
                     0.5);
}

/// Rank `below`, and part of the way to the next.
Percentile percentile_at(OrderStatistics& sorted,
                         std::uint64_t below,
                         double part,
                         const RankLimits& limits)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const std::uint64_t n = sorted.n();
    // In the order of ranks: neighbours share bins.
    const double lower =
        limits.lower >= 1 ? sorted.at(limits.lower - 1).value : -infinity;
    const OrderStatistic a = sorted.at(below);
    const OrderStatistic b = part > 0.0 ? sorted.at(below + 1) : a;
    const double upper =
        limits.upper <= n ? sorted.at(limits.upper - 1).value : infinity;
    return {
        .value = a.value + part * (b.value - a.value),
        .lower = lower,
        .upper = upper,
        .bracket_low = a.low,
        .bracket_high = b.high,
        .wide = a.wide || b.wide,
    };
}

Percentile percentile_of(OrderStatistics& sorted,
                         double p,
                         const RankLimits& limits)
{
    const double rank = p / 100.0 * static_cast<double>(sorted.n() - 1);
    const auto below = static_cast<std::uint64_t>(rank);
    return percentile_at(
        sorted, below, rank - static_cast<double>(below), limits);
}

/// No percentile of no sample.
constexpr Percentile no_percentile{std::numeric_limits<double>::quiet_NaN(),
                                   std::numeric_limits<double>::quiet_NaN(),
                                   std::numeric_limits<double>::quiet_NaN(),
                                   std::numeric_limits<double>::quiet_NaN(),
                                   std::numeric_limits<double>::quiet_NaN()};

/// The limits of several percentiles, which cost more than a cell's order
/// statistics and are the same for most cells: kept from call to call.
class LimitsOfLastCall
{
  public:
    const std::vector<RankLimits>& of(std::uint64_t n,
                                      std::span<const double> p,
                                      double confidence)
    {
        if (n != n_ || confidence != confidence_ ||
            !std::equal(p.begin(), p.end(), p_.begin(), p_.end())) {
            n_ = n;
            confidence_ = confidence;
            p_.assign(p.begin(), p.end());
            limits_.clear();
            for (const double percent : p) {
                limits_.push_back(rank_limits(n, percent / 100.0, confidence));
            }
        }
        return limits_;
    }

  private:
    std::uint64_t n_ = 0;
    double confidence_ = 0.0;
    std::vector<double> p_;
    std::vector<RankLimits> limits_;
};

}  // namespace

RankLimits rank_limits(std::uint64_t n, double fraction, double confidence)
{
    const double tail = 0.5 * (1.0 - confidence);
    const double low = binomial_quantile(n, fraction, tail);
    const double high = binomial_quantile(n, fraction, 1.0 - tail);
    return {static_cast<std::uint64_t>(std::max(low - 1.0, 0.0)),
            static_cast<std::uint64_t>(high + 1.0)};
}

void percentiles(const CellPlan& plan,
                 Counts counts,
                 const MomentSums& sums,
                 std::span<const double> p,
                 double confidence,
                 std::span<Percentile> out)
{
    const std::uint64_t n = std::accumulate(
        counts.begin() + bin::atom, counts.end(), std::uint64_t{0});
    thread_local LimitsOfLastCall last_call;
    const auto& limits =
        last_call.of(std::max<std::uint64_t>(n, 1), p, confidence);
    percentiles(plan, counts, sums, p, limits, out);
}

void percentiles(const CellPlan& plan,
                 Counts counts,
                 const MomentSums& sums,
                 std::span<const double> p,
                 std::span<const RankLimits> limits,
                 std::span<Percentile> out)
{
    assert(out.size() == p.size() && limits.size() == p.size());
    OrderStatistics sorted(plan, counts, sums);
    if (sorted.n() == 0) {
        std::fill(out.begin(), out.end(), no_percentile);
        return;
    }
    for (std::size_t i = 0; i < p.size(); ++i) {
        out[i] = percentile_of(sorted, p[i], limits[i]);
    }
}

void percentiles(const CellPlan& plan,
                 Counts weights,
                 const MomentSums& sums,
                 std::span<const WeightedRank> wanted,
                 std::span<Percentile> out)
{
    assert(out.size() == wanted.size());
    OrderStatistics sorted(plan, weights, sums);
    if (sorted.n() == 0) {
        std::fill(out.begin(), out.end(), no_percentile);
        return;
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const std::uint64_t rank = std::min(wanted[i].rank, sorted.n() - 1);
        const RankLimits limits{std::min(wanted[i].limits.lower, sorted.n()),
                                wanted[i].limits.upper};
        out[i] = percentile_at(sorted, rank, 0.0, limits);
    }
}

std::vector<RankBracket> rank_brackets(const CellPlan& plan,
                                       Counts counts,
                                       const MomentSums& sums,
                                       std::span<const std::uint64_t> ranks)
{
    OrderStatistics sorted(plan, counts, sums);
    std::vector<RankBracket> brackets;
    for (const std::uint64_t rank : ranks) {
        const OrderStatistic found = sorted.at(rank);
        brackets.push_back({found.low, found.high, sorted.n_others_at(rank)});
    }
    return brackets;
}

Percentile percentile(const CellPlan& plan,
                      Counts counts,
                      const MomentSums& sums,
                      double p,
                      double confidence)
{
    Percentile out;
    percentiles(plan, counts, sums, {&p, 1}, confidence, {&out, 1});
    return out;
}

}  // namespace hepta::statistics
