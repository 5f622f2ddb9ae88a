#include "hepta/statistics/percentile.hpp"

#include "counted_cell.hpp"
#include "shapes.hpp"

#include <boost/math/distributions/binomial.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace hepta::statistics {
namespace {

constexpr std::size_t n_samples = 100'000;
constexpr double largest_rank_error = 1e-3;

std::vector<shapes::Shape> all_shapes()
{
    auto all = shapes::continuous();
    const auto floor_share = all[6];
    const auto difference = all[12];
    for (const double p : {0.1, 0.5, 0.9, 0.97, 0.99}) {
        const std::string percent = std::to_string(std::lround(100 * p));
        all.push_back(
            shapes::with_atom(floor_share, 0, p, "share, atom " + percent));
        all.push_back(
            shapes::with_atom(difference, 0, p, "difference, atom " + percent));
    }
    all.push_back(shapes::with_atom(all[0], 4.0, 0.3, "atom in the middle"));
    all.push_back(shapes::with_atom(all[1], 1.0, 0.3, "atom at the top"));
    all.push_back(shapes::with_atom(all[0], 1e6, 0.3, "atom far away"));
    return all;
}

class Bands : public testing::TestWithParam<shapes::Shape>
{
};

INSTANTIATE_TEST_SUITE_P(
    , Bands, testing::ValuesIn(all_shapes()), [](const auto& test) {
        std::string name = test.param.name;
        std::erase_if(name,
                      [](unsigned char c) { return std::isalnum(c) == 0; });
        return name;
    });

TEST_P(Bands, AreWithinOnePerMilleOfRankOfAFullSort)
{
    auto values = shapes::sample(GetParam(), n_samples, 11);
    const CountedCell cell = count_values(plan_of_first(values), values);
    std::sort(values.begin(), values.end());
    const auto bands = cell.bands();
    double largest = 0.0;
    for (std::size_t i = 0; i < bands.size(); ++i) {
        const double p = default_percentiles[i] / 100.0;
        largest = std::max(largest, rank_error(values, bands[i].value, p));
        EXPECT_FALSE(bands[i].wide);
    }
    RecordProperty("largest_rank_error", std::to_string(largest));
    EXPECT_LT(largest, largest_rank_error);
}

TEST_P(Bands, BracketsHoldTheValueOfAFullSort)
{
    auto values = shapes::sample(GetParam(), 20'000, 12);
    const CountedCell cell = count_values(plan_of_first(values), values);
    std::sort(values.begin(), values.end());
    const auto bands = cell.bands();
    for (std::size_t i = 0; i < bands.size(); ++i) {
        const double sorted = sorted_percentile(values, default_percentiles[i]);
        EXPECT_LE(bands[i].bracket_low, sorted);
        EXPECT_GE(bands[i].bracket_high, sorted);
        EXPECT_LE(bands[i].bracket_low, bands[i].value);
        EXPECT_GE(bands[i].bracket_high, bands[i].value);
        EXPECT_LE(bands[i].lower, bands[i].value);
        EXPECT_GE(bands[i].upper, bands[i].value);
    }
}

TEST(RankError, SeesABiasOfOnePercent)
{
    auto values = shapes::sample(shapes::continuous()[0], n_samples, 11);
    const CountedCell cell = count_values(plan_of_first(values), values);
    std::sort(values.begin(), values.end());
    const Percentile p =
        percentile(cell.plan, cell.counts, cell.sums, 50, 0.95);

    // One percent of a standard deviation, which is 1 here.
    EXPECT_GT(rank_error(values, p.value + 0.01, 0.5), largest_rank_error);
}

TEST(Percentile, OfWholeNumbersIsThatOfAFullSort)
{
    shapes::Generator g(4);
    std::vector<double> years(30'000);
    std::vector<double> indicators(30'000);
    for (std::size_t i = 0; i < years.size(); ++i) {
        years[i] = std::round(2037 + 6 * shapes::normal(g));
        indicators[i] = shapes::uniform(g) < 0.37 ? 1.0 : 0.0;
    }
    for (auto* values : {&years, &indicators}) {
        const CountedCell cell = count_values(plan_of_first(*values), *values);
        std::sort(values->begin(), values->end());
        const auto bands = cell.bands();
        for (std::size_t i = 0; i < bands.size(); ++i) {
            EXPECT_EQ(bands[i].value,
                      sorted_percentile(*values, default_percentiles[i]));
        }
    }
}

TEST(Percentile, OfAConstantIsTheConstant)
{
    const std::vector<double> values(5000, 0.1);
    const CountedCell cell = count_values(plan_of_first(values), values);
    for (const Percentile& p : cell.bands()) {
        EXPECT_EQ(p.value, 0.1);
        EXPECT_EQ(p.lower, 0.1);
        EXPECT_EQ(p.upper, 0.1);
        EXPECT_EQ(p.bracket_low, 0.1);
        EXPECT_EQ(p.bracket_high, 0.1);
        EXPECT_FALSE(p.wide);
    }
}

TEST(Percentile, OneAtATimeIsTheSameAsAllAtOnce)
{
    const auto values = shapes::sample(shapes::continuous()[5], 30'000, 8);
    const CountedCell cell = count_values(plan_of_first(values), values);
    const auto bands = cell.bands();
    for (std::size_t i = 0; i < bands.size(); ++i) {
        const Percentile p = percentile(
            cell.plan, cell.counts, cell.sums, default_percentiles[i], 0.95);
        EXPECT_EQ(p.value, bands[i].value);
        EXPECT_EQ(p.lower, bands[i].lower);
        EXPECT_EQ(p.upper, bands[i].upper);
    }
}

TEST(Percentile, InAnOpenEndedBinIsWideAndBracketed)
{
    std::vector<double> values =
        shapes::sample(shapes::continuous()[0], 1024, 8);
    const CellPlan plan = plan_of_first(values);
    for (int i = 0; i < 300; ++i) {
        values.push_back(100.0 + i);
    }
    const CountedCell cell = count_values(plan, values);
    std::sort(values.begin(), values.end());
    const Percentile p =
        percentile(cell.plan, cell.counts, cell.sums, 90, 0.95);

    EXPECT_TRUE(p.wide);
    EXPECT_LE(p.bracket_low, sorted_percentile(values, 90));
    EXPECT_GE(p.bracket_high, sorted_percentile(values, 90));
    EXPECT_LE(p.bracket_high, values.back());
}

TEST(RankBrackets, OfAnAtomAreAsNarrowAsTheCountsAllow)
{
    // The atom shares an outer bin with ten others, five on each side: which
    // of them are below is not known, but not more than ten.
    constexpr double atom = 1e6;
    std::vector<double> values =
        shapes::sample(shapes::continuous()[0], 600, 8);
    values.insert(values.end(), 100, atom);
    const CellPlan plan = plan_of_first(values);
    values.insert(values.end(), 5, atom - 1.0);
    values.insert(values.end(), 5, atom + 1.0);
    values.push_back(1e6 * atom);  // the largest is known exactly
    const CountedCell cell = count_values(plan, values);
    std::vector<std::uint64_t> ranks;
    for (std::uint64_t i = 0; i < 110; ++i) {
        ranks.push_back(600 + i);
    }
    std::sort(values.begin(), values.end());
    const auto found = rank_brackets(cell.plan, cell.counts, cell.sums, ranks);

    ASSERT_EQ(plan.atom, atom);
    ASSERT_EQ(bin_of(plan, atom - 1.0), bin_of(plan, atom + 1.0));
    for (std::uint64_t i = 0; i < 110; ++i) {
        ASSERT_LE(found[i].low, values[ranks[i]]) << i;
        ASSERT_GE(found[i].high, values[ranks[i]]) << i;
        ASSERT_EQ(found[i].low == atom, i >= 10) << i;
        ASSERT_EQ(found[i].high == atom, i < 100) << i;
        ASSERT_EQ(found[i].n_others, 10U);
    }
}

TEST(RankBrackets, OfAnAtomHoldWhatRoundingLeftBesideIt)
{
    const double beside = std::nextafter(1.0, 0.0);
    std::vector<double> values(400, 1.0);
    values.insert(values.end(), 100, beside);
    for (int i = 0; i < 500; ++i) {
        values.push_back(1.0 + 0.002 * (i + 1));
    }
    const CellPlan plan = plan_of_first(values);
    const double edge = bin_edges(plan, bin_of(plan, 1.0 + 1e-9)).upper;
    values.insert(values.end(), 300, 0.5 * (1.0 + edge));
    const CountedCell cell = count_values(plan, values);
    const std::uint64_t ranks[] = {50};
    const auto found = rank_brackets(cell.plan, cell.counts, cell.sums, ranks);

    ASSERT_EQ(bin_of(plan, beside), bin::atom);
    EXPECT_LE(found[0].low, beside);
}

TEST(Percentile, WithoutValidSamplesIsNaN)
{
    const std::vector<double> values(100, std::nan(""));
    const CountedCell cell = count_values(CellPlan{}, values);
    const Percentile p =
        percentile(cell.plan, cell.counts, cell.sums, 50, 0.95);

    EXPECT_EQ(cell.counts[bin::invalid], 100U);
    EXPECT_TRUE(std::isnan(p.value) && std::isnan(p.lower) &&
                std::isnan(p.upper) && std::isnan(p.bracket_low));
}

TEST(Percentile, HasNoUpperLimitFromTooFewSamples)
{
    const auto values = shapes::sample(shapes::continuous()[0], 50, 8);
    const CountedCell cell = count_values(plan_of_first(values), values);
    const Percentile p =
        percentile(cell.plan, cell.counts, cell.sums, 95, 0.95);

    EXPECT_TRUE(std::isinf(p.upper));
    EXPECT_TRUE(std::isfinite(p.lower));
}

TEST(ConfidenceLimits, HoldTheTruthAsOftenAsTheirRanksSay)
{
    constexpr int n_replicates = 300;
    constexpr std::size_t n = 4000;
    constexpr double bias = 0.01;                // in rank
    const auto shape = shapes::continuous()[1];  // uniform: rank = value
    const double p[] = {5, 50, 95};
    int n_held[3] = {};
    int n_held_biased[3] = {};
    for (unsigned i = 0; i < n_replicates; ++i) {
        const auto values = shapes::sample(shape, n, 1000 + i);
        const CountedCell cell = count_values(plan_of_first(values), values);
        Percentile found[3];
        percentiles(cell.plan, cell.counts, cell.sums, p, 0.95, found);
        for (int k = 0; k < 3; ++k) {
            const auto holds = [&](double truth) {
                return found[k].lower <= truth && truth <= found[k].upper;
            };
            n_held[k] += holds(p[k] / 100) ? 1 : 0;
            n_held_biased[k] += holds(p[k] / 100 + bias) ? 1 : 0;
        }
    }
    for (int k = 0; k < 3; ++k) {
        const RankLimits limits = rank_limits(n, p[k] / 100, 0.95);
        const boost::math::binomial b(n, p[k] / 100);
        const double expected = cdf(b, static_cast<double>(limits.upper) - 1) -
                                cdf(b, static_cast<double>(limits.lower) - 1);
        const double five_errors =
            5 * std::sqrt(expected * (1 - expected) / n_replicates);

        EXPECT_NEAR(1.0 * n_held[k] / n_replicates, expected, five_errors);
        EXPECT_LT(1.0 * n_held_biased[k] / n_replicates,
                  expected - five_errors);
    }
}

}  // namespace
}  // namespace hepta::statistics
