// Step 9 of the reference model: what is added up from a trajectory.
#include "support/outputs.hpp"
#include "support/small_model.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace hepta {
namespace {

using tests::Outputs;
using tests::SmallModel;

TEST(ReferenceModel, ConstantEmissionsAddUpToTheirIntegral)
{
    SmallModel small;
    small.add_sector();
    small.add_technology({.share = 1.0, .opex = 1.0, .process_ghg = 2.0});
    small.spec.budgets.push_back({"half", small.number(12.0)});
    const Outputs out(small.spec, small.input);

    // 200 Mt a year for thirty years.
    EXPECT_EQ(out(out.layout.cumulative_emissions, 2020), 0.0);
    EXPECT_NEAR(out(out.layout.cumulative_emissions, 2050), 6000.0, 1e-9);
    EXPECT_NEAR(out(out.layout.budget_used, 2050), 0.5, 1e-12);
    EXPECT_NEAR(out(out.layout.warming, 2050), 0.45 * 0.006, 1e-15);
}

TEST(ReferenceModel, LinearEmissionsAddUpByTheTrapezoidRule)
{
    SmallModel small;
    small.add_sector();
    small.add_technology({.share = 1.0, .opex = 1.0});
    small.sector().fixed_block = small.number(60.0);
    small.scenario().fixed_block_path[0] = {{2020, 1.0}, {2050, 0.0}};
    const Outputs out(small.spec, small.input);

    EXPECT_NEAR(out(out.layout.emissions, 2035), 30.0, 1e-12);
    EXPECT_NEAR(out(out.layout.cumulative_emissions, 2050), 900.0, 1e-9);
}

TEST(ReferenceModel, PandemicFactorIsOnEmissionsAndEnergyOf2020Alone)
{
    SmallModel small;
    small.add_sector();
    const std::uint32_t carrier = small.add_carrier(3.0);
    small.add_technology(
        {.share = 1.0, .process_ghg = 1.0, .capture_rate = 0.5});
    small.technology().energy_input.push_back({carrier, small.number(4.0)});
    small.sector().covid_intensity_factor = small.number(1.25);
    const Outputs out(small.spec, small.input);

    EXPECT_NEAR(out(out.layout.emissions, 2020), 62.5, 1e-12);
    EXPECT_NEAR(out(out.layout.emissions, 2021), 50.0, 1e-12);
    EXPECT_NEAR(out(out.layout.captured_co2, 2020), 62.5, 1e-12);
    EXPECT_NEAR(out(out.layout.carrier_use, 2020), 500.0, 1e-12);
    EXPECT_NEAR(out(out.layout.carrier_use, 2021), 400.0, 1e-12);
    EXPECT_EQ(out(out.layout.levelised_cost, 2020),
              out(out.layout.levelised_cost, 2021));
}

TEST(ReferenceModel, InvestmentReplacesAndGrows)
{
    SmallModel small;
    small.add_sector();
    small.set(small.sector().activity.back().row, 100.0 * std::pow(1.02, 30.0));
    small.add_technology({.share = 1.0, .capex = 500.0, .lifetime = 20.0});
    const Outputs out(small.spec, small.input);

    const auto& investment = out.layout.investment;
    EXPECT_NEAR(
        out(investment, 2020) / (500.0 * 100.0 * 0.07 * 1e6), 1.0, 1e-12);
    EXPECT_EQ(out(out.layout.early_retirement, 2020), 0.0);
    EXPECT_TRUE(std::isnan(out(investment, 2050)));
    EXPECT_TRUE(std::isnan(out(out.layout.early_retirement, 2050)));
}

TEST(ReferenceModel, FallsBeyondTurnoverAreRetiredEarly)
{
    SmallModel small;
    small.add_sector();
    small.set(small.sector().activity.back().row, 100.0 * std::pow(0.9, 30.0));
    small.add_technology({.share = 1.0, .capex = 500.0, .lifetime = 20.0});
    const Outputs out(small.spec, small.input);

    EXPECT_EQ(out(out.layout.investment, 2020), 0.0);
    EXPECT_NEAR(out(out.layout.early_retirement, 2020), 5.0, 1e-12);
}

TEST(ReferenceModel, IdleCapacityIsNotBuiltAgainBeforeRecovery)
{
    SmallModel small;
    small.add_sector();
    small.set(small.sector().activity[0].row, 50.0);
    small.sector().recovery_year = small.number(2024.0);
    small.add_technology({.share = 1.0, .capex = 500.0, .lifetime = 20.0});
    const Outputs out(small.spec, small.input);

    EXPECT_EQ(out(out.layout.activity, 2020), 50.0);
    EXPECT_NEAR(out(out.layout.activity, 2022), std::sqrt(5000.0), 1e-12);
    EXPECT_NEAR(out(out.layout.activity, 2024), 100.0, 1e-12);
    // Capacity is that of 2019 throughout: replacement alone.
    for (int year = 2020; year < 2024; ++year) {
        EXPECT_NEAR(out(out.layout.investment, year), 500.0 * 5.0 * 1e6, 1.0);
    }
}

/// Two sectors of one technology; a scenario without and one with a ban that
/// changes nothing but the price of carbon that demand sees.
TEST(ReferenceModel, PortfoliosAndAvoidedEmissionsAreDifferencesOfSums)
{
    SmallModel small;
    small.spec.scenarios.push_back({.name = "priced"});
    for (model::Driver& driver : small.spec.drivers) {
        driver.path.resize(2, driver.path.front());
    }
    small.spec.drivers[small.spec.carbon_price].path[1] =
        small.path({{2020, 100.0}});
    for (const double ghg : {1.0, 3.0}) {
        small.add_sector({.price_elasticity = -1.0});
        small.add_technology({.share = 1.0, .opex = 100.0, .process_ghg = ghg});
    }
    small.spec.portfolios.push_back({"both", {0, 1}});
    const Outputs out(small.spec, small.input);

    const auto& avoided = out.layout.avoided_emissions;
    EXPECT_NEAR(out(out.layout.emissions, 2030, 2), 400.0, 1e-12);
    EXPECT_EQ(out(avoided, 2030, 2, 0, 0), 0.0);
    EXPECT_EQ(out(avoided, 2020, 2, 0, 1), 0.0);
    // Demand falls to 1/2 and 1/4.
    EXPECT_NEAR(out(avoided, 2030, 0, 0, 1), 50.0, 1e-12);
    EXPECT_NEAR(out(avoided, 2030, 1, 0, 1), 225.0, 1e-12);
    EXPECT_NEAR(out(avoided, 2030, 2, 0, 1), 275.0, 1e-12);
}

TEST(ReferenceModel, NonCo2ForcingMultipliesWarmingOnRequest)
{
    SmallModel small;
    small.add_sector();
    small.add_technology({.share = 1.0, .opex = 1.0, .process_ghg = 2.0});
    small.sector().non_co2_forcing_multiplier = small.number(1.7);
    const double plain = Outputs(small.spec, small.input)(
        model::OutputLayout(small.spec).warming, 2050);
    small.spec.non_co2_forcing = true;
    const double multiplied = Outputs(small.spec, small.input)(
        model::OutputLayout(small.spec).warming, 2050);

    EXPECT_NEAR(multiplied / plain, 1.7, 1e-12);
}

}  // namespace
}  // namespace hepta
