// The files in configs/, spot-checked against the published values they hold.
#include "hepta/config/run_config.hpp"
#include "hepta/core/error.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <string>

namespace hepta::config {
namespace {

std::string shipped(const std::string& name)
{
    return std::string(HEPTA_SOURCE_DIR) + "/configs/" + name;
}

const RunConfig& seven()
{
    static const RunConfig run = load(shipped("seven_sectors.toml"));
    return run;
}

const sampling::Distribution& distribution(const std::string& name)
{
    for (const sampling::Input& input : seven().design.inputs) {
        if (input.name == name) {
            return input.distribution;
        }
    }
    for (const sampling::PathKnot& knot : seven().design.knots) {
        if (knot.name == name) {
            return knot.distribution;
        }
    }
    throw std::logic_error("no such input: " + name);
}

TEST(SevenSectors, HaveTheirParts)
{
    const model::Spec& model = seven().model;

    EXPECT_EQ(model.sectors.size(), 7u);
    EXPECT_EQ(model.n_technologies(), 42u);
    EXPECT_EQ(model.components.size(), 14u);
    EXPECT_EQ(model.carriers.size(), 16u);
    EXPECT_EQ(model.drivers.size(), 13u);
    EXPECT_EQ(model.resources.size(), 5u);
    EXPECT_EQ(model.converters.size(), 1u);
    EXPECT_EQ(model.portfolios.size(), 4u);
    EXPECT_EQ(model.scenarios.size(), 3u);
    EXPECT_EQ(model.scenarios[model.baseline_scenario].name, "reference");
}

/// The yearly innovations are listed without their year.
TEST(SevenSectors, HaveExactlyTheInputsThatTheModelUses)
{
    std::set<std::string> wanted = {
        "budget/1.5C_50", "budget/2C_67", "electrolyser_heating_value"};
    std::ifstream list(std::string(HEPTA_SOURCE_DIR) +
                       "/tests/unit/config/input_names.txt");
    for (std::string name; std::getline(list, name);) {
        if (name.rfind("eps:", 0) != 0) {
            wanted.insert(name);
            continue;
        }
        for (int year = 2021; year <= 2050; ++year) {
            wanted.insert(name + "/" + std::to_string(year));
        }
    }
    std::set<std::string> found;
    for (const sampling::Input& input : seven().design.inputs) {
        found.insert(input.name);
    }
    EXPECT_EQ(found, wanted);
}

TEST(SevenSectors, EveryInputHasUnitSourceAndGroup)
{
    const std::set<std::string> groups = {"demand",
                                          "technology_cost",
                                          "adoption",
                                          "prices",
                                          "policy",
                                          "resources",
                                          "climate",
                                          "pipeline",
                                          "commitments"};
    for (const sampling::Input& input : seven().design.inputs) {
        EXPECT_FALSE(input.unit.empty()) << input.name;
        EXPECT_GT(input.source.size(), 5u) << input.name;
        EXPECT_EQ(groups.count(input.group), 1u) << input.name;
    }
}

TEST(SevenSectors, HoldThePublishedNumbers)
{
    const sampling::Distribution& capex =
        distribution("steel/bf_bof/capex_2020");
    EXPECT_NEAR(sampling::quantile(capex, 0.05), 700.0, 1e-9);
    EXPECT_NEAR(sampling::quantile(capex, 0.50), 872.0, 1e-9);
    EXPECT_NEAR(sampling::quantile(capex, 0.95), 1070.0, 1e-9);

    const auto coal =
        std::get<sampling::Normal>(distribution("carrier/coal/ef_direct"));
    EXPECT_EQ(coal.mean, 0.0946);
    EXPECT_NEAR(coal.sd, (0.09744 - 0.09176) / (2 * 1.6448536), 1e-9);

    const auto demand =
        std::get<sampling::Triangular>(distribution("steel/activity/2050"));
    EXPECT_EQ(demand.low, 1470.0);
    EXPECT_EQ(demand.mode, 2150.0);
    EXPECT_EQ(demand.high, 2600.0);

    const auto capture =
        std::get<sampling::Beta>(distribution("steel/bf_bof_ccs/capture_rate"));
    EXPECT_EQ(capture.low, 0.6);
    EXPECT_EQ(capture.high, 0.9);
    EXPECT_NEAR(capture.alpha, 1 + 4 * (0.849 - 0.6) / 0.3, 1e-12);

    EXPECT_EQ(std::get<sampling::Fixed>(distribution("steel/bf_bof/share_2020"))
                  .value,
              0.737);
    EXPECT_EQ(
        std::get<sampling::Fixed>(distribution("aviation/recovery_year")).value,
        2024.0);
    const auto grid = std::get<sampling::Triangular>(
        distribution("driver/grid_carbon_intensity/net_zero/2050"));
    EXPECT_EQ(grid.low, -5.0);
    EXPECT_EQ(std::get<sampling::Fixed>(
                  distribution("driver/carbon_price/no_policy/2050"))
                  .value,
              0.0);
}

TEST(SevenSectors, SharesOf2020SumToOne)
{
    for (const model::Sector& sector : seven().model.sectors) {
        double sum = 0.0;
        for (const model::Technology& technology : sector.technologies) {
            sum += std::get<sampling::Fixed>(
                       distribution(technology.name + "/share_2020"))
                       .value;
        }
        EXPECT_NEAR(sum, 1.0, 1e-12) << sector.name;
    }
}

TEST(SevenSectors, NetZeroEndsNewBuildsAndReducesDemand)
{
    const model::Scenario& scenario = seven().model.scenarios.at(2);

    EXPECT_EQ(scenario.name, "net_zero");
    EXPECT_EQ(scenario.end_of_new_builds.at(0), 2032);  // steel/bf_bof
    EXPECT_EQ(std::count(scenario.end_of_new_builds.begin(),
                         scenario.end_of_new_builds.end(),
                         model::never),
              42 - 13);
    EXPECT_EQ(scenario.demand_reduction, std::vector<double>(7, 1.0));
    EXPECT_EQ(scenario.seed_factor, 10.0);
    EXPECT_EQ(scenario.adoption_factor, 1.5);
    EXPECT_EQ(scenario.fixed_block_path.at(3).size(), 3u);  // chemicals
}

TEST(SevenSectors, CorrelateTwentySixQuantitiesAndTheirInnovations)
{
    std::size_t members = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        members += seven().design.blocks.at(i).members.size();
    }
    EXPECT_EQ(members, 26u);
    EXPECT_EQ(seven().design.blocks.size(), 3u + 30u);
    EXPECT_EQ(seven().design.blocks.back().members.size(), 16u);
}

TEST(SevenSectors, DesignIsAcceptedByTheSampler)
{
    EXPECT_NO_THROW(sampling::Design(seven().design, 1, InstructionSet::avx2));
}

TEST(SevenSectors, ReferencesHoldTheEmissionsOfEverySector)
{
    std::map<std::string, double> values;
    for (const ReferenceValue& r : seven().references) {
        values[r.name + "/" + std::to_string(r.year)] = r.value;
    }
    EXPECT_EQ(values.at("steel/ref_emissions_s1_s2/2020"), 3100.0);
    EXPECT_EQ(values.at("aviation/ref_emissions_s1/2019"), 1030.0);
    EXPECT_EQ(values.at("remaining_carbon_budget_from_2020/1.5C_50/0"), 500.0);
}

TEST(EightSectors, FoodIsOneMoreFile)
{
    const RunConfig run = load(shipped("eight_sectors.toml"));

    EXPECT_EQ(run.model.sectors.size(), 8u);
    EXPECT_EQ(run.model.n_technologies(), 45u);
    EXPECT_EQ(run.model.components.size(), 15u);
    EXPECT_EQ(run.model.portfolios.at(0).sectors.size(), 8u);
}

TEST(ShippedRuns, AnyScenarioCanBeChosen)
{
    const RunConfig run = load(
        shipped("seven_sectors.toml"),
        {{"scenarios", "net_zero_prices_only,stated"}, {"baseline", "stated"}});

    EXPECT_EQ(run.model.scenarios.at(0).name, "net_zero_prices_only");
    EXPECT_EQ(run.model.baseline_scenario, 1u);
}

}  // namespace
}  // namespace hepta::config
