// The law of total variance, against sums by hand and against a linear model.
#include "hepta/statistics/variance_split.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace hepta::statistics {
namespace {

using Doubles = std::vector<double>;

TEST(VarianceSplit, OfTwoClassesByHand)
{
    // class 0: 1, 3 (mean 2); class 1: 5, 11 (mean 8); mean 5
    const Doubles x = {0.0, 1.0, 0.0, 1.0};
    const Doubles y = {1.0, 5.0, 3.0, 11.0};
    const VarianceSplit split = split_variance(x, y, 8);
    EXPECT_DOUBLE_EQ(split.total, (16.0 + 0.0 + 4.0 + 36.0) / 4.0);
    EXPECT_DOUBLE_EQ(split.between, 9.0);
    EXPECT_DOUBLE_EQ(split.within, (1.0 + 1.0 + 9.0 + 9.0) / 4.0);
    EXPECT_DOUBLE_EQ(split.share, 1.0 - 3.0 / 2.0 * 5.0 / 14.0);
}

/// y = a x + e, x uniform on a grid, e of a fixed pattern without relation.
VarianceSplit of_line(double slope)
{
    constexpr std::size_t n = 20'000;
    Doubles x(n), y(n);
    for (std::size_t i = 0; i < n; ++i) {
        // fractions of multiples of irrational numbers are evenly spread
        const auto spread = [&](double root) {
            const double at = static_cast<double>(i + 1) * std::sqrt(root);
            return at - std::floor(at);
        };
        x[i] = spread(2.0);
        y[i] = slope * x[i] + spread(3.0);
    }
    return split_variance(x, y, 20);
}

TEST(VarianceSplit, OfALineIsThatOfItsSlope)
{
    // Var(a x) / (Var(a x) + Var e); 20 classes lose 1/400 of Var(a x)
    EXPECT_NEAR(of_line(1.0).share, 0.5, 0.005);
    EXPECT_NEAR(of_line(3.0).share, 0.9, 0.005);
    EXPECT_NEAR(of_line(0.0).share, 0.0, 0.005);
}

TEST(VarianceSplit, ClosesToRounding)
{
    for (const double slope : {0.0, 0.3, 1.0, 7.0}) {
        const VarianceSplit split = of_line(slope);
        EXPECT_NEAR(
            split.between + split.within, split.total, 1e-12 * split.total);
    }
}

TEST(VarianceSplit, OfAFixedInputIsAllWithin)
{
    const Doubles x(3, 0.5);
    const Doubles y = {1.0, 2.0, 6.0};
    const VarianceSplit split = split_variance(x, y, 8);
    EXPECT_EQ(split.between, 0.0);
    EXPECT_EQ(split.share, 0.0);
    EXPECT_DOUBLE_EQ(split.within, split.total);
    EXPECT_TRUE(std::isnan(split_variance(y, x, 8).share));
}

}  // namespace
}  // namespace hepta::statistics
