// Milestones, budgets of sectors and one form alone, as the files give them.
#include "unit/config/small_run.hpp"

#include <gtest/gtest.h>

namespace hepta::config {
namespace {

using namespace testing;

std::string with_milestone(const std::string& sector, const std::string& rest)
{
    return small_run() + "\n[milestones." + sector +
           "]\nstep = {metric = \"share\", unit = \"-\", source = \"s\", " +
           rest + "}\n";
}

void expect_fault(const std::string& text, const std::string& part)
{
    const std::string message = faults_of(text);
    EXPECT_NE(message.find(part), std::string::npos) << message;
}

TEST(Roadmap, MilestonesAreSumsOfItemsInAYear)
{
    const RunConfig run = load_text(with_milestone(
        "steel",
        "items = [\"steel/blast\", \"steel/hydrogen_route\"], year = 2035, "
        "above = 0.9"));

    ASSERT_EQ(run.milestones.size(), 1u);
    EXPECT_EQ(run.milestones[0].sector, "steel");
    EXPECT_EQ(run.milestones[0].items.size(), 2u);
    EXPECT_EQ(run.milestones[0].event.name, "step");
    EXPECT_EQ(run.milestones[0].event.year, 2035);
    EXPECT_EQ(run.milestones[0].event.threshold, 0.9);
    EXPECT_NE(run.sha256, load_text(small_run()).sha256);
}

TEST(Roadmap, FaultsAreNamed)
{
    expect_fault(with_milestone("steel",
                                "items = [\"steel/blust\"], year = 2035, "
                                "above = 0.9"),
                 "\"steel/blust\" is not one of `share`");
    expect_fault(with_milestone("steel",
                                "items = [\"steel/blast\"], year = 2033, "
                                "above = 0.9"),
                 "is of 2033");
    expect_fault(with_milestone("stel",
                                "items = [\"steel/blast\"], year = 2035, "
                                "above = 0.9"),
                 "is of `stel`, which is not a sector");
    expect_fault(with_milestone("steel", "year = 2035, above = 0.9"), "items");
}

TEST(Roadmap, SectorsThatAreNotInTheRunAreLeftOut)
{
    const RunConfig run = load_text(
        with_milestone("cement",
                       "items = [\"cement/kiln\"], year = 2035, above = 0.9") +
        "[sector_budgets]\n"
        "steel = {value = 56, unit = \"Gt CO2\", source = \"s\"}\n"
        "cement = {value = 42, unit = \"Gt CO2\", source = \"s\"}\n");

    EXPECT_TRUE(run.milestones.empty());
    ASSERT_EQ(run.sector_budgets.size(), 1u);
    EXPECT_EQ(run.sector_budgets[0].sector, "steel");
    EXPECT_EQ(run.sector_budgets[0].amount_gt, 56.0);
}

}  // namespace
}  // namespace hepta::config
