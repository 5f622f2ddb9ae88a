// Seeds, floors, mandates, bans and shared limits of the reference model.
#include "support/outputs.hpp"
#include "support/small_model.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace hepta {
namespace {

using tests::Outputs;
using tests::SmallModel;

/// An incumbent that nothing displaces, and a newcomer with a seed of 3 %.
SmallModel seed_of_three_percent(double availability_year)
{
    SmallModel small;
    small.add_sector();
    small.add_technology({.share = 1.0, .opex = 100.0});
    small.add_technology({.opex = 100.0,
                          .seed_share = 0.03,
                          .availability_year = availability_year});
    return small;
}

TEST(ReferenceModel, SeedsArriveInThreeThirdsFromTheRoundedYear)
{
    const SmallModel small = seed_of_three_percent(2029.5);
    const Outputs out(small.spec, small.input);

    const auto& share = out.layout.share;
    EXPECT_EQ(out(share, 2029, 1), 0.0);
    EXPECT_NEAR(out(share, 2030, 1), 0.01, 1e-15);
    EXPECT_NEAR(out(share, 2031, 1), 0.02, 1e-15);
    EXPECT_NEAR(out(share, 2032, 1), 0.03, 1e-15);
    EXPECT_NEAR(out(share, 2050, 1), 0.03, 1e-15);
}

TEST(ReferenceModel, SeedsNeverArriveInTheFirstYear)
{
    const SmallModel small = seed_of_three_percent(2010.0);
    const Outputs out(small.spec, small.input);

    EXPECT_EQ(out(out.layout.share, 2020, 1), 0.0);
    EXPECT_NEAR(out(out.layout.share, 2021, 1), 0.01, 1e-15);
}

TEST(ReferenceModel, SeedsScaleWithTheScenarioUpToTheCeiling)
{
    SmallModel small = seed_of_three_percent(2030.0);
    small.scenario().seed_factor = 10.0;
    small.set(small.technology().max_share, 0.15);
    const Outputs out(small.spec, small.input);

    const auto& share = out.layout.share;
    EXPECT_NEAR(out(share, 2030, 1), 0.1, 1e-15);
    EXPECT_LE(out(share, 2031, 1), 0.15 + 1e-15);
    EXPECT_NEAR(out(share, 2050, 1), 0.15, 1e-15);
}

TEST(ReferenceModel, EndedNewBuildsGetNeitherSeedNorFloor)
{
    SmallModel small = seed_of_three_percent(2030.0);
    small.scenario().end_of_new_builds[1] = 2031;
    const Outputs out(small.spec, small.input);

    EXPECT_NEAR(out(out.layout.share, 2030, 1), 0.01, 1e-15);
    EXPECT_NEAR(out(out.layout.share, 2031, 1), 0.01, 1e-15);
}

TEST(ReferenceModel, CommittedBaseYearShareIsAFloorAtOnce)
{
    SmallModel small;
    small.add_sector();
    small.add_technology(
        {.share = 0.9, .opex = 1.0, .lifetime = 1.0, .diffusion_rate = 0.5});
    small.add_technology(
        {.share = 0.1, .opex = 100.0, .lifetime = 1.0, .seed_share = 0.04});
    small.scenario().seed_factor = 10.0;  // of seeds, not of what exists
    const Outputs out(small.spec, small.input);

    EXPECT_LT(out(out.layout.share, 2021, 1), 0.1);
    EXPECT_NEAR(out(out.layout.share, 2050, 1), 0.04, 1e-15);
}

TEST(ReferenceModel, BannedTechnologiesLoseWhateverTheyCost)
{
    SmallModel small;
    small.add_sector();
    small.add_technology({.share = 0.5, .opex = 1.0, .diffusion_rate = 0.2});
    small.add_technology({.share = 0.5, .opex = 500.0, .diffusion_rate = 0.2});
    small.scenario().end_of_new_builds[0] = 2030;
    const Outputs out(small.spec, small.input);

    const auto& share = out.layout.share;
    EXPECT_GT(out(share, 2030, 0), out(share, 2029, 0));
    EXPECT_LT(out(share, 2031, 0), out(share, 2030, 0));
    // Turnover is all that it can lose: 1/L a year.
    EXPECT_NEAR(out(share, 2050, 0) / out(share, 2030, 0),
                std::exp(-20.0 / 25.0),
                1e-6);
}

/// Four technologies that nothing moves.
SmallModel four_equals()
{
    SmallModel small;
    small.add_sector();
    for (const double share : {0.5, 0.3, 0.2, 0.0}) {
        small.add_technology({.share = share, .opex = 10.0});
    }
    return small;
}

TEST(ReferenceModel, MinimumSharesRaiseAGroupProRata)
{
    SmallModel small = four_equals();
    small.scenario().minimum_share = {
        {.technologies = {1, 2}, .share = {{2021, 0.5}, {2031, 0.8}}}};
    const Outputs out(small.spec, small.input);

    const auto& share = out.layout.share;
    EXPECT_NEAR(out(share, 2031, 1), 0.48, 1e-14);
    EXPECT_NEAR(out(share, 2031, 2), 0.32, 1e-14);
    EXPECT_NEAR(out(share, 2031, 0), 0.2, 1e-14);
}

TEST(ReferenceModel, MinimumShareOfAnAbsentGroupIsSplitEqually)
{
    SmallModel small = four_equals();
    small.set(small.sector().technologies[2].share_2020, 0.0);
    small.set(small.sector().technologies[0].share_2020, 0.7);
    small.scenario().minimum_share = {
        {.technologies = {2, 3}, .share = {{2021, 0.2}}}};
    const Outputs out(small.spec, small.input);

    const auto& share = out.layout.share;
    EXPECT_NEAR(out(share, 2021, 2), 0.1, 1e-15);
    EXPECT_NEAR(out(share, 2021, 3), 0.1, 1e-15);
    EXPECT_NEAR(out(share, 2021, 0), 0.56, 1e-15);
}

TEST(ReferenceModel, MaximumSharesGiveTheExcessToTheOthers)
{
    SmallModel small = four_equals();
    small.scenario().maximum_share = {
        {.technologies = {0}, .share = {{2021, 0.4}}}};
    const Outputs out(small.spec, small.input);

    const auto& share = out.layout.share;
    EXPECT_NEAR(out(share, 2050, 0), 0.4, 1e-14);
    EXPECT_NEAR(out(share, 2050, 1), 0.36, 1e-14);
    EXPECT_NEAR(out(share, 2050, 2), 0.24, 1e-14);
}

/// A user of a limited resource that takes over from a falling technology,
/// beside one that does not move.
SmallModel limited_growth(double limit)
{
    SmallModel small;
    const std::uint32_t carrier = small.add_carrier(0.0);
    small.spec.resources.push_back({.name = "scarce", .carriers = {carrier}});
    small.spec.resources[0].limit = small.path({{2020, limit}});
    small.add_sector();
    small.add_technology({.share = 0.6, .opex = 200.0, .lifetime = 5.0});
    small.add_technology(
        {.share = 0.1, .opex = 1.0, .lifetime = 5.0, .diffusion_rate = 0.3});
    small.technology().energy_input.push_back({carrier, small.number(2.0)});
    small.add_technology({.share = 0.3, .opex = 1.0, .lifetime = 5.0});
    return small;
}

TEST(ReferenceModel, UseGrowsToItsLimitAndStays)
{
    const SmallModel small = limited_growth(50.0);
    const Outputs out(small.spec, small.input);

    const auto& use = out.layout.resource_use;
    EXPECT_NEAR(out(use, 2020), 20.0, 1e-12);
    EXPECT_EQ(out(out.layout.limit_binding, 2020), 0.0);
    for (int year = 2021; year <= 2050; ++year) {
        EXPECT_LE(out(use, year), 50.0 + 1e-12);
    }
    EXPECT_NEAR(out(use, 2050), 50.0, 1e-12);
    EXPECT_EQ(out(out.layout.limit_binding, 2049), 1.0);
    EXPECT_TRUE(std::isnan(out(out.layout.limit_binding, 2050)));
    // What is given up goes back to the technology that lost it.
    EXPECT_NEAR(out(out.layout.share, 2050, 0), 0.45, 1e-12);
    EXPECT_NEAR(out(out.layout.share, 2050, 2), 0.30, 1e-12);
}

TEST(ReferenceModel, LimitsBelowTodaysUseStopGrowthOnly)
{
    const SmallModel small = limited_growth(5.0);
    const Outputs out(small.spec, small.input);

    EXPECT_EQ(out(out.layout.limit_binding, 2020), 1.0);
    EXPECT_NEAR(out(out.layout.resource_use, 2050), 20.0, 1e-12);
}

TEST(ReferenceModel, SectorsShareALimitInProportionToTheirGrowth)
{
    SmallModel small = limited_growth(30.0);
    small.spec.sectors.push_back(small.spec.sectors[0]);
    model::Scenario& levers = small.scenario();
    levers.end_of_new_builds.resize(6, model::never);
    levers.premium.resize(6);
    levers.demand_reduction.resize(2, 0.0);
    levers.carbon_cover.resize(2);
    levers.fixed_block_path.resize(2);
    const Outputs out(small.spec, small.input);

    // 40 PJ are in use already; nothing may grow, in either sector.
    EXPECT_NEAR(out(out.layout.resource_use, 2050), 40.0, 1e-12);
    EXPECT_EQ(out(out.layout.share, 2050, 1), out(out.layout.share, 2050, 4));
}

TEST(ReferenceModel, MandatesCreateNoResource)
{
    SmallModel small = limited_growth(50.0);
    small.scenario().minimum_share = {
        {.technologies = {1}, .share = {{2021, 0.9}}}};
    const Outputs out(small.spec, small.input);

    EXPECT_NEAR(out(out.layout.resource_use, 2021), 50.0, 1e-12);
    // The loss of the others is given back to each in proportion.
    EXPECT_NEAR(out(out.layout.share, 2021, 0) / out(out.layout.share, 2021, 2),
                2.0,
                0.1);
}

TEST(ReferenceModel, CapturedCo2AndMaterialsAreLimitedToo)
{
    for (const auto kind : {model::Resource::Kind::captured_co2,
                            model::Resource::Kind::resource_input}) {
        SmallModel small = limited_growth(0.0);
        small.spec.resources[0].kind = kind;
        small.spec.resources[0].limit_factor = 1000.0;
        small.set(small.spec.resources[0].limit, 0.035);
        model::Technology& user = small.sector().technologies[1];
        small.set(user.process_ghg, 1.5);
        small.set(user.capture_rate, 2.0 / 3.0);
        user.resource_input.push_back({0, small.number(1.0)});
        const Outputs out(small.spec, small.input);

        EXPECT_NEAR(out(out.layout.resource_use, 2020), 10.0, 1e-12);
        EXPECT_NEAR(out(out.layout.resource_use, 2050), 35.0, 1e-12);
    }
}

}  // namespace
}  // namespace hepta
