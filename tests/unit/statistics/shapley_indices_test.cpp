#include "hepta/statistics/shapley_indices.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace hepta::statistics {
namespace {

/// Batches of four points of y = x1 + x2, as a design of all sets has them.
struct Points
{
    std::vector<double> first = {1, 5, 2, 7}, second = {3, 4, 6, 1};
    std::vector<double> with_1 = {2, 2, 5, 3}, with_2 = {2, 7, 3, 5};

    [[nodiscard]] std::vector<double> left(const std::vector<double>& y) const
    {
        std::vector<double> d;
        for (std::size_t i = 0; i < y.size(); ++i) {
            d.push_back(0.5 * (first[i] - y[i]) * (first[i] - y[i]));
        }
        return d;
    }
};

TEST(ShapleyIndices, OfTwoGroupsAreTheMeansOfBothOrders)
{
    const Points points;
    const std::vector<double> all = points.left(points.second);
    const std::vector<double> d1 = points.left(points.with_1);
    const std::vector<double> d2 = points.left(points.with_2);
    std::vector<double> gain1, gain2;
    double sum = 0.0, sum1 = 0.0, sum2 = 0.0;
    for (std::size_t i = 0; i < 4; ++i) {
        gain1.push_back(0.5 * (all[i] - d1[i] + d2[i]));
        gain2.push_back(0.5 * (all[i] - d2[i] + d1[i]));
        sum += all[i];
        sum1 += d1[i];
        sum2 += d2[i];
    }
    ShapleyValues batch{points.first, points.second, {gain1, gain2}, {}, {}};
    batch.alone = {d1, d2};
    batch.others = {d2, d1};
    const std::vector<ShapleyValues> batches = {batch, batch};
    const ShapleyIndices found = shapley_indices(batches, 0.95);

    EXPECT_DOUBLE_EQ(found.mean, 29.0 / 8.0);
    EXPECT_DOUBLE_EQ(found.variance, (141.0 - 29.0 * 29.0 / 8.0) / 8.0);
    EXPECT_DOUBLE_EQ(found.effect[0].value, 0.5 * (sum - sum1 + sum2) / sum);
    EXPECT_DOUBLE_EQ(found.effect[0].value + found.effect[1].value, 1.0);
    EXPECT_DOUBLE_EQ(found.first_order[0].value, 1.0 - sum1 / sum);
    EXPECT_DOUBLE_EQ(found.total[0].value, sum2 / sum);
    // equal batches: nothing is uncertain
    EXPECT_NEAR(found.effect[0].upper, found.effect[0].lower, 1e-15);
}

TEST(ShapleyIndices, OfAConstantAreNotDefined)
{
    const std::vector<double> same(4, 2.0), none(4, 0.0);
    const std::vector<ShapleyValues> batches = {{same, same, {none}, {}, {}}};
    const ShapleyIndices found = shapley_indices(batches, 0.95);

    EXPECT_EQ(found.variance, 0.0);
    EXPECT_TRUE(std::isnan(found.effect[0].value));
    EXPECT_TRUE(found.first_order.empty());
}

}  // namespace
}  // namespace hepta::statistics
