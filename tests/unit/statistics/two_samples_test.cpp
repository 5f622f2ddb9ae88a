// Samples of one distribution lie within their standard errors; one with a
// bias of 1 % does not.
#include "hepta/statistics/two_samples.hpp"

#include "counted_cell.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace hepta::statistics {
namespace {

constexpr std::size_t n_samples = 100'000;
constexpr double tolerance = 5.0;  // standard errors

/// Lognormal values of which a fifth is 0, the others `factor` times larger.
std::vector<double> draw(unsigned seed, double factor)
{
    std::mt19937_64 generator(seed);
    std::lognormal_distribution<double> size(3.0, 0.3);
    std::bernoulli_distribution none(0.2);
    std::vector<double> values(n_samples);
    for (double& value : values) {
        value = none(generator) ? 0.0 : factor * size(generator);
    }
    return values;
}

TEST(RankOf, IsThatOfAFullSort)
{
    auto values = draw(1, 1.0);
    const CountedCell cell = count_values(plan_of_first(values), values);
    std::sort(values.begin(), values.end());
    for (const double x : {-1.0, 0.0, 5.0, 12.0, 20.0, 30.0, 1000.0}) {
        const RankOf rank = rank_of(cell.plan, cell.counts, cell.sums, x);
        EXPECT_LT(rank_error(values, x, rank.below), 1e-3) << x;
        EXPECT_LT(rank_error(values, x, rank.up_to), 1e-3) << x;
    }
    const RankOf at_atom = rank_of(cell.plan, cell.counts, cell.sums, 0.0);
    EXPECT_EQ(at_atom.below, 0.0);
    EXPECT_NEAR(at_atom.up_to, 0.2, 0.01);
}

TEST(RankOf, IsTheInverseOfThePercentile)
{
    const auto values = draw(2, 1.0);
    const CountedCell cell = count_values(plan_of_first(values), values);
    for (const double p : {25.0, 50.0, 90.0, 99.0}) {
        const double x =
            percentile(cell.plan, cell.counts, cell.sums, p, 0.95).value;
        EXPECT_NEAR(rank_of(cell.plan, cell.counts, cell.sums, x).below,
                    p / 100.0,
                    2.0 / n_samples)
            << p;
    }
}

TEST(RankOf, CountsWholeNumbersAtTheirValue)
{
    std::vector<double> values(4096);
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = 2020.0 + static_cast<double>(i % 4);
    }
    const CountedCell cell = count_values(plan_of_first(values), values);
    const RankOf rank = rank_of(cell.plan, cell.counts, cell.sums, 2021.0);
    EXPECT_DOUBLE_EQ(rank.below, 0.25);
    EXPECT_DOUBLE_EQ(rank.up_to, 0.5);
}

/// Standard errors between two samples: of the medians and of the means.
std::pair<double, double> distances(double factor)
{
    const auto values_a = draw(3, 1.0);
    const auto values_b = draw(4, factor);
    const CellPlan plan = plan_of_first(values_a);
    const CountedCell a = count_values(plan, values_a);
    const CountedCell b = count_values(plan, values_b);
    const double median = percentile(plan, a.counts, a.sums, 50.0, 0.95).value;
    const double rank = rank_of(plan, b.counts, b.sums, median).below;
    return {standard_errors_between(0.5, n_samples, rank, n_samples),
            standard_errors_between(moments(plan, a.counts, a.sums),
                                    moments(plan, b.counts, b.sums))};
}

TEST(StandardErrors, AreFewBetweenSamplesOfOneDistribution)
{
    const auto [medians, means] = distances(1.0);
    EXPECT_LT(std::fabs(medians), tolerance);
    EXPECT_LT(std::fabs(means), tolerance);
}

TEST(StandardErrors, AreManyWithABiasOfOnePercent)
{
    const auto [medians, means] = distances(1.02);
    EXPECT_GT(std::fabs(medians), tolerance);
    EXPECT_GT(std::fabs(means), tolerance);
}

TEST(StandardErrors, OfConstantsAreNoneOrInfinite)
{
    const Moments one{.n = 10, .mean = 1.0};
    const Moments two{.n = 10, .mean = 2.0};
    EXPECT_EQ(standard_errors_between(one, one), 0.0);
    EXPECT_TRUE(std::isinf(standard_errors_between(one, two)));
    EXPECT_EQ(standard_errors_between(0.0, 10, 0.0, 10), 0.0);
    EXPECT_EQ(standard_errors_between(0.5, 0, 0.1, 10), 0.0);
}

TEST(NormalScore, IsAsFarOutAsStudentsT)
{
    // Abramowitz & Stegun, table 26.10: as rare as 1.959964 and 2.575829
    EXPECT_NEAR(normal_score(2.776, 4), 1.959964, 1e-3);
    EXPECT_NEAR(normal_score(-2.977, 14), -2.575829, 1e-3);
    EXPECT_NEAR(normal_score(3.0, 1e9), 3.0, 1e-6);
    EXPECT_EQ(normal_score(0.0, 14), 0.0);
    EXPECT_LT(normal_score(12.0, 14), 6.0);
}

TEST(JointDegrees, AreThoseOfTheEstimateThatIsKnownLeast)
{
    EXPECT_DOUBLE_EQ(joint_degrees(1.0, 14.0, 0.0, 1e9), 14.0);
    EXPECT_DOUBLE_EQ(joint_degrees(2.0, 14.0, 2.0, 14.0), 28.0);
}

TEST(LimitOfLargest, IsTheQuantileOfTheNormalDistribution)
{
    EXPECT_NEAR(limit_of_largest(1, 0.05), 1.959964, 1e-6);
    EXPECT_NEAR(limit_of_largest(50, 0.05), 3.290527, 1e-6);
}

}  // namespace
}  // namespace hepta::statistics
