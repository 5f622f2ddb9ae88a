/// \file
/// Weighted runs through engine, accumulator and statistics: against a closed
/// form, and against samples that are kept and sorted.
#include "hepta/campaign/accumulator.hpp"
#include "hepta/campaign/cell_statistics.hpp"
#include "hepta/campaign/engine.hpp"
#include "hepta/campaign/weights.hpp"
#include "hepta/functions/functions.hpp"
#include "unit/campaign/all_samples.hpp"

#include <boost/math/distributions/normal.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace {

using namespace hepta;
using campaign::CellMap;
using campaign::Engine;
using campaign::SampleRange;
using campaign::State;
using statistics::Int128;
using statistics::UInt128;

constexpr std::uint32_t n_batches = 16;
/// Of Student's t with 14 degrees of freedom: limits of one standard error.
constexpr double confidence_of_one_sigma = 0.66566;

/// y = 0.6 x1 + 0.8 x2 of standard normals: standard normal.
functions::TestFunction sum_of_normals()
{
    functions::TestFunction function{.name = "sum_of_normals",
                                     .inputs = {},
                                     .unit = "1",
                                     .form = functions::Form::linear,
                                     .constants = {0.0, 0.6, 0.8}};
    for (std::uint32_t i = 0; i < 2; ++i) {
        function.inputs.push_back({.name = i == 0 ? "x1" : "x2",
                                   .distribution = sampling::Normal{0.0, 1.0},
                                   .row = i,
                                   .unit = "1",
                                   .source = "test",
                                   .group = "",
                                   .description = ""});
    }
    return function;
}

sampling::SamplerPlan tilted(
    double towards, sampling::SamplerKind kind = sampling::SamplerKind::mc)
{
    sampling::SamplerPlan plan;
    plan.kind = kind;
    plan.n_randomisations = n_batches;
    plan.tilts = {{"x1", 0.6 * towards}, {"x2", 0.8 * towards}};
    return plan;
}

State count(const Engine& engine,
            SampleRange range,
            double threshold,
            std::uint64_t block_size = 8192,
            int n_threads = 1)
{
    const CellMap cells(1, engine.is_weighted());
    const auto plans = campaign::plan_cells(engine, cells, 1024, n_threads);
    const campaign::Event event{.threshold = threshold, .below = false};
    campaign::Accumulator accumulator(engine,
                                      cells,
                                      {event},
                                      plans,
                                      block_size,
                                      n_threads,
                                      campaign::batches_of(engine.sampler()));
    return campaign::testing::count_blocks(accumulator, range, block_size);
}

struct Estimate
{
    double value = 0.0, standard_error = 0.0;
};

Estimate probability(const State& state)
{
    const auto p = campaign::proportions(
        state, state.events, 0, 1, confidence_of_one_sigma);
    return {p[0].value, 0.5 * (p[0].upper - p[0].lower)};
}

double above(double z)
{
    return cdf(complement(boost::math::normal(), z));
}

TEST(WeightedRun, FindsATailOfOneInAHundredThousand)
{
    const functions::TestFunction function = sum_of_normals();
    const double z = quantile(complement(boost::math::normal(), 1e-5));
    const Engine engine(function, tilted(z), 11, detect_instruction_set());

    const State state = count(engine, {0, std::uint64_t{1} << 22}, z);

    const Estimate found = probability(state);
    EXPECT_NEAR(found.value, above(z), 5.0 * found.standard_error);
    // a fifth of what plain samples leave, of which 42 would be in the tail
    EXPECT_LT(found.standard_error, 0.002 * above(z));
    EXPECT_GT(std::abs(1.01 * found.value - above(z)),
              5.0 * found.standard_error);
}

/// A weight that is 1 % too large everywhere is seen in what is known to be 1.
TEST(WeightedRun, KnowsItsMeanWeight)
{
    const functions::TestFunction function = sum_of_normals();
    const Engine engine(function, tilted(0.5), 12, detect_instruction_set());
    const State state = count(engine, {0, std::uint64_t{1} << 18}, 0.0);
    const auto line = campaign::weight_line(state);
    const double mean = 1.0 + line.excess() / line.n_samples();
    const double error = std::sqrt((std::exp(0.25) - 1.0) / line.n_samples());
    EXPECT_NEAR(mean, 1.0, 5.0 * error);
    EXPECT_GT(std::abs(1.01 * mean - 1.0), 5.0 * error);
    // of N samples of a shift s, N exp(-s^2) are effective
    EXPECT_NEAR(campaign::effective_samples(state) / line.n_samples(),
                std::exp(-0.25),
                0.01);
}

TEST(WeightedRun, PercentilesAndMomentsAreThoseOfTheUntiltedOutput)
{
    const functions::TestFunction function = sum_of_normals();
    for (const auto kind :
         {sampling::SamplerKind::mc, sampling::SamplerKind::sobol}) {
        const Engine engine(
            function, tilted(1.5, kind), 13, detect_instruction_set());
        const State state = count(engine, {0, std::uint64_t{1} << 18}, 0.0);
        const std::vector<double> p = {5, 50, 95, 99, 99.9, 99.99};
        const campaign::CellStatistics of(state, p, confidence_of_one_sigma);
        std::vector<statistics::Percentile> found(p.size());
        of.percentiles(0, found);
        for (std::size_t k = 0; k < p.size(); ++k) {
            const double truth = quantile(boost::math::normal(), p[k] / 100.0);
            const double error = 0.5 * (found[k].upper - found[k].lower);
            const double bin = found[k].bracket_high - found[k].bracket_low;
            EXPECT_NEAR(found[k].value, truth, 5.0 * error + bin) << p[k];
            EXPECT_LT(error, 0.05) << p[k];
            EXPECT_FALSE(found[k].wide) << p[k];
        }
        double moments[campaign::n_moments];
        of.moments(0, moments);
        EXPECT_NEAR(moments[0], 0.0, 2.5 * (moments[5] - moments[4]));
        EXPECT_NEAR(moments[1], 1.0, 0.05);
    }
}

/// How often the limits of a weighted run, at 95 %, hold a percentile.
TEST(WeightedRun, LimitsHoldPercentilesAsOftenAsTheySay)
{
    const functions::TestFunction function = sum_of_normals();
    const std::vector<double> p = {5, 50, 95, 99, 99.9};
    constexpr int n_repeats = 100;
    for (const auto kind :
         {sampling::SamplerKind::mc, sampling::SamplerKind::sobol}) {
        std::vector<int> n_held(p.size()), n_held_wrong(p.size());
        for (int repeat = 0; repeat < n_repeats; ++repeat) {
            const Engine engine(function,
                                tilted(1.5, kind),
                                1000 + static_cast<std::uint64_t>(repeat),
                                detect_instruction_set());
            const State state = count(engine, {0, 4096}, 0.0);
            const campaign::CellStatistics of(state, p, 0.95);
            std::vector<statistics::Percentile> found(p.size());
            of.percentiles(0, found);
            for (std::size_t k = 0; k < p.size(); ++k) {
                const double truth =
                    quantile(boost::math::normal(), p[k] / 100.0);
                const auto holds = [&](double x) {
                    return found[k].lower <= x && x <= found[k].upper ? 1 : 0;
                };
                n_held[k] += holds(truth);
                n_held_wrong[k] += holds(truth + 0.2);
            }
        }
        for (std::size_t k = 0; k < p.size(); ++k) {
            // binomial(100, 0.95): 95, standard deviation 2.2
            EXPECT_GE(n_held[k], 95 - 5 * 2.2) << p[k];
            EXPECT_LT(n_held_wrong[k], 95 - 5 * 2.2) << p[k];
        }
    }
}

/// What a run keeps of the samples, from the samples themselves.
struct Kept
{
    std::vector<double> values;
    std::vector<std::uint64_t> weights;
};

Kept keep(const Engine& engine, SampleRange range)
{
    Kept kept;
    campaign::testing::for_each_tile(
        engine,
        range,
        [&](std::uint32_t,
            std::size_t,
            const Tile& outputs,
            const Engine::Worker& worker,
            std::size_t begin,
            std::size_t end) {
            const auto& weights = worker.drawing.weights;
            kept.values.insert(kept.values.end(),
                               outputs.row(0) + begin,
                               outputs.row(0) + end);
            kept.weights.insert(
                kept.weights.end(), &weights[begin], &weights[0] + end);
        });
    return kept;
}

TEST(WeightedRun, StateIsTheExactSumOfTheWeights)
{
    const functions::TestFunction function = sum_of_normals();
    const Engine engine(function, tilted(2.0), 14, detect_instruction_set());
    const SampleRange range{1'001, 20'011};
    const Kept kept = keep(engine, range);
    const State state = count(engine, range, 2.0, 512, 2);
    const statistics::CellPlan& plan = state.plans[0];

    std::vector<std::uint64_t> counts(state.counts.size());
    std::vector<Int128> sums(n_batches);
    std::vector<UInt128> squares(n_batches), weights(n_batches);
    std::vector<std::uint64_t> happened(n_batches);
    for (std::size_t i = 0; i < kept.values.size(); ++i) {
        const double x = kept.values[i];
        const std::uint64_t w = kept.weights[i];
        const std::size_t batch = (range.begin + i) % n_batches;
        const auto q = static_cast<Int128>(
            std::nearbyint(std::fma(x, plan.scale, -plan.center * plan.scale)));
        counts[statistics::bin_of(plan, x)] += w;
        weights[batch] += w;
        sums[batch] += q * static_cast<Int128>(w);
        squares[batch] += static_cast<UInt128>(q * q) * w;
        happened[batch] += x >= 2.0 ? w : 0;
    }

    EXPECT_EQ(state.counts, counts);
    ASSERT_EQ(state.batches.n, n_batches);
    for (std::size_t r = 0; r < n_batches; ++r) {
        EXPECT_TRUE(state.batches.weights[r] == weights[r]) << r;
        EXPECT_TRUE(state.batches.sums[r].sum == sums[r]) << r;
        EXPECT_TRUE(state.batches.sums[r].sum_of_squares == squares[r]) << r;
        EXPECT_EQ(state.events[r].happened, happened[r]) << r;
        EXPECT_TRUE(state.events[r].defined == weights[r]) << r;
    }
}

/// Where a value stands among sorted weights, as parts of their sum.
TEST(WeightedRun, PercentilesAreThoseOfASortByWeightAndValue)
{
    const functions::TestFunction function = sum_of_normals();
    const Engine engine(function, tilted(1.0), 15, detect_instruction_set());
    const SampleRange range{0, 60'000};
    const Kept kept = keep(engine, range);
    const State state = count(engine, range, 0.0);
    std::vector<std::pair<double, std::uint64_t>> sorted;
    for (std::size_t i = 0; i < kept.values.size(); ++i) {
        sorted.emplace_back(kept.values[i], kept.weights[i]);
    }
    std::sort(sorted.begin(), sorted.end());
    const auto line = campaign::weight_line(state);
    const statistics::WeightedRanks ranks(
        state.plans[0], state.batches.coarse_weights, line);
    for (const double p : {0.1, 1.0, 5.0, 50.0, 95.0, 99.0, 99.9}) {
        const statistics::WeightedRank wanted = ranks.at(p, 0.95);
        statistics::Percentile found;
        statistics::percentiles(state.plans[0],
                                state.counts,
                                state.sums[0],
                                {&wanted, 1},
                                {&found, 1});
        std::uint64_t below = 0;
        std::size_t i = 0;
        while (below + sorted[i].second <= wanted.rank) {
            below += sorted[i++].second;
        }
        EXPECT_LE(found.bracket_low, sorted[i].first) << p;
        EXPECT_GE(found.bracket_high, sorted[i].first) << p;
        EXPECT_LE(found.lower, found.value) << p;
        EXPECT_GE(found.upper, found.value) << p;
    }
}

/// Without a shift all weights are 1, and the rank is that of equal samples.
TEST(WeightedRun, WithoutShiftIsThePlainRun)
{
    const functions::TestFunction function = sum_of_normals();
    const Engine plain(function, {}, 16, detect_instruction_set());
    const Engine engine(function, tilted(0.0), 16, detect_instruction_set());
    const State state = count(engine, {0, 40'000}, 1.0);
    const State unweighted = count(plain, {0, 40'000}, 1.0);
    EXPECT_EQ(campaign::effective_samples(state), 40'000.0);
    const auto p =
        campaign::proportions(unweighted, unweighted.events, 0, 1, 0.95);
    EXPECT_DOUBLE_EQ(
        campaign::proportions(state, state.events, 0, 1, 0.95)[0].value,
        p[0].value);
    double moments[campaign::n_moments], of_plain[campaign::n_moments];
    campaign::CellStatistics(state, {50}, 0.95).moments(0, moments);
    campaign::CellStatistics(unweighted, {50}, 0.95).moments(0, of_plain);
    EXPECT_NEAR(moments[0], of_plain[0], 1e-6);
    EXPECT_NEAR(moments[1], of_plain[1], 1e-4);
    EXPECT_EQ(moments[2], of_plain[2]);
    EXPECT_EQ(moments[3], of_plain[3]);
}

TEST(WeightedRun, IsTheSumOfItsPartsInAnyBlocksAndThreads)
{
    const functions::TestFunction function = sum_of_normals();
    const Engine engine(function, tilted(1.5), 17, detect_instruction_set());
    const State whole = count(engine, {0, 5'000}, 1.0);
    State sum = count(engine, {1'777, 5'000}, 1.0, 96, 2);
    add(sum, count(engine, {0, 1'777}, 1.0, 4'096));

    EXPECT_EQ(sum.counts, whole.counts);
    EXPECT_EQ(sum.batches.coarse_weights, whole.batches.coarse_weights);
    EXPECT_EQ(sum.n_samples(), whole.n_samples());
    for (std::size_t r = 0; r < n_batches; ++r) {
        EXPECT_TRUE(sum.batches.weights[r] == whole.batches.weights[r]);
        EXPECT_TRUE(sum.batches.squares[r] == whole.batches.squares[r]);
        EXPECT_TRUE(sum.batches.sums[r].sum == whole.batches.sums[r].sum);
        EXPECT_EQ(sum.events[r].happened, whole.events[r].happened);
    }
}

/// An infinite output is above the threshold, and yet no event.
TEST(Events, AreNotOfSamplesWithoutAnAnswer)
{
    functions::TestFunction function = sum_of_normals();
    function.constants = {0.0, 1e308, 1e308};
    const Engine plain(function, {}, 19, detect_instruction_set());
    const Engine weighted(function, tilted(0.5), 19, detect_instruction_set());
    for (const Engine* engine : {&plain, &weighted}) {
        const State state = count(*engine, {0, 4'000}, 1.7976931e308);
        const auto counts = state.counts_of(0);
        std::uint64_t happened = 0, defined = 0;
        for (const campaign::EventCount& event : state.events) {
            happened += event.happened;
            defined += event.defined;
        }
        EXPECT_GT(state.n_invalid, 100u);
        EXPECT_EQ(happened, 0u);
        EXPECT_EQ(defined,
                  std::accumulate(counts.begin() + statistics::bin::atom,
                                  counts.end(),
                                  std::uint64_t{0}));
    }
}

TEST(WeightedRun, IsNotAddedToOtherBatches)
{
    const functions::TestFunction function = sum_of_normals();
    sampling::SamplerPlan plan = tilted(1.0);
    plan.n_randomisations = 8;
    const Engine eight(function, plan, 18, detect_instruction_set());
    const Engine sixteen(function, tilted(1.0), 18, detect_instruction_set());
    State sum = count(eight, {0, 100}, 1.0);
    EXPECT_ANY_THROW(add(sum, count(sixteen, {100, 200}, 1.0)));
}

}  // namespace
