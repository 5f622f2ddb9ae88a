#include "counted_cell.hpp"
#include "shapes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace hepta::statistics {
namespace {

Moments moments_of(std::span<const double> values)
{
    const CountedCell cell = count_values(plan_of_first(values), values);
    return moments(cell.plan, cell.counts, cell.sums);
}

/// Number of digits that agree.
double n_digits(double found, double expected)
{
    return -std::log10(
        std::max(std::abs(found - expected) / std::abs(expected), 1e-16));
}

/// NIST StRD NumAcc2, 3, 4: c.2, then c.1 and c.3 by turns, 1,001 in all.
std::vector<double> numacc(double c)
{
    std::vector<double> values = {c + 0.2};
    for (int i = 0; i < 500; ++i) {
        values.push_back(c + 0.1);
        values.push_back(c + 0.3);
    }
    return values;
}

// Source of the certified values: NIST Statistical Reference Datasets,
// https://www.itl.nist.gov/div898/strd/univ/homepage.html
TEST(Moments, MatchTheCertifiedValuesOfNist)
{
    const std::vector<double> numacc1 = {10000001, 10000003, 10000002};

    EXPECT_EQ(moments_of(numacc1).mean, 10000002.0);
    EXPECT_EQ(moments_of(numacc1).standard_deviation, 1.0);
    EXPECT_GT(n_digits(moments_of(numacc(1)).mean, 1.2), 14);
    EXPECT_GT(n_digits(moments_of(numacc(1)).standard_deviation, 0.1), 12);
    EXPECT_GT(n_digits(moments_of(numacc(1e6)).mean, 1000000.2), 14);
    EXPECT_GT(n_digits(moments_of(numacc(1e6)).standard_deviation, 0.1), 9);
    EXPECT_GT(n_digits(moments_of(numacc(1e7)).mean, 10000000.2), 14);
    // As doubles these data have another standard deviation, from the ninth
    // digit on: no program can come closer to the certified one.
    EXPECT_GT(n_digits(moments_of(numacc(1e7)).standard_deviation, 0.1), 8.2);
}

TEST(Moments, OfNumAcc4AreThoseOfItsDoubles)
{
    // Differences to the first are exact, so that plain sums are.
    const auto values = numacc(1e7);
    long double sum = 0, sum_of_squares = 0;
    for (const double x : values) {
        const long double d = x - values[0];
        sum += d;
        sum_of_squares += d * d;
    }
    const auto n = static_cast<long double>(values.size());
    const auto expected = static_cast<double>(
        std::sqrt((sum_of_squares - sum * sum / n) / (n - 1)));

    EXPECT_GT(n_digits(moments_of(values).standard_deviation, expected), 11);
}

TEST(Moments, MatchTwoPassesInLongDouble)
{
    for (const auto& shape : shapes::continuous()) {
        // No moments; beyond the planned range; scales of doubles end.
        if (shape.name == "cauchy" || shape.name == "huge" ||
            shape.name == "small") {
            continue;
        }
        const auto values = shapes::sample(shape, 30'000, 21);
        long double sum = 0;
        for (const double x : values) {
            sum += x;
        }
        const auto n = static_cast<long double>(values.size());
        const long double mean = sum / n;
        long double squares = 0;
        for (const double x : values) {
            squares += (x - mean) * (x - mean);
        }
        const auto sd = static_cast<double>(std::sqrt(squares / (n - 1)));
        const Moments m = moments_of(values);

        EXPECT_EQ(m.n, values.size());
        EXPECT_NEAR(m.mean, static_cast<double>(mean), 1e-9 * sd) << shape.name;
        EXPECT_NEAR(m.standard_deviation, sd, 1e-9 * sd) << shape.name;
        EXPECT_EQ(m.minimum, *std::min_element(values.begin(), values.end()));
        EXPECT_EQ(m.maximum, *std::max_element(values.begin(), values.end()));
    }
}

TEST(Moments, LeaveOutWhatIsNotFinite)
{
    std::vector<double> values = {1.0, 2.0, 3.0, 4.0};
    const CellPlan plan = plan_of_first(values);
    values.insert(values.begin() + 1, {std::nan(""), HUGE_VAL, -HUGE_VAL});
    const CountedCell cell = count_values(plan, values);
    const Moments m = moments(cell.plan, cell.counts, cell.sums);

    EXPECT_EQ(m.n, 4U);
    EXPECT_EQ(m.mean, 2.5);
    EXPECT_EQ(m.maximum, 4.0);
    EXPECT_EQ(cell.counts[bin::invalid], 3U);
}

TEST(Moments, OfNothingAreNaN)
{
    const CountedCell cell = count_values(CellPlan{}, {});
    const Moments m = moments(cell.plan, cell.counts, cell.sums);

    EXPECT_EQ(m.n, 0U);
    EXPECT_TRUE(std::isnan(m.mean) && std::isnan(m.minimum));
}

TEST(Wilson, MatchesPublishedIntervals)
{
    // Source: Newcombe (1998), Statistics in Medicine 17, 857-872, table I,
    // method 3.
    struct Case
    {
        std::uint64_t k, n;
        double lower, upper;
    };
    for (const Case& c : {Case{81, 263, 0.2553, 0.3662},
                          Case{15, 148, 0.0624, 0.1605},
                          Case{0, 20, 0.0, 0.1611},
                          Case{1, 29, 0.0061, 0.1718}}) {
        const Proportion p = wilson(c.k, c.n, 0.95);
        EXPECT_NEAR(p.lower, c.lower, 5e-5);
        EXPECT_NEAR(p.upper, c.upper, 5e-5);
    }
}

TEST(Wilson, LimitsSolveTheScoreEquation)
{
    const double z = 1.959963984540054;
    const std::uint64_t n = 1'000'000;
    for (const std::uint64_t k : {1U, 40U, 500'000U, 999'999U}) {
        const Proportion p = wilson(k, n, 0.95);
        for (const double limit : {p.lower, p.upper}) {
            const double score =
                (p.value - limit) /
                std::sqrt(limit * (1.0 - limit) / static_cast<double>(n));
            EXPECT_NEAR(std::abs(score), z, 1e-6);
        }
    }
}

TEST(Wilson, EndsAtZeroAndOneExactly)
{
    EXPECT_EQ(wilson(0, 1000, 0.95).lower, 0.0);
    EXPECT_EQ(wilson(1000, 1000, 0.95).upper, 1.0);
}

}  // namespace
}  // namespace hepta::statistics
