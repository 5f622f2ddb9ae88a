// Weights by a likelihood, and percentiles of weighted values: by hand, against
// the closed form of a Gaussian with a Gaussian likelihood, and without
// information.
#include "hepta/campaign/likelihood.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

namespace hepta::campaign {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

TEST(Weights, AreLikelihoodsRelativeToTheLargest)
{
    // z = 1, 2, 1 and a sample that cannot be
    const auto weights = likelihood_weights({1.0, 4.0, 1.0, infinite});

    ASSERT_EQ(weights.size(), 4u);
    EXPECT_EQ(weights[0], 1.0);
    EXPECT_DOUBLE_EQ(weights[1], std::exp(-1.5));
    EXPECT_EQ(weights[2], 1.0);
    EXPECT_EQ(weights[3], 0.0);
}

TEST(Weights, OfHopelessSamplesStillDistinguishThem)
{
    const auto weights = likelihood_weights({1e6, 1e6 + 2.0});
    EXPECT_EQ(weights[0], 1.0);
    EXPECT_DOUBLE_EQ(weights[1], std::exp(-1.0));
}

TEST(Weights, AreAllZeroIfNoSampleIsPossible)
{
    const auto weights = likelihood_weights({infinite, infinite});
    EXPECT_EQ(weights, std::vector<double>(2, 0.0));
    EXPECT_EQ(effective_number(weights), 0.0);
}

TEST(EffectiveNumber, IsAllOfEqualOnesAndOneOfADominantOne)
{
    EXPECT_EQ(effective_number(std::vector<double>(50, 0.25)), 50.0);
    EXPECT_EQ(effective_number({1.0, 0.0, 0.0}), 1.0);
    EXPECT_DOUBLE_EQ(effective_number({1.0, 0.5}), 2.25 / 1.25);
}

TEST(WeightedPercentile, IsLinearBetweenTheMiddlesOfTheWeights)
{
    // middles at 1, 3.5 and 5.5 of 6: from the first 0, 2.5 and 4.5
    const std::vector<WeightedValue> values = {
        {10.0, 2.0}, {20.0, 3.0}, {40.0, 1.0}};
    const auto at = [&](double middle) {
        return weighted_percentile(values, 100.0 * middle / 4.5);
    };
    EXPECT_EQ(at(0.0), 10.0);
    EXPECT_DOUBLE_EQ(at(1.25), 15.0);
    EXPECT_DOUBLE_EQ(at(2.5), 20.0);
    EXPECT_DOUBLE_EQ(at(3.5), 30.0);
    EXPECT_EQ(at(4.5), 40.0);
    EXPECT_EQ(weighted_percentile({{7.0, 0.3}}, 90.0), 7.0);
    EXPECT_TRUE(std::isnan(weighted_percentile({}, 50.0)));
}

/// Between order statistics, written in another way.
double unweighted(const std::vector<double>& values, double p)
{
    const double rank = p / 100.0 * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(rank);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return std::lerp(
        values[below], values[above], rank - static_cast<double>(below));
}

TEST(WeightedPercentile, OfEqualWeightsIsThatOfTheValuesToTheBit)
{
    std::mt19937_64 engine(1);
    std::lognormal_distribution<double> draw(3.0, 1.0);
    for (const std::size_t n : {1u, 2u, 3u, 100u, 1013u}) {
        std::vector<double> plain(n);
        std::generate(plain.begin(), plain.end(), [&] { return draw(engine); });
        std::sort(plain.begin(), plain.end());
        std::vector<WeightedValue> values;
        for (const double v : plain) {
            values.push_back({v, 1.0});
        }
        for (const double p : {0.0, 0.1, 1.0, 5.0, 25.0, 50.0, 95.0, 100.0}) {
            EXPECT_EQ(weighted_percentile(values, p), unweighted(plain, p))
                << n << " " << p;
        }
    }
}

/// ln x ~ N(prior_mean, prior_sd²), ln observed = ln x + N(0, error²): the
/// logarithm given the observation is Gaussian again.
class LinearGaussian : public ::testing::Test
{
  protected:
    static constexpr double prior_mean = 7.0;
    static constexpr double prior_sd = 0.05;
    static constexpr double error = 0.04;
    static constexpr std::size_t n = 200'000;

    struct Found
    {
        MeanAndVariance moments;
        double median = 0.0;
        double effective = 0.0;
    };

    static Found weighted_by(double observed)
    {
        std::mt19937_64 engine(20260101);
        std::normal_distribution<double> draw(prior_mean, prior_sd);
        std::vector<double> logarithms(n);
        std::vector<double> squares(n);
        for (std::size_t k = 0; k < n; ++k) {
            logarithms[k] = draw(engine);
            const double z = (logarithms[k] - observed) / error;
            squares[k] = z * z;
        }
        const auto weights = likelihood_weights(squares);
        std::vector<WeightedValue> values;
        for (std::size_t k = 0; k < n; ++k) {
            if (weights[k] > 0.0) {
                values.push_back({logarithms[k], weights[k]});
            }
        }
        std::sort(values.begin(),
                  values.end(),
                  [](const WeightedValue& a, const WeightedValue& b) {
                      return a.value < b.value;
                  });
        return {mean_and_variance(values),
                weighted_percentile(values, 50.0),
                effective_number(weights)};
    }

    static double posterior_mean(double observed)
    {
        const double gain =
            prior_sd * prior_sd / (prior_sd * prior_sd + error * error);
        return prior_mean + gain * (observed - prior_mean);
    }

    static double posterior_sd()
    {
        return prior_sd * error / std::hypot(prior_sd, error);
    }
};

TEST_F(LinearGaussian, HasTheMeanAndSpreadOfTheClosedForm)
{
    const double observed = prior_mean + 0.06;
    const Found found = weighted_by(observed);
    const double sd = posterior_sd();
    const double of_mean = sd / std::sqrt(found.effective);

    EXPECT_NEAR(found.moments.mean, posterior_mean(observed), 5.0 * of_mean);
    EXPECT_NEAR(found.median, posterior_mean(observed), 5.0 * 1.2533 * of_mean);
    EXPECT_NEAR(std::sqrt(found.moments.variance),
                sd,
                5.0 * sd / std::sqrt(2.0 * found.effective));
}

TEST_F(LinearGaussian, HasAsManyEffectiveSamplesAsTheClosedForm)
{
    // (E w)² / E w² for Gaussians at a distance d
    const double d = 0.06;
    const double a = prior_sd * prior_sd;
    const double b = error * error;
    const double expected = std::sqrt(b * (b + 2.0 * a)) / (a + b) *
                            std::exp(-d * d / (a + b) + d * d / (b + 2.0 * a));
    const Found found = weighted_by(prior_mean + d);
    EXPECT_NEAR(found.effective / static_cast<double>(n) / expected, 1.0, 0.02);
}

TEST_F(LinearGaussian, WouldShowAnObservationOnePercentOff)
{
    const double observed = prior_mean + 0.06;
    const Found found = weighted_by(observed + 0.01);
    const double of_mean = posterior_sd() / std::sqrt(found.effective);
    EXPECT_GT(std::abs(found.moments.mean - posterior_mean(observed)),
              5.0 * of_mean);
}

}  // namespace
}  // namespace hepta::campaign
