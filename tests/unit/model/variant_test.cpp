// Acceleration and retrofit against closed forms, in the scalar reference and
// the kernels.
#include "hepta/core/tile.hpp"
#include "hepta/model/model.hpp"
#include "support/outputs.hpp"
#include "support/small_model.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace hepta {
namespace {

using tests::SmallModel;

/// Shares of technology 1 in each year, by the scalar reference; those of the
/// kernels must be the same but for rounding.
std::vector<double> shares_of_second(const SmallModel& small)
{
    const tests::Outputs out(small.spec, small.input);
    const model::Model fast(small.spec, InstructionSet::avx2);
    Tile inputs(small.spec.n_rows);
    for (std::size_t row = 0; row < small.spec.n_rows; ++row) {
        std::fill_n(inputs.row(row), tile_lanes, small.input[row]);
    }
    model::Model::Workspace workspace = fast.make_workspace();
    Tile outputs = fast.make_outputs();
    fast.prepare(inputs, workspace);
    fast.begin(0, workspace);

    std::vector<double> shares;
    for (int year = small.spec.first_year; year <= small.spec.last_year;
         ++year) {
        fast.advance(0,
                     static_cast<std::size_t>(year - small.spec.first_year),
                     workspace,
                     outputs);
        shares.push_back(out(out.layout.share, year, 1));
        EXPECT_NEAR(
            outputs.row(out.layout.share.row(1, 0))[0], shares.back(), 1e-13);
    }
    return shares;
}

/// A newcomer at 1 % whom everybody prefers, in a sector of short lives: the
/// logistic of its diffusion rate.
SmallModel newcomer(double rate)
{
    SmallModel small;
    small.add_sector({.choice_spread = 1e-3});
    small.add_technology({.share = 0.99,
                          .opex = 100.0,
                          .lifetime = 1.0,
                          .diffusion_rate = rate});
    small.add_technology({.share = 0.01,
                          .opex = 1.0,
                          .lifetime = 1.0,
                          .diffusion_rate = rate,
                          .seed_share = 0.01});
    return small;
}

/// Largest distance from the logistic of `rate`, and of `rate` times `factor`
/// from the first year on that begins at `threshold` or above.
double distance(const std::vector<double>& shares,
                double rate,
                double threshold,
                double factor)
{
    double odds = 0.01 / 0.99;
    double worst = 0.0;
    for (const double share : shares) {
        const double exact = odds / (1.0 + odds);
        worst = std::max(worst, std::fabs(share - exact));
        odds *= std::exp(rate * (exact >= threshold ? factor : 1.0));
    }
    return worst;
}

TEST(Acceleration, BeginsWithTheYearAfterTheThreshold)
{
    SmallModel small = newcomer(0.2);
    small.spec.acceleration = {small.number(0.1), small.number(1.75)};
    const std::vector<double> shares = shares_of_second(small);

    EXPECT_LT(distance(shares, 0.2, 0.1, 1.75), 7e-5);
    EXPECT_GT(distance(shares, 0.2, 0.1, 1.75 * 1.01), 7e-5);
    EXPECT_GT(distance(shares, 0.2, 0.12, 1.75), 7e-5);  // a year later
    EXPECT_GT(distance(shares, 0.2, 0.1, 1.0), 0.1);
}

TEST(Acceleration, IsOfNewcomersAlone)
{
    SmallModel small = newcomer(0.2);
    small.technology().seed_share = model::no_row;
    const std::vector<double> plain = shares_of_second(small);
    small.spec.acceleration = {small.number(0.1), small.number(1.75)};

    EXPECT_EQ(shares_of_second(small), plain);
}

/// So many want the rival that an incumbent of 40 years, half of the sector,
/// loses all that comes up for a change, or nearly (exp(-300) prefer it).
SmallModel incumbent(double early_retirement_rate)
{
    SmallModel small;
    small.add_sector({.early_retirement_rate = early_retirement_rate,
                      .choice_spread = 1e-3});
    small.add_technology(
        {.share = 0.5, .opex = 100.0, .lifetime = 40.0, .diffusion_rate = 1.0});
    small.add_technology(
        {.share = 0.5, .opex = 1.0, .lifetime = 40.0, .diffusion_rate = 1.0});
    return small;
}

/// Largest distance of the incumbent's share from 0.5 exp(-turnover t).
double distance(const std::vector<double>& shares, double turnover)
{
    double worst = 0.0;
    for (std::size_t t = 0; t < shares.size(); ++t) {
        const double exact =
            1.0 - 0.5 * std::exp(-turnover * static_cast<double>(t));
        worst = std::max(worst, std::fabs(shares[t] - exact));
    }
    return worst;
}

std::vector<double> retrofitted(SmallModel small, double cycle)
{
    small.spec.sectors[0].technologies[0].investment_cycle =
        small.number(cycle);
    return shares_of_second(small);
}

/// Largest error of one Runge-Kutta step a year in 0.5 exp(-x t): x^5/120 of
/// the share a step, most after 1/x years; and a little more.
double step_error(double turnover)
{
    return 1.1 * 0.5 * std::pow(turnover, 4) / 120.0 / std::exp(1.0);
}

void expect_turnover(const std::vector<double>& shares, double turnover)
{
    EXPECT_LT(distance(shares, turnover), step_error(turnover));
    EXPECT_GT(distance(shares, 1.01 * turnover), 1e-4);
}

TEST(Retrofit, TurnsOverByTheCycleWhereThatIsShorter)
{
    expect_turnover(shares_of_second(incumbent(0.0)), 1.0 / 40.0);
    expect_turnover(retrofitted(incumbent(0.0), 20.0), 1.0 / 20.0);
    expect_turnover(retrofitted(incumbent(0.0), 50.0), 1.0 / 40.0);
}

TEST(Retrofit, DoesNotCountEarlyChancesTwice)
{
    expect_turnover(retrofitted(incumbent(0.01), 20.0), 1.0 / 20.0);
    expect_turnover(retrofitted(incumbent(0.03), 20.0), 1.0 / 40.0 + 0.03);
}

}  // namespace
}  // namespace hepta
