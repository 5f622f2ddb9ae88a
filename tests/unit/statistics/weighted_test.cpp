#include "hepta/statistics/weighted.hpp"

#include <boost/math/distributions/normal.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

namespace {

using namespace hepta;
using namespace hepta::statistics;

std::vector<double> constant(double value, std::size_t n)
{
    return std::vector<double>(n, value);
}

/// Lines without scatter: y = a + b x.
TEST(WeightLine, PassesThroughPointsOnALine)
{
    const std::vector<double> n = {10, 20, 10, 40};
    const std::vector<double> x = {0.5, 1.5, 1.25, 2.0};
    std::vector<double> weights, sums;
    for (std::size_t r = 0; r < n.size(); ++r) {
        weights.push_back(n[r] * x[r]);
        sums.push_back(n[r] * (3.0 - 2.0 * x[r]));
    }
    const WeightLine line(n, weights, 1.0);
    EXPECT_NEAR(line.slope(sums), -2.0, 1e-12);
    EXPECT_NEAR(line.value(sums), 1.0, 1e-12);
    EXPECT_NEAR(line.variance(sums), 0.0, 1e-20);
    EXPECT_DOUBLE_EQ(line.excess(), 127.5 - 80.0);
}

/// Weights are all of the line: their mean is 1, whatever they are.
TEST(WeightLine, KnowsTheMeanOfTheWeights)
{
    const std::vector<double> n = {100, 100, 100};
    const std::vector<double> weights = {90, 120, 70};
    const WeightLine line(n, weights, 500.0);
    EXPECT_NEAR(line.value(weights), 1.0, 1e-12);
    EXPECT_NEAR(line.effective_samples(), 280.0 * 280.0 / 500.0, 1e-9);
}

TEST(WeightLine, CountsEqualWeightsAsThatManySamplesHoweverSmall)
{
    const WeightLine line({1, 1, 1}, {0.25, 0.25, 0.25}, 3 * 0.0625);
    const WeightLine empty({0, 0, 0}, {0, 0, 0}, 0.0);
    EXPECT_EQ(line.effective_samples(), 3.0);
    EXPECT_EQ(empty.effective_samples(), 0.0);
}

TEST(WeightLine, DividesByTheWeightsWhereBatchesAreTooFew)
{
    const WeightLine two({10, 10}, {8, 12}, 1.0);
    const std::vector<double> sums = {2, 3};
    EXPECT_DOUBLE_EQ(two.value(sums), 5.0 / 20.0);
    EXPECT_EQ(two.variance(sums), INFINITY);
    EXPECT_EQ(two.factor(0.95), INFINITY);
    const WeightLine empty_batch({10, 0, 10}, {8, 0, 4}, 1.0);
    EXPECT_DOUBLE_EQ(empty_batch.value(std::vector<double>{2, 0, 4}),
                     6.0 / 12.0);
}

TEST(WeightLine, IsThePlainMeanWhereAllWeightsAreOne)
{
    const std::vector<double> n = constant(5, 4);
    const WeightLine line(n, n, 20.0);
    const std::vector<double> sums = {1, 2, 3, 6};
    EXPECT_EQ(line.slope(sums), 0.0);
    EXPECT_DOUBLE_EQ(line.value(sums), 12.0 / 20.0);
    // of means 0.2, 0.4, 0.6, 1.2
    EXPECT_NEAR(line.variance(sums), 0.56 / 3.0 / 4.0, 1e-15);
}

/// Coverage of the limits of a tail probability, normal scores shifted by 2.
TEST(WeightedProportion, LimitsHoldTheTruthAsOftenAsTheySay)
{
    constexpr std::size_t n_batches = 16, per_batch = 64;
    const double truth = cdf(complement(boost::math::normal(), 2.5));
    std::mt19937_64 generator(5);
    std::normal_distribution<double> normal;
    int n_held = 0, n_held_biased = 0;
    constexpr int n_repeats = 400;
    for (int repeat = 0; repeat < n_repeats; ++repeat) {
        std::vector<double> weights(n_batches), happened(n_batches);
        double squares = 0.0;
        for (std::size_t i = 0; i < n_batches * per_batch; ++i) {
            const double z = 2.0 + normal(generator);
            const double w = std::exp(-2.0 * z + 2.0);
            weights[i % n_batches] += w;
            happened[i % n_batches] += z > 2.5 ? w : 0.0;
            squares += w * w;
        }
        const WeightLine line(constant(per_batch, n_batches), weights, squares);
        const auto found = weighted_proportion(line, happened, weights, 0.95);
        n_held += found.lower <= truth && truth <= found.upper ? 1 : 0;
        n_held_biased +=
            found.lower <= 1.3 * truth && 1.3 * truth <= found.upper ? 1 : 0;
    }
    // binomial(400, 0.95): 380, standard deviation 4.4
    EXPECT_GE(n_held, 380 - 5 * 4.4);
    EXPECT_LT(n_held_biased, 380 - 5 * 4.4);
}

TEST(WeightedProportion, IsOfEffectiveSamplesWhereNothingHappened)
{
    const std::vector<double> n = constant(10, 4), none = constant(0, 4);
    const WeightLine line(n, {8, 12, 9, 11}, 80.0);  // 20 are effective
    const auto found = weighted_proportion(
        line, none, std::vector<double>{8, 12, 9, 11}, 0.95);
    EXPECT_EQ(found.value, 0.0);
    EXPECT_EQ(found.lower, 0.0);
    EXPECT_DOUBLE_EQ(found.upper, wilson(0, 20, 0.95).upper);
    EXPECT_TRUE(std::isnan(weighted_proportion(line, none, none, 0.95).value));
}

/// More than 2^31 samples of weight 1: ranks need all 64 bits.
TEST(WeightedRanks, OfBillionsOfSamplesDoNotStopHalfWay)
{
    constexpr std::size_t n_batches = 16;
    constexpr double per_batch = 0.9 * 0x1p28;
    std::vector<double> pilot(1024);
    std::iota(pilot.begin(), pilot.end(), 0.0);
    const CellPlan plan = plan_cell(pilot, 256);
    const std::uint32_t n_coarse = coarse::count(plan.n_inner);
    const std::uint32_t n_groups = coarse::n_groups(plan.n_inner);
    std::vector<std::uint64_t> weights(n_batches * n_coarse);
    for (std::size_t r = 0; r < n_batches; ++r) {
        for (std::uint32_t k = 0; k < n_groups; ++k) {
            weights[r * n_coarse + coarse::first_group + k] =
                static_cast<std::uint64_t>(per_batch / n_groups * 0x1p32);
        }
    }
    const auto of_each = constant(per_batch, n_batches);
    const WeightLine line(of_each, of_each, n_batches * per_batch);
    const WeightedRanks ranks(plan, weights, line);
    for (const double p : {10.0, 50.0, 75.0, 99.0}) {
        EXPECT_NEAR(static_cast<double>(ranks.at(p, 0.95).rank) * 0x1p-32,
                    p / 100.0 * n_batches * per_batch,
                    1e-6 * n_batches * per_batch)
            << p;
    }
}

/// A tile of values, some of them not finite or far away.
class ObserveWeighted : public ::testing::Test
{
  protected:
    static constexpr std::uint32_t n_batches = 8, first_batch = 4;

    ObserveWeighted()
    {
        std::mt19937_64 generator(3);
        std::normal_distribution<double> normal(10.0, 2.0);
        std::vector<double> pilot(1024);
        for (double& x : pilot) {
            x = normal(generator);
        }
        plan_ = for_weights(plan_cell(pilot, 256), pilot);
        for (std::size_t i = 0; i < tile_lanes; ++i) {
            tile_.row(0)[i] = normal(generator);
            weights_[i] = generator() >> (2 + i % 40);
        }
        tile_.row(0)[3] = std::nan("");
        tile_.row(0)[7] = INFINITY;
        tile_.row(0)[9] = 1e30;
    }

    CellPlan plan_;
    Tile tile_ = Tile(1);
    std::uint64_t weights_[tile_lanes];
};

TEST_F(ObserveWeighted, SumsAreExactInBothInstructionSets)
{
    std::vector<InstructionSet> sets = {InstructionSet::avx2};
    if (detect_instruction_set() == InstructionSet::avx512) {
        sets.push_back(InstructionSet::avx512);
    }
    const LaneRange lanes{2, 31};
    const std::uint32_t row = 0;
    std::vector<WeightedSums> expected(n_batches);
    std::uint64_t n_far = 0;
    for (std::size_t i = lanes.begin; i < lanes.end; ++i) {
        const double x = tile_.row(0)[i];
        if (!std::isfinite(x)) {
            continue;
        }
        const double wish =
            std::fma(x, plan_.scale, -plan_.center * plan_.scale);
        const auto q = static_cast<Int128>(
            std::nearbyint(std::clamp(wish, -0x1p31, 0x1p31)));
        n_far += std::abs(wish) > 0x1p31 ? 1 : 0;
        WeightedSums& to = expected[(first_batch + i) % n_batches];
        to.sum += q * static_cast<Int128>(weights_[i]);
        to.sum_of_squares += static_cast<UInt128>(q * q) * weights_[i];
    }
    for (const InstructionSet set : sets) {
        // a lane too many would not be left out as invalid
        std::vector<std::uint16_t> numbers(tile_lanes, bin::first_inner);
        MomentSums ends;
        const BinNumbers bins{numbers.data(), 0};
        observe(set, {&plan_, 1}, {&row, 1}, tile_, lanes, bins, {&ends, 1});
        std::vector<WeightedSums> sums(n_batches);
        std::uint64_t n_clamped = 0;
        observe_weighted(set,
                         {&plan_, 1},
                         {&row, 1},
                         tile_,
                         lanes,
                         bins,
                         {weights_, first_batch, n_batches},
                         sums,
                         {&n_clamped, 1});
        for (std::size_t r = 0; r < n_batches; ++r) {
            EXPECT_TRUE(sums[r].sum == expected[r].sum) << r;
            EXPECT_TRUE(sums[r].sum_of_squares == expected[r].sum_of_squares)
                << r;
        }
        EXPECT_EQ(n_clamped, n_far);
        EXPECT_EQ(n_far, 1u);
    }
}

TEST_F(ObserveWeighted, CountsAreSumsOfWeightsByBinAndBatch)
{
    std::vector<std::uint16_t> bins;
    for (std::size_t i = 0; i < tile_lanes; ++i) {
        bins.push_back(
            static_cast<std::uint16_t>(bin_of(plan_, tile_.row(0)[i])));
    }
    const std::size_t n_coarse = coarse::count(plan_.n_inner);
    std::vector<std::uint64_t> counts(bin::count(plan_.n_inner)),
        coarse(n_batches * n_coarse), expected = counts, in_coarse = coarse;
    count_weighted(
        plan_, bins, weights_, 13, n_batches, counts.data(), coarse.data());
    for (std::size_t i = 0; i < tile_lanes; ++i) {
        expected[bins[i]] += weights_[i];
        in_coarse[(13 + i) % n_batches * n_coarse +
                  coarse::of_bin(plan_.n_inner, bins[i])] += weights_[i];
    }
    EXPECT_EQ(counts, expected);
    EXPECT_EQ(coarse, in_coarse);
}

/// The bins of one value reach far; the steps of the moments must not.
TEST(ForWeights, StepsAreThoseOfThePilotNotOfItsBins)
{
    std::vector<double> pilot(1024, 0.0);
    pilot[7] = 22.0;
    const CellPlan plan = plan_cell(pilot, 256);
    const CellPlan weighted = for_weights(plan, pilot);
    EXPECT_GE(11.0 * weighted.scale, 0x1p22);
    EXPECT_LT(11.0 * weighted.scale, 0x1p23);
}

/// What a pilot of rounding errors does not foresee is not cut off.
TEST(ForWeights, LeavesRoomBesideAPilotThatIsNearlyConstant)
{
    std::vector<double> pilot(1024, 15.0);
    pilot[7] = std::nextafter(15.0, 16.0);
    const CellPlan plan = for_weights(plan_cell(pilot, 256), pilot);
    EXPECT_LT((29.0 - plan.center) * plan.scale, 0x1p31);
    EXPECT_GT(15.0 * 0x1p-30 * plan.scale, 1.0);
}

/// Means and deviations against sums over the samples in double precision.
TEST(WeightedMoments, AreThoseOfTheSamples)
{
    constexpr std::size_t n_batches = 16, n = 16 * 512;
    std::mt19937_64 generator(9);
    std::normal_distribution<double> normal(3.0, 0.5);
    std::vector<double> pilot(1024);
    for (double& x : pilot) {
        x = normal(generator);
    }
    const CellPlan plan = for_weights(plan_cell(pilot, 256), pilot);
    std::vector<WeightedSums> sums(n_batches);
    std::vector<double> valid(n_batches), wx(n_batches), wxx(n_batches);
    double squares = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
        const double x = normal(generator);
        const auto w = static_cast<std::uint64_t>(
            0x1p32 * std::exp(0.3 * (x - 3.0) / 0.5 - 0.045));
        const auto q =
            static_cast<Int128>(std::nearbyint((x - plan.center) * plan.scale));
        sums[i % n_batches].sum += q * static_cast<Int128>(w);
        sums[i % n_batches].sum_of_squares += static_cast<UInt128>(q * q) * w;
        const double weight = static_cast<double>(w) * 0x1p-32;
        valid[i % n_batches] += weight;
        wx[i % n_batches] += weight * x;
        wxx[i % n_batches] += weight * (x - 3.0) * (x - 3.0);
        squares += weight * weight;
    }
    const WeightLine line(constant(n / n_batches, n_batches), valid, squares);
    const auto found = weighted_moments(plan, sums, valid, line, 0.95);
    EXPECT_NEAR(found.mean, line.value(wx), 1e-7);
    const double variance =
        line.value(wxx) - (found.mean - 3.0) * (found.mean - 3.0);
    EXPECT_NEAR(found.standard_deviation, std::sqrt(variance), 1e-6);
    EXPECT_LT(found.mean_limits.lower, 3.15);
    EXPECT_GT(found.mean_limits.upper, 3.15);
}

}  // namespace
