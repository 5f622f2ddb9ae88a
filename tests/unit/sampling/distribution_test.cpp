#include "hepta/sampling/distribution.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace hepta::sampling {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(Quantile, OfTheNormalIsThePublishedScore)
{
    const Normal standard;
    EXPECT_DOUBLE_EQ(quantile(standard, 0.975), 1.959963984540054);
    EXPECT_DOUBLE_EQ(quantile(standard, 0.95), 1.6448536269514722);
    EXPECT_DOUBLE_EQ(quantile(standard, 1e-10), -6.3613409024040562);
    EXPECT_DOUBLE_EQ(quantile(Normal{3.0, 2.0}, 0.5), 3.0);
}

TEST(Quantile, OfTheUniformIsLinear)
{
    EXPECT_DOUBLE_EQ(quantile(Uniform{-2.0, 5.0}, 0.25), -0.25);
    EXPECT_DOUBLE_EQ(quantile(Uniform{4.0, 4.0}, 0.3), 4.0);
}

TEST(Quantile, OfTheTriangularInvertsItsTwoParabolas)
{
    const Triangular d{1.0, 2.0, 4.0};
    // F(x) = (x - 1)^2 / 3 up to the mode, 1 - (4 - x)^2 / 6 beyond.
    EXPECT_DOUBLE_EQ(quantile(d, 0.5 * 0.5 / 3.0), 1.5);
    EXPECT_DOUBLE_EQ(quantile(d, 1.0 / 3.0), 2.0);
    EXPECT_DOUBLE_EQ(quantile(d, 1.0 - 1.0 / 6.0), 3.0);
    EXPECT_DOUBLE_EQ(quantile(Triangular{3.0, 3.0, 3.0}, 0.7), 3.0);
}

TEST(Quantile, OfTheLognormalKeepsAllThreeNumbersOfItsFile)
{
    const double z95 = 1.6448536269514722;
    const Lognormal d{1400.0,
                      std::log(1400.0 / 800.0) / z95,
                      std::log(2500.0 / 1400.0) / z95};
    EXPECT_NEAR(quantile(d, 0.05), 800.0, 1e-9);
    EXPECT_DOUBLE_EQ(quantile(d, 0.5), 1400.0);
    EXPECT_NEAR(quantile(d, 0.95), 2500.0, 1e-9);
}

TEST(Quantile, OfTheTruncatedNormalStaysWithinItsBounds)
{
    const TruncatedNormal symmetric{2.0, 1.0, 1.0, 3.0};
    EXPECT_NEAR(quantile(symmetric, 0.5), 2.0, 1e-15);
    EXPECT_NEAR(quantile(symmetric, 1e-16), 1.0, 1e-15);
    EXPECT_NEAR(quantile(symmetric, 1.0 - 1e-16), 3.0, 1e-15);
    // The half normal: the median is the score of 3/4.
    const TruncatedNormal half{0.0, 2.0, 0.0, infinity};
    EXPECT_NEAR(quantile(half, 0.5), 2.0 * 0.67448975019608174, 1e-14);
}

TEST(Quantile, OfATruncatedNormalFarOutHasTheExponentialLimit)
{
    // Beyond a >> 1 the excess is exponential of rate a + 1/a - O(a^-3).
    const double a = 30.0;
    const TruncatedNormal upper{0.0, 1.0, a, infinity};
    const TruncatedNormal lower{0.0, 1.0, -infinity, -a};
    const double median = quantile(upper, 0.5);
    EXPECT_NEAR((median - a) * a, std::log(2.0), 2e-3);
    EXPECT_DOUBLE_EQ(quantile(lower, 0.5), -median);
}

TEST(Quantile, OfTheBetaHasClosedFormsAtShapeOne)
{
    // F(x) = x^3, and F(x) = 1 - (1 - x)^5.
    EXPECT_NEAR(quantile(Beta{3.0, 1.0, 0.0, 2.0}, 0.125), 1.0, 1e-15);
    EXPECT_NEAR(
        quantile(Beta{1.0, 5.0, -1.0, 1.0}, 1.0 - 1.0 / 32.0), 0.0, 1e-14);
}

TEST(Quantile, OfTheDiscreteJumpsAtTheCumulativeWeights)
{
    const Discrete d{{1.0, 2.0, 5.0}, {0.5, 0.25, 0.25}};
    EXPECT_EQ(quantile(d, 0.5), 1.0);
    EXPECT_EQ(quantile(d, std::nextafter(0.5, 1.0)), 2.0);
    EXPECT_EQ(quantile(d, 0.75), 2.0);
    EXPECT_EQ(quantile(d, 0.999), 5.0);
}

TEST(Quantile, OfTheEmpiricalIsLinearBetweenItsRows)
{
    const Empirical d{{0.0, 0.2, 0.9, 1.0}, {0.0, 3.0, 4.0, 9.0}};
    EXPECT_DOUBLE_EQ(quantile(d, 0.1), 1.5);
    EXPECT_DOUBLE_EQ(quantile(d, 0.2), 3.0);
    EXPECT_DOUBLE_EQ(quantile(d, 0.55), 3.5);
    EXPECT_DOUBLE_EQ(quantile(d, 0.95), 6.5);
}

TEST(Pert, HasTheMeanOfMalcolm)
{
    // (low + 4 mode + high) / 6; the mean of a beta is alpha/(alpha + beta).
    const Beta d = pert(10.0, 12.0, 20.0);
    const double mean = d.low + (d.high - d.low) * d.alpha / (d.alpha + d.beta);
    EXPECT_DOUBLE_EQ(mean, (10.0 + 4.0 * 12.0 + 20.0) / 6.0);
    EXPECT_DOUBLE_EQ(d.alpha + d.beta, 6.0);
}

TEST(Pert, OfOnePointIsThatPoint)
{
    EXPECT_EQ(quantile(pert(3.0, 3.0, 3.0), 0.9), 3.0);
}

TEST(Central, IsTheNumberOfTheFile)
{
    EXPECT_EQ(central(Fixed{4.5}), 4.5);
    EXPECT_EQ(central(Normal{3.0, 0.5}), 3.0);
    EXPECT_EQ(central(Lognormal{2.0, 0.3, 0.6}), 2.0);
    EXPECT_EQ(central(Triangular{1.0, 1.5, 4.0}), 1.5);
    EXPECT_DOUBLE_EQ(central(pert(10.0, 12.0, 20.0)), 12.0);
    EXPECT_DOUBLE_EQ(central(pert(10.0, 10.0, 20.0)), 10.0);
    EXPECT_DOUBLE_EQ(central(pert(10.0, 20.0, 20.0)), 20.0);
    EXPECT_DOUBLE_EQ(central(Uniform{1.0, 2.0}), 1.5);
}

TEST(Central, OfABetaThatIsNoPertIsItsMedian)
{
    EXPECT_NEAR(central(Beta{3.0, 1.0, 0.0, 1.0}), std::cbrt(0.5), 1e-15);
    // The exponents of a PERT sum to 6, but neither is below 1.
    for (const Beta& d : {Beta{0.5, 5.5, 0.0, 1.0}, Beta{5.5, 0.5, 0.0, 1.0}}) {
        EXPECT_EQ(central(d), quantile(d, 0.5));
    }
}

}  // namespace
}  // namespace hepta::sampling
