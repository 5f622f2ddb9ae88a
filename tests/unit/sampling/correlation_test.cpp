#include "draw_rows.hpp"
#include "hepta/core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <string>
#include <vector>

namespace hepta::sampling {
namespace {

constexpr std::size_t n_samples = 1 << 19;

double correlation(const std::vector<double>& x, const std::vector<double>& y)
{
    const auto n = static_cast<double>(x.size());
    double mx = 0.0, my = 0.0, xx = 0.0, yy = 0.0, xy = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        mx += x[i] / n;
        my += y[i] / n;
    }
    for (std::size_t i = 0; i < x.size(); ++i) {
        xx += (x[i] - mx) * (x[i] - mx);
        yy += (y[i] - my) * (y[i] - my);
        xy += (x[i] - mx) * (y[i] - my);
    }
    return xy / std::sqrt(xx * yy);
}

/// 5 standard errors of a correlation r.
double five_errors(double r)
{
    return 5.0 * (1.0 - r * r) / std::sqrt(static_cast<double>(n_samples));
}

void expect_correlation(const std::vector<double>& x,
                        const std::vector<double>& y,
                        double expected)
{
    const double found = correlation(x, y);
    EXPECT_NEAR(found, expected, five_errors(expected));
    if (std::abs(expected) >= 0.7) {
        // The same tolerance would refuse a bias of 1 %.
        EXPECT_GT(std::abs(found - 1.01 * expected), five_errors(expected));
    }
}

CorrelatedBlock block_of(std::vector<std::string> members,
                         std::vector<double> correlation_of_scores)
{
    return {std::move(members), std::move(correlation_of_scores)};
}

TEST(CorrelatedBlock, HasTheCorrelationsAskedFor)
{
    const std::vector<double> r = {
        1.0, 0.8, -0.5, 0.8, 1.0, -0.2, -0.5, -0.2, 1.0};
    DesignSpec spec = independent({Normal{}, Normal{5.0, 2.0}, Normal{}});
    spec.blocks = {block_of({"input/0", "input/1", "input/2"}, r)};

    const Rows rows = draw_rows(spec, 21, 0, n_samples);

    for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            expect_correlation(rows[i], rows[j], r[3 * i + j]);
        }
    }
}

TEST(CorrelatedBlock, GivesUniformInputsTheRankCorrelationAskedFor)
{
    // Uniform inputs are their own ranks.
    const double rank_correlation = 0.6;
    const double r = 2.0 * std::sin(std::numbers::pi * rank_correlation / 6.0);
    DesignSpec spec = independent({Uniform{}, Uniform{}});
    spec.blocks = {block_of({"input/0", "input/1"}, {1.0, r, r, 1.0})};

    const Rows rows = draw_rows(spec, 22, 0, n_samples);

    expect_correlation(rows[0], rows[1], rank_correlation);
}

TEST(CorrelatedBlock, LeavesBlocksOfOtherYearsIndependent)
{
    DesignSpec spec = independent({Normal{}, Normal{}, Normal{}, Normal{}});
    const std::vector<double> r = {1.0, 0.7, 0.7, 1.0};
    spec.blocks = {block_of({"input/0", "input/1"}, r),
                   block_of({"input/2", "input/3"}, r)};

    const Rows rows = draw_rows(spec, 23, 0, n_samples);

    expect_correlation(rows[0], rows[1], 0.7);
    expect_correlation(rows[2], rows[3], 0.7);
    expect_correlation(rows[0], rows[2], 0.0);
    expect_correlation(rows[1], rows[3], 0.0);
}

TEST(FactorLoading, GivesCorrelationsOfItsProducts)
{
    DesignSpec spec = independent({Normal{}, Normal{}, Normal{}});
    spec.latents = {{"push"}};
    spec.loadings = {{"input/0", "push", 0.9},
                     {"input/1", "push", 0.8},
                     {"input/2", "push", -0.7}};

    const Rows rows = draw_rows(spec, 24, 0, n_samples);

    expect_correlation(rows[0], rows[1], 0.72);
    expect_correlation(rows[0], rows[2], -0.63);
    expect_correlation(rows[1], rows[2], -0.56);
}

TEST(FactorLoading, ReachesAMemberOfABlock)
{
    DesignSpec spec = independent({Normal{}, Normal{}, Normal{}});
    spec.blocks = {block_of({"input/0", "input/1"}, {1.0, 0.8, 0.8, 1.0})};
    spec.loadings = {{"input/2", "input/0", 0.75}};

    const Rows rows = draw_rows(spec, 25, 0, n_samples);

    expect_correlation(rows[2], rows[0], 0.75);
    expect_correlation(rows[2], rows[1], 0.60);
}

/// What the constructor says to `spec`; empty if it accepts it.
std::string refusal(const DesignSpec& spec)
{
    try {
        const Design design(spec, 0, InstructionSet::avx2);
        return "";
    } catch (const InputError& error) {
        return error.what();
    }
}

DesignSpec with_block(std::vector<std::string> members,
                      std::vector<double> correlation_of_scores)
{
    DesignSpec spec = independent({Normal{}, Normal{}, Normal{}, Normal{}});
    spec.blocks = {
        block_of(std::move(members), std::move(correlation_of_scores))};
    return spec;
}

TEST(CorrelatedBlock, ThatIsNotPositiveDefiniteNamesThePairAndWhatItMayBe)
{
    // Two inputs that each follow input/0 by 0.9 must follow each other by at
    // least 0.81 - 0.19 = 0.62.
    const std::string message =
        refusal(with_block({"input/0", "input/1", "input/2"},
                           {1.0, 0.9, 0.9, 0.9, 1.0, -0.5, 0.9, -0.5, 1.0}));

    EXPECT_EQ(message,
              "correlation of 'input/1' and 'input/2': -0.5 contradicts the "
              "others of its block, which is not positive definite\n"
              "  hint: they allow 0.62 to 1");
}

TEST(CorrelatedBlock, ThatBreaksInMoreThanOnePlaceSaysSo)
{
    // Members 0 ... 2 are close; member 3 opposes two of them at once.
    const std::string message =
        refusal(with_block({"input/0", "input/1", "input/2", "input/3"},
                           {1.0,
                            0.0,
                            0.0,
                            0.9,
                            0.0,
                            1.0,
                            0.0,
                            0.9,
                            0.0,
                            0.0,
                            1.0,
                            0.9,
                            0.9,
                            0.9,
                            0.9,
                            1.0}));

    EXPECT_THAT(message, testing::HasSubstr("not positive definite"));
    EXPECT_THAT(message,
                testing::HasSubstr(
                    "more than one correlation of 'input/3' has to change"));
}

TEST(CorrelatedBlock, RefusesEntriesThatAreNoCorrelation)
{
    const std::vector<std::string> pair = {"input/0", "input/1"};
    EXPECT_EQ(refusal(with_block(pair, {1.0, 1.0, 1.0, 1.0})),
              "correlation of 'input/0' and 'input/1': 1 is outside (-1, 1)");
    EXPECT_EQ(refusal(with_block(pair, {1.0, 0.5, 0.4, 1.0})),
              "correlation of 'input/0' and 'input/1': 0.4 differs from 0.5, "
              "the same the other way round");
    EXPECT_EQ(refusal(with_block(pair, {1.1, 0.5, 0.5, 1.0})),
              "correlation of 'input/0' and 'input/0': 1.1 is not 1");
    EXPECT_EQ(refusal(with_block(pair, {1.0, 0.5, 0.5})),
              "correlated block of 'input/0' and 1 more: has 3 correlations, "
              "needs 4");
}

}  // namespace
}  // namespace hepta::sampling
