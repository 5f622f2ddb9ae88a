// Steps 1, 5, 6 and 7 of the reference model against closed forms.
#include "hepta/core/error.hpp"
#include "reference/choice.hpp"
#include "reference/runge_kutta.hpp"
#include "reference/shares.hpp"
#include "support/outputs.hpp"
#include "support/small_model.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace hepta {
namespace {

using tests::Outputs;
using tests::SmallModel;

constexpr std::size_t scope1 = 0, scope2 = 1, scope3 = 2;

/// One technology that burns a carrier, in a sector that grows and saves
/// energy.
SmallModel one_technology()
{
    SmallModel small;
    small.add_sector({.efficiency_improvement = 0.01});
    small.set(small.sector().activity.back().row, 250.0);
    const std::uint32_t carrier = small.add_carrier(5.0);
    small.set(small.spec.carriers[carrier].ef_direct, 0.09);
    small.set(small.spec.carriers[carrier].ef_upstream, 0.012);
    small.set(small.spec.carriers[carrier].grid_fraction, 0.5);
    small.set(small.driver_path(small.spec.grid_intensity), 459.0);
    small.add_technology(
        {.share = 1.0, .process_ghg = 0.3, .capture_rate = 0.4});
    small.technology().energy_input.push_back({carrier, small.number(7.0)});
    return small;
}

TEST(ReferenceModel, OneTechnologyEmitsActivityTimesFactor)
{
    const SmallModel small = one_technology();
    const Outputs out(small.spec, small.input);

    for (int year = 2020; year <= 2050; ++year) {
        const double activity = 100.0 * std::pow(2.5, (year - 2020) / 30.0);
        const double energy = 7.0 * std::pow(0.99, year - 2020);
        const double gross = energy * 0.09 + 0.3;
        const double expected[] = {activity * 0.6 * gross,
                                   activity * energy * 0.5 * 459.0 / 3600.0,
                                   activity * energy * 0.012};
        const auto& emissions = out.layout.emissions;
        for (const std::size_t scope : {scope1, scope2, scope3}) {
            EXPECT_NEAR(
                out(emissions, year, 0, scope) / expected[scope], 1.0, 1e-12);
        }
        EXPECT_NEAR(
            out(out.layout.captured_co2, year) / (activity * 0.4 * gross),
            1.0,
            1e-12);
        EXPECT_EQ(out(out.layout.share, year), 1.0);
    }
}

/// Two technologies at constant costs; the second one starts at 1 %.
SmallModel two_technologies(double cost,
                            double rival_cost,
                            double rate,
                            double choice_spread = 0.1)
{
    SmallModel small;
    small.add_sector({.choice_spread = choice_spread});
    // A short life, so that turnover does not bound the losses.
    small.add_technology(
        {.share = 0.99, .opex = cost, .lifetime = 1.0, .diffusion_rate = rate});
    small.add_technology({.share = 0.01,
                          .opex = rival_cost,
                          .lifetime = 1.0,
                          .diffusion_rate = rate});
    return small;
}

/// So little spread in the choice that all prefer the rival: F = 1.
SmallModel rival_preferred_by_all(double rate)
{
    return two_technologies(100.0, 1.0, rate, 1e-3);
}

/// Largest difference from the logistic of rate `delta`, all years.
double logistic_error(const SmallModel& small, double delta)
{
    const Outputs out(small.spec, small.input);
    double worst = 0.0;
    for (int year = 2020; year <= 2050; ++year) {
        const double exact =
            1.0 / (1.0 + 99.0 * std::exp(-delta * (year - 2020)));
        worst =
            std::max(worst, std::abs(out(out.layout.share, year, 1) - exact));
    }
    return worst;
}

TEST(ReferenceModel, TwoTechnologiesFollowTheLogistic)
{
    const SmallModel small = rival_preferred_by_all(0.35);

    EXPECT_LT(logistic_error(small, 0.35), 7e-5);
    EXPECT_GT(logistic_error(small, 0.35 * 1.01), 7e-5);
}

TEST(ReferenceModel, TwoTechnologiesConvergeAtFourthOrder)
{
    SmallModel small = rival_preferred_by_all(0.35);
    const double coarse = logistic_error(small, 0.35);
    small.spec.steps_per_year = 4;
    const double fine = logistic_error(small, 0.35);

    EXPECT_NEAR(std::log(coarse / fine) / std::log(4.0), 4.0, 0.2);
}

TEST(ReferenceModel, PreferenceIsTheLogitOfTheCostDifference)
{
    const double cost = 100.0, rival_cost = 94.0, rate = 0.3;
    SmallModel small = two_technologies(cost, rival_cost, rate);
    small.spec.steps_per_year = 4;

    const double mean_cost = 0.99 * cost + 0.01 * rival_cost;
    const double beta = 1.768 / (std::sqrt(2.0) * 0.1 * mean_cost);
    const double f = 1.0 / (1.0 + std::exp(beta * (rival_cost - cost)));
    EXPECT_LT(logistic_error(small, rate * (2.0 * f - 1.0)), 1e-6);
}

TEST(ReferenceModel, SeparableRatesGiveTheSoftmaxOfTime)
{
    const std::vector<double> rate{0.0, 0.10, 0.25, -0.05};
    const std::vector<double> start{0.90, 0.06, 0.01, 0.03};
    const auto derivative = [&](const std::vector<double>& share) {
        std::vector<double> result(share.size(), 0.0);
        for (std::size_t i = 0; i < share.size(); ++i) {
            for (std::size_t j = 0; j < share.size(); ++j) {
                result[i] += share[i] * share[j] * (rate[i] - rate[j]);
            }
        }
        return result;
    };
    const auto error = [&](int steps_per_year) {
        std::vector<double> share = start;
        for (int step = 0; step < 30 * steps_per_year; ++step) {
            share = reference::runge_kutta_step(
                share, 1.0 / steps_per_year, derivative);
        }
        double all = 0.0, worst = 0.0;
        for (std::size_t i = 0; i < rate.size(); ++i) {
            all += start[i] * std::exp(30.0 * rate[i]);
        }
        for (std::size_t i = 0; i < rate.size(); ++i) {
            const double exact = start[i] * std::exp(30.0 * rate[i]) / all;
            worst = std::max(worst, std::abs(share[i] - exact));
        }
        return worst;
    };

    EXPECT_LT(error(1), 3e-5);
    EXPECT_NEAR(std::log2(error(2) / error(4)), 4.0, 0.2);
}

TEST(ReferenceModel, PreferencesOfAPairAddToOne)
{
    const std::vector<double> cost{3.0, 3.0, -2.0, 40.0, 1e6};
    const auto net = reference::net_preferences(
        reference::attractions(cost, reference::choice_scale(2.0)),
        {false, false, false, true, true});

    EXPECT_EQ(net[0][1], 0.0);
    EXPECT_EQ(net[3][4], 0.0);  // both ended: neither
    EXPECT_EQ(net[0][3], 1.0);  // one ended: the other
    for (std::size_t i = 0; i < cost.size(); ++i) {
        for (std::size_t j = 0; j < cost.size(); ++j) {
            EXPECT_EQ(net[i][j], -net[j][i]);
        }
    }
}

/// A dirty technology and one that emits 1.5 t less and costs `extra` more.
SmallModel dirty_and_clean(double extra, double carbon_price)
{
    SmallModel small;
    small.add_sector();
    small.add_technology({.share = 0.5,
                          .opex = 100.0,
                          .process_ghg = 2.0,
                          .lifetime = 20.0,
                          .diffusion_rate = 0.2});
    small.add_technology({.share = 0.5,
                          .opex = 100.0 + extra,
                          .process_ghg = 0.5,
                          .lifetime = 20.0,
                          .diffusion_rate = 0.3});
    small.set(small.driver_path(small.spec.carbon_price), carbon_price);
    return small;
}

double clean_share_2050(const SmallModel& small)
{
    const Outputs out(small.spec, small.input);
    return out(out.layout.share, 2050, 1);
}

TEST(ReferenceModel, CarbonPriceParityLeavesSharesAlone)
{
    EXPECT_NEAR(clean_share_2050(dirty_and_clean(90.0, 60.0)), 0.5, 1e-12);
    EXPECT_LT(clean_share_2050(dirty_and_clean(90.0, 59.0)), 0.5 - 1e-3);
    EXPECT_GT(clean_share_2050(dirty_and_clean(90.0, 61.0)), 0.5 + 1e-3);
}

TEST(ReferenceModel, DoublingTheCarbonPriceNeverHelpsTheDirtier)
{
    for (const double form : {0.0, 0.5, 1.0}) {
        for (const double extra : {-30.0, 0.0, 30.0, 90.0, 200.0}) {
            for (const double carbon_price : {5.0, 20.0, 60.0, 120.0}) {
                SmallModel once = dirty_and_clean(extra, carbon_price);
                SmallModel twice = dirty_and_clean(extra, 2.0 * carbon_price);
                once.set(once.spec.form_weight, form);
                twice.set(twice.spec.form_weight, form);
                EXPECT_GE(clean_share_2050(twice),
                          clean_share_2050(once) - 1e-14)
                    << form << " " << extra << " " << carbon_price;
            }
        }
    }
}

TEST(ReferenceModel, LossesStayWithinTurnover)
{
    for (const double form : {0.0, 1.0}) {
        SmallModel small = rival_preferred_by_all(5.0);
        small.set(small.spec.form_weight, form);
        small.set(small.spec.sectors[0].technologies[0].lifetime, 25.0);
        small.spec.steps_per_year = 8;
        const Outputs out(small.spec, small.input);

        // 1/L of the incumbent leaves each year, once the rival can take it.
        const auto& share = out.layout.share;
        for (int year = 2025; year < 2050; ++year) {
            EXPECT_NEAR(out(share, year + 1, 0) / out(share, year, 0),
                        std::exp(-1.0 / 25.0),
                        1e-6);
        }
    }
}

TEST(ReferenceModel, VintageOffersBuildsByAttractionUpToTheBound)
{
    // No room for growth: each builds what leaves, at most.
    const reference::Dynamics sector{.adoption = {0.0, 1.0, 1.0, 1.0},
                                     .turnover = {0.04, 0.04, 0.04, 0.04},
                                     .ceiling = {1.0, 1.0, 0.1, 1.0},
                                     .banned = {false, false, false, true},
                                     .attraction = {1.0, 3.0, 100.0, 1000.0}};
    const std::vector<double> share{0.4, 0.3, 0.1, 0.2};
    const std::vector<double> rate = reference::vintage_logit(sector, share);

    // Technology 2 is at its ceiling, 3 may not build: 0 and 1 share the rest
    // 1 : 3, and 0 ends below what leaves it.
    const double offered = 0.04 - 0.1 * 0.04;
    EXPECT_NEAR(rate[0], offered / 4.0 - 0.4 * 0.04, 1e-15);
    EXPECT_NEAR(rate[1], offered * 3.0 / 4.0 - 0.3 * 0.04, 1e-15);
    EXPECT_NEAR(rate[2], 0.0, 1e-15);
    EXPECT_NEAR(rate[3], -0.2 * 0.04, 1e-15);
}

TEST(ReferenceModel, VintageReplacesLikeForLikeWhatNobodyMayBuild)
{
    const reference::Dynamics sector{.adoption = {0.0, 0.1},
                                     .turnover = {0.04, 0.04},
                                     .ceiling = {1.0, 1.0},
                                     .banned = {true, false},
                                     .attraction = {1.0, 1.0}};
    const std::vector<double> share{0.99, 0.01};
    const std::vector<double> rate = reference::vintage_logit(sector, share);

    EXPECT_NEAR(rate[1], 0.01 * 0.1, 1e-15);
    EXPECT_NEAR(rate[0], -0.01 * 0.1, 1e-15);
}

TEST(ReferenceModel, CarbonPartOfTheCostMovesDemand)
{
    SmallModel small;
    small.add_sector({.price_elasticity = -0.5});
    small.add_technology({.share = 1.0, .opex = 100.0, .process_ghg = 2.0});
    small.set(small.driver_path(small.spec.carbon_price), 50.0);
    const Outputs out(small.spec, small.input);

    EXPECT_EQ(out(out.layout.activity, 2020), 100.0);  // a year's lag
    EXPECT_NEAR(out(out.layout.activity, 2021),
                100.0 * std::pow(200.0 / 100.0, -0.5),
                1e-12);
    EXPECT_NEAR(
        out(out.layout.activity, 2050), out(out.layout.activity, 2021), 1e-12);
}

TEST(ReferenceModel, MeanCostsThatAreNotPositiveAreErrors)
{
    SmallModel small;
    small.add_sector();
    small.add_technology({.share = 1.0, .opex = -1.0});
    EXPECT_THROW((void)reference::simulate(small.spec, small.input), RunError);

    // Positive at first, but a premium exceeds the cost later on.
    small.set(small.technology().opex_non_energy, 1.0);
    small.scenario().premium[0] = {{2030, 0.0}, {2031, 2.0}};
    EXPECT_THROW((void)reference::simulate(small.spec, small.input), RunError);
}

TEST(ReferenceModel, DemandReductionIsLinearFrom2025)
{
    SmallModel small;
    small.add_sector();
    small.add_technology({.share = 1.0, .opex = 1.0});
    small.set(small.sector().demand_reduction_2050, 0.2);
    small.scenario().demand_reduction[0] = 0.5;
    const Outputs out(small.spec, small.input);

    EXPECT_NEAR(out(out.layout.activity, 2025), 100.0, 1e-12);
    EXPECT_NEAR(out(out.layout.activity, 2035), 96.0, 1e-12);
    EXPECT_NEAR(out(out.layout.activity, 2050), 90.0, 1e-12);
}

}  // namespace
}  // namespace hepta
