#include "counted_cell.hpp"
#include "hepta/statistics/intervals.hpp"
#include "hepta/statistics/weighted.hpp"
#include "shapes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace hepta::statistics {
namespace {

constexpr std::uint32_t n_batches = 16;

/// Percentile p of values that weigh, counted as the engine counts them.
struct Found
{
    WeightedRank rank;
    Percentile percentile;
};

Found weighted_percentile(const std::vector<double>& values,
                          const std::vector<double>& weights,
                          double p)
{
    const CountedCell cell = count_values(plan_of_first(values), values);
    std::vector<std::uint16_t> bins;
    std::vector<std::uint64_t> fixed;
    std::vector<double> n(n_batches), sums(n_batches);
    double squares = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        bins.push_back(
            static_cast<std::uint16_t>(bin_of(cell.plan, values[i])));
        fixed.push_back(static_cast<std::uint64_t>(weights[i] * weight_of_one));
        n[i % n_batches] += 1.0;
        sums[i % n_batches] += weights[i];
        squares += weights[i] * weights[i];
    }
    const std::uint32_t n_inner = cell.plan.n_inner;
    std::vector<std::uint64_t> counts(bin::count(n_inner)),
        coarse(n_batches * coarse::count(n_inner));
    count_weighted(cell.plan,
                   bins,
                   fixed.data(),
                   0,
                   n_batches,
                   counts.data(),
                   coarse.data());
    const WeightLine line(n, sums, squares);
    Found found;
    found.rank = WeightedRanks(cell.plan, coarse, line).at(p, 0.95);
    percentiles(
        cell.plan, counts, cell.sums, {&found.rank, 1}, {&found.percentile, 1});
    return found;
}

TEST(WeightedRanks, OfEqualWeightsAreThoseOfTheSamples)
{
    constexpr std::size_t n = 16'384;
    const auto values = shapes::sample(shapes::continuous()[0], n, 6);
    const std::vector<double> ones(n, 1.0);
    for (const double p : {2.5, 50.0, 97.5}) {
        const WeightedRank rank = weighted_percentile(values, ones, p).rank;
        const double below = static_cast<double>(rank.rank) * 0x1p-32;
        const double half =
            0.5 * 0x1p-32 *
            static_cast<double>(rank.limits.upper - rank.limits.lower);
        // Student's, 14 degrees of freedom, of the binomial's deviation, which
        // 16 batches know to a fifth.
        const double share = p / 100.0;
        const double expected = student_factor(n_batches - 2, 0.95) *
                                std::sqrt(share * (1.0 - share) * n);

        EXPECT_NEAR(below, share * n, 1e-6);
        EXPECT_NEAR(half, expected, 0.9 * expected);
        EXPECT_LT(rank.limits.lower, rank.rank);
        EXPECT_GT(rank.limits.upper, rank.rank);
    }
}

TEST(WeightedRanks, OfATiltedNormalGiveThePublishedScores)
{
    // Drawn about 2, weighed back to 0. Source of the scores: Abramowitz &
    // Stegun (1964), table 26.5.
    constexpr double shift = 2.0;
    shapes::Generator generator(7);
    std::vector<double> values, weights;
    for (int i = 0; i < 1 << 16; ++i) {
        values.push_back(shift + shapes::normal(generator));
        weights.push_back(std::exp(shift * (0.5 * shift - values.back())));
    }
    const auto error_of = [&](double p, double score) {
        const Percentile found =
            weighted_percentile(values, weights, p).percentile;
        const double standard_error = 0.5 * (found.upper - found.lower) /
                                      student_factor(n_batches - 2, 0.95);
        return std::abs(found.value - score) / standard_error;
    };

    EXPECT_LT(error_of(97.5, 1.9599640), 5.0);
    EXPECT_LT(error_of(99.0, 2.3263479), 5.0);
    EXPECT_GT(error_of(99.0, 0.99 * 2.3263479), 5.0);  // the twin
}

TEST(WeightedRanks, OfNothingAreZero)
{
    const std::vector<double> values(64, std::nan(""));
    const std::vector<double> ones(64, 1.0);
    const Found found = weighted_percentile(values, ones, 50.0);

    EXPECT_EQ(found.rank.rank, 0U);
    EXPECT_TRUE(std::isnan(found.percentile.value));
}

}  // namespace
}  // namespace hepta::statistics
