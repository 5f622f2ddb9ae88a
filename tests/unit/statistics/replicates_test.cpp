#include "hepta/statistics/replicates.hpp"

#include "hepta/statistics/cell.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

namespace {

using namespace hepta;
using namespace hepta::statistics;

CellPlan plan_of(std::vector<double> pilot, std::uint32_t n_inner = 512)
{
    return plan_cell(pilot, n_inner);
}

std::vector<double> normal_values(std::size_t n, unsigned seed)
{
    std::mt19937_64 generator(seed);
    std::normal_distribution<double> normal(10.0, 2.0);
    std::vector<double> values(n);
    std::generate(
        values.begin(), values.end(), [&] { return normal(generator); });
    return values;
}

TEST(StudentLimits, MatchAHandComputedCase)
{
    // mean 2, standard error 1 / sqrt(3); the quantile of Student's t with two
    // degrees of freedom is (2 p - 1) / sqrt(2 p (1 - p))
    const double t = 0.95 / std::sqrt(2.0 * 0.975 * 0.025);
    const std::vector<double> values = {1.0, 2.0, 3.0};
    const Limits limits = student_limits(values, 0.95);
    EXPECT_NEAR(limits.lower, 2.0 - t / std::sqrt(3.0), 1e-12);
    EXPECT_NEAR(limits.upper, 2.0 + t / std::sqrt(3.0), 1e-12);
}

TEST(CoarseBins, HoldEveryBinOnceAndInOrder)
{
    for (const std::uint32_t n_inner : {512u, 8192u}) {
        std::uint32_t last = 2;
        for (std::uint32_t b = bin::first_outer; b < bin::count(n_inner); ++b) {
            const std::uint32_t c = coarse::of_bin(n_inner, b);
            EXPECT_TRUE(c == last || c == last + 1) << b;
            last = c;
        }
        EXPECT_EQ(last + 1, coarse::count(n_inner));
        EXPECT_EQ(coarse::count(n_inner) % 2, 0u);
    }
}

TEST(CountReplicates, GivesEachSampleToItsRandomisation)
{
    const CellPlan plan = plan_of(normal_values(1024, 1));
    const std::vector<double> x = normal_values(300, 2);
    std::vector<std::uint16_t> bins;
    for (const double value : x) {
        bins.push_back(static_cast<std::uint16_t>(bin_of(plan, value)));
    }
    constexpr std::uint32_t r = 4;
    const std::uint32_t n_bins = coarse::count(plan.n_inner);
    std::vector<std::uint32_t> counts(r * n_bins), expected(r * n_bins);
    count_replicates(plan, bins, 7, r, counts.data());
    for (std::size_t i = 0; i < bins.size(); ++i) {
        ++expected[(7 + i) % r * n_bins +
                   coarse::of_bin(plan.n_inner, bins[i])];
    }
    EXPECT_EQ(counts, expected);
}

/// Both instruction sets and the scalar path give the sums of q, a NaN left
/// out.
TEST(ObserveReplicates, SumsEveryLaneExactly)
{
    const CellPlan plan = plan_of(normal_values(1024, 1));
    std::vector<double> x = normal_values(tile_lanes, 3);
    for (const bool with_nan : {false, true}) {
        if (with_nan) {
            x[5] = std::nan("");
        }
        Tile tile(1);
        std::copy(x.begin(), x.end(), tile.row(0));
        const std::uint32_t row = 0;
        std::vector<InstructionSet> sets = {InstructionSet::avx2};
        if (detect_instruction_set() == InstructionSet::avx512) {
            sets.push_back(InstructionSet::avx512);
        }
        for (const InstructionSet set : sets) {
            std::vector<LaneSums> sums(1);
            observe_replicates(
                set, {&plan, 1}, {&row, 1}, tile, {0, tile_lanes}, sums);
            for (std::size_t i = 0; i < tile_lanes; ++i) {
                const double q =
                    std::isfinite(x[i])
                        ? std::nearbyint((x[i] - plan.center) * plan.scale)
                        : -0x1p51;
                const auto sum = (static_cast<Int128>(sums[0].high[i]) << 26) +
                                 sums[0].low[i] - (Int128{1} << 51);
                EXPECT_EQ(static_cast<double>(sum), q) << i;
            }
        }
    }
}

/// Independent samples in place of randomisations: the limits then have about
/// the width of the binomial ones, and hold the truth as often.
class ReplicateLimits : public ::testing::Test
{
  protected:
    static constexpr std::uint32_t r = 16;
    static constexpr std::size_t n = 16 * 256;

    /// How many of 200 intervals of percentile p hold the true one, moved by
    /// `bias` standard deviations.
    static int coverage(double p, double z, double bias)
    {
        const CellPlan plan = plan_of(normal_values(1024, 1));
        int n_held = 0;
        for (unsigned seed = 0; seed < 200; ++seed) {
            auto x = normal_values(n, 100 + seed);
            std::vector<std::uint16_t> bins;
            for (const double value : x) {
                bins.push_back(static_cast<std::uint16_t>(bin_of(plan, value)));
            }
            std::vector<std::uint32_t> counts(r * coarse::count(plan.n_inner));
            count_replicates(plan, bins, 0, r, counts.data());
            const RankLimits limits =
                replicate_limits(plan, counts, r, p, 0.95);
            std::sort(x.begin(), x.end());
            const double truth = 10.0 + 2.0 * (z + bias);
            n_held += limits.lower >= 1 && limits.upper <= n &&
                              x[limits.lower - 1] <= truth &&
                              truth <= x[limits.upper - 1]
                          ? 1
                          : 0;
        }
        return n_held;
    }
};

TEST_F(ReplicateLimits, HoldTheTruthAsOftenAsTheySay)
{
    // binomial(200, 0.95): 190, standard deviation 3.1; the part for what
    // interpolation hides makes them hold it a little more often
    for (const auto& [p, z] : {std::pair{5.0, -1.6448536269514722},
                               std::pair{50.0, 0.0},
                               std::pair{95.0, 1.6448536269514722}}) {
        EXPECT_GE(coverage(p, z, 0.0), 190 - 5 * 3.1) << p;
        EXPECT_LT(coverage(p, z, 0.1), 190 - 5 * 3.1) << "biased " << p;
    }
}

TEST(MeanLimits, AreStudentsOfTheMeansOfRandomisations)
{
    const CellPlan plan = plan_of(normal_values(1024, 1));
    const std::vector<double> means = {9.5, 10.5, 10.0, 10.0};
    std::vector<Int128> sums;
    for (const double mean : means) {
        sums.push_back(static_cast<Int128>(
            std::llround(100.0 * (mean - plan.center) * plan.scale)));
    }
    const std::vector<std::uint64_t> n(4, 100);
    const Limits expected = student_limits(means, 0.9);
    const Limits found = mean_limits(plan, sums, n, 0.9);
    EXPECT_NEAR(found.lower, expected.lower, 1e-9);
    EXPECT_NEAR(found.upper, expected.upper, 1e-9);
}

}  // namespace
