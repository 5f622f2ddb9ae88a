#include "hepta/statistics/intervals.hpp"

#include "shapes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace hepta::statistics {
namespace {

// Source: NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.6.7.2.
TEST(StudentFactor, MatchesThePublishedTable)
{
    EXPECT_NEAR(student_factor(1, 0.95), 12.706, 5e-4);
    EXPECT_NEAR(student_factor(15, 0.95), 2.131, 5e-4);
    EXPECT_NEAR(student_factor(31, 0.99), 2.744, 5e-4);
    EXPECT_NEAR(student_factor(100, 0.90), 1.660, 5e-4);
    EXPECT_TRUE(std::isinf(student_factor(0, 0.95)));
}

TEST(StudentInterval, IsMeanAndFactorTimesStandardError)
{
    const std::vector<double> values = {2.0, 4.0, 6.0, 8.0};
    const Estimate e = student_interval(values, 0.95);

    EXPECT_EQ(e.value, 5.0);
    // s = sqrt(20 / 3), divided by 2; t(3) = 3.182446
    EXPECT_NEAR(e.upper - e.value, 3.182446 * std::sqrt(20.0 / 3.0) / 2, 1e-6);
    EXPECT_NEAR(e.value - e.lower, e.upper - e.value, 1e-15);
}

TEST(StudentInterval, IsInfiniteForOneValueAndExactForEqualOnes)
{
    const std::vector<double> one = {3.0}, equal = {0.1, 0.1, 0.1};
    const Estimate alone = student_interval(one, 0.95);
    const Estimate same = student_interval(equal, 0.95);

    EXPECT_EQ(alone.value, 3.0);
    EXPECT_TRUE(std::isinf(alone.lower) && std::isinf(alone.upper));
    EXPECT_EQ(same.lower, 0.1);
    EXPECT_EQ(same.upper, 0.1);
    EXPECT_TRUE(std::isnan(student_interval({}, 0.95).value));
}

/// Of 2,000 intervals over R = 16 normal replicates, how many hold 0.
double coverage(double bias_in_standard_errors)
{
    shapes::Generator generator(8);
    std::size_t held = 0;
    std::vector<double> values(16);
    for (int i = 0; i < 2000; ++i) {
        for (double& x : values) {
            x = shapes::normal(generator) + bias_in_standard_errors / 4.0;
        }
        const Estimate e = student_interval(values, 0.95);
        held += e.lower <= 0.0 && 0.0 <= e.upper ? 1 : 0;
    }
    return static_cast<double>(held) / 2000.0;
}

TEST(StudentInterval, HoldsTheMeanAsOftenAsItSays)
{
    const double five_errors = 5.0 * std::sqrt(0.95 * 0.05 / 2000.0);

    EXPECT_NEAR(coverage(0.0), 0.95, five_errors);
    EXPECT_LT(coverage(1.0), 0.95 - five_errors);  // the twin
}

TEST(SimultaneousConfidence, OfOneIntervalIsItsOwn)
{
    EXPECT_NEAR(bonferroni_confidence(0.95, 1), 0.95, 1e-15);
    EXPECT_NEAR(sidak_confidence(0.95, 1), 0.95, 1e-15);
}

TEST(SimultaneousConfidence, OfManyIndependentIntervalsHoldsTogether)
{
    const double each = sidak_confidence(0.9, 31);

    EXPECT_NEAR(std::pow(each, 31), 0.9, 1e-13);
    EXPECT_GT(bonferroni_confidence(0.9, 31), each);
    EXPECT_NEAR(1.0 - 31 * (1.0 - bonferroni_confidence(0.9, 31)), 0.9, 1e-13);
}

TEST(KolmogorovDistance, IsTheLargestGapOfTheSteps)
{
    const std::vector<double> a = {1, 2, 3, 4}, b = {3, 4, 5, 6};
    const std::vector<double> tied = {1, 1, 1, 2};

    EXPECT_EQ(kolmogorov_distance(a, b), 0.5);
    EXPECT_EQ(kolmogorov_distance(b, a), 0.5);
    EXPECT_EQ(kolmogorov_distance(a, a), 0.0);
    EXPECT_EQ(kolmogorov_distance(a, tied), 0.5);
    EXPECT_EQ(kolmogorov_distance({a.data(), 2}, {b.data() + 2, 2}), 1.0);
}

TEST(KolmogorovDistance, EqualsTheSlowDefinition)
{
    shapes::Generator generator(4);
    std::vector<double> a(300), b(200);
    for (auto* values : {&a, &b}) {
        for (double& x : *values) {
            x = std::round(20.0 * shapes::uniform(generator));
        }
        std::sort(values->begin(), values->end());
    }
    double expected = 0.0;
    for (double x = -1.0; x <= 21.0; x += 0.5) {
        const auto share = [x](const std::vector<double>& values) {
            return static_cast<double>(
                       std::upper_bound(values.begin(), values.end(), x) -
                       values.begin()) /
                   static_cast<double>(values.size());
        };
        expected = std::max(expected, std::abs(share(a) - share(b)));
    }

    EXPECT_DOUBLE_EQ(kolmogorov_distance(a, b), expected);
}

TEST(ConvergenceSlope, IsThePowerOfAPowerLaw)
{
    const std::vector<double> n = {64, 256, 1024, 4096, 16384};
    std::vector<double> error;
    for (const double x : n) {
        error.push_back(-3.0 * std::pow(x, -1.5));
    }
    const Estimate slope = convergence_slope(n, error, 0.95);

    EXPECT_NEAR(slope.value, -1.5, 1e-12);
    EXPECT_NEAR(slope.upper, slope.lower, 1e-6);
}

TEST(ConvergenceSlope, MatchesALineFittedByHand)
{
    // log2: x = 0, 1, 2, 3 and y = 0, -1, -1, -2: slope -0.6
    const std::vector<double> n = {1, 2, 4, 8}, error = {1, 0.5, 0.5, 0.25};
    const Estimate slope = convergence_slope(n, error, 0.95);

    EXPECT_NEAR(slope.value, -0.6, 1e-14);
    // residual sum 0.2, 2 degrees, s_xx = 5: s.e. sqrt(0.02), t = 4.302653
    EXPECT_NEAR(slope.upper + 0.6, 4.302653 * std::sqrt(0.02), 1e-6);
}

TEST(ConvergenceSlope, KeepsItsDigitsFarFromOne)
{
    // Logarithms of 693 and -693 that differ by less than 1/1000.
    std::vector<double> n, error;
    for (const double step : {0.0, 1.0, 2.0, 3.0, 4.0}) {
        n.push_back(std::ldexp(1.0 + step / 4096.0, 1000));
        error.push_back(1.0 / n.back());
    }

    EXPECT_NEAR(convergence_slope(n, error, 0.95).value, -1.0, 1e-8);
}

TEST(ConvergenceSlope, IsTheSameInAnyUnitOfTheError)
{
    // Logarithms down to -627, rounded to 6e-14.
    const std::vector<double> n = {1, 3, 10, 40, 100};
    const std::vector<double> error = {1.0, 0.5, 0.25, 0.0625, 0.0625};
    std::vector<double> scaled = error;
    for (double& e : scaled) {
        e = std::ldexp(e, -900);
    }
    const Estimate one = convergence_slope(n, error, 0.95);
    const Estimate other = convergence_slope(n, scaled, 0.95);

    EXPECT_NEAR(other.value, one.value, 1e-12);
    EXPECT_NEAR(other.lower, one.lower, 1e-12);
    EXPECT_NEAR(other.upper, one.upper, 1e-12);
}

TEST(ConvergenceSlope, LeavesOutErrorsOfZero)
{
    const std::vector<double> n = {1, 2, 3, 4}, error = {1.0, 0.5, 0.0, 0.25};

    EXPECT_NEAR(convergence_slope(n, error, 0.95).value, -1.0, 1e-14);
}

}  // namespace
}  // namespace hepta::statistics
