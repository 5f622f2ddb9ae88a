// Levers of a scenario that are as large as what companies deliver of their
// commitments.
#include "unit/config/small_run.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace hepta::config {
namespace {

using namespace testing;

const std::string share =
    "steel.covered_share = {distribution = \"uniform\", low = 0.1, high = 0.3, "
    "unit = \"fraction of activity\", source = \"s\"}\n";
const std::string rate =
    "all.delivery_rate = {distribution = \"uniform\", low = 0.2, high = 0.8, "
    "unit = \"fraction\", source = \"s\"}\n";
const std::string committed = "committed = true, ";

std::string premium(const std::string& key)
{
    return "premium.\"steel/hydrogen_route\" = {value = 30, " + key +
           "unit = \"USD2020 per t steel\", source = \"s\"}\n";
}

std::string bound(const std::string& kind, const std::string& key)
{
    return kind +
           " = [{sector = \"steel\", technologies = [\"hydrogen_route\"], "
           "share = {2030 = 0.1, 2035 = 1, " +
           key + "unit = \"fraction\", source = \"s\"}}]\n";
}

/// The small run with these levers and, if any, commitments.
std::string run_with(const std::string& levers,
                     const std::string& commitments = share + rate)
{
    return replaced(small_run(),
                    "[scenario.reference]\n",
                    (commitments.empty() ? "" : "[commitments]\n") +
                        commitments + "[scenario.reference]\n" + levers);
}

std::string both(const std::string& key)
{
    return premium(key) + bound("minimum_share", key);
}

std::vector<std::string> names(const RunConfig& run,
                               const model::LeverScale& scale)
{
    return {run.design.inputs.at(scale.first).name,
            run.design.inputs.at(scale.second).name};
}

const std::vector<std::string> inputs = {"commitments/steel/covered_share",
                                         "commitments/all/delivery_rate"};

TEST(CommittedLevers, AreMultipliedByCoveredShareAndDeliveryRate)
{
    const RunConfig run = load_text(run_with(both(committed)));
    const model::Scenario& scenario = run.model.scenarios.at(0);

    EXPECT_EQ(names(run, scenario.minimum_share.at(0).scale), inputs);
    ASSERT_EQ(scenario.premium_scale.size(), 2u);
    EXPECT_EQ(scenario.premium_scale[0].first, model::no_row);
    EXPECT_EQ(names(run, scenario.premium_scale[1]), inputs);
    EXPECT_EQ(scenario.minimum_share[0].share.at(1).value, 1.0);
    EXPECT_EQ(scenario.premium[1].at(0).value, 30.0);
}

TEST(CommittedLevers, AreNoneUnlessTheKeyIsTrue)
{
    const RunConfig plain = load_text(run_with(both("")));
    const RunConfig off = load_text(run_with(both("committed = false, ")));

    EXPECT_EQ(off.sha256, plain.sha256);
    EXPECT_TRUE(plain.model.scenarios[0].premium_scale.empty());
    EXPECT_EQ(plain.model.scenarios[0].minimum_share[0].scale.first,
              model::no_row);
}

TEST(CommittedLevers, LeaveTheDesignAsItIs)
{
    const auto design = [](const std::string& text) {
        return nlohmann::json::parse(load_text(text).resolved_json)["design"];
    };

    EXPECT_EQ(design(run_with(both(committed))), design(run_with(both(""))));
}

TEST(CommittedLevers, AreInTheResolvedModel)
{
    const auto scenario = [](const std::string& text) {
        return nlohmann::json::parse(
            load_text(text).resolved_json)["model"]["scenarios"][0];
    };
    const nlohmann::json with = scenario(run_with(both(committed)));
    const nlohmann::json without = scenario(run_with(both("")));

    EXPECT_EQ(with["minimum_share"][0]["scaled_by"], inputs);
    EXPECT_EQ(with["premium_scaled_by"],
              nlohmann::json::array({nullptr, inputs}));
    EXPECT_FALSE(without["minimum_share"][0].contains("scaled_by"));
    EXPECT_FALSE(without.contains("premium_scaled_by"));
}

TEST(CommittedLevers, TakeASectorsOwnDeliveryRate)
{
    const RunConfig run = load_text(
        run_with(premium(committed), share + replaced(rate, "all", "steel")));

    EXPECT_EQ(names(run, run.model.scenarios[0].premium_scale.at(1))[1],
              "commitments/steel/delivery_rate");
}

TEST(CommittedLevers, StayCommittedWhereTheCommandLineGivesTheirNumber)
{
    const RunConfig run =
        load_text(run_with(premium(committed)),
                  {{"scenario.reference.premium.\"steel/hydrogen_route\"",
                    "{value = 20}"}});

    EXPECT_EQ(run.model.scenarios[0].premium[1].at(0).value, 20.0);
    EXPECT_EQ(names(run, run.model.scenarios[0].premium_scale.at(1)), inputs);
}

/// A fault at the key `committed` of a run, with its place.
void expect_fault(const std::string& text,
                  const std::string& problem,
                  const std::string& hint)
{
    const std::string message = faults_of(text);
    const std::size_t at = text.find("committed = ");
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(at);
    const std::string place =
        "run.toml:" + std::to_string(1 + std::count(text.begin(), end, '\n')) +
        ":" + std::to_string(at - text.rfind('\n', at));
    EXPECT_NE(message.find(place + ": scenario.reference."), std::string::npos)
        << place << "\n"
        << message;
    EXPECT_NE(message.find("committed " + problem), std::string::npos)
        << message;
    EXPECT_NE(message.find("hint: " + hint), std::string::npos) << message;
}

TEST(CommittedLevers, NeedCommitmentsOfTheirSector)
{
    for (const std::string& levers :
         {premium(committed), bound("minimum_share", committed)}) {
        expect_fault(run_with(levers, ""),
                     "is true in a run without [commitments]",
                     "include a file that has them");
        expect_fault(run_with(levers, rate),
                     "is true, but `steel` has no covered share",
                     "give commitments.steel.covered_share");
        const std::string message = faults_of(run_with(levers, share));
        EXPECT_NE(message.find("commitments.steel has no delivery rate"),
                  std::string::npos)
            << message;
    }
}

TEST(CommittedLevers, AreMinimumSharesAndPremiumsAlone)
{
    const std::string rest = "unit = \"fraction\", source = \"s\"}\n";
    for (const std::string& lever :
         {bound("maximum_share", committed),
          "carbon_cover.steel = {value = 0.5, " + committed + rest,
          "carbon_cover.steel = {2030 = 0.5, " + committed + rest,
          "demand_reduction = {value = 0.5, " + committed + rest,
          "demand_reduction.steel = {value = 0.5, " + committed + rest,
          "seed_factor = {value = 2, " + committed +
              "unit = \"-\", source = \"s\"}\n",
          "end_of_new_builds.\"steel/hydrogen_route\" = {value = 2040, " +
              committed + "unit = \"calendar year\", source = \"s\"}\n"}) {
        expect_fault(run_with(lever),
                     "is not for this lever",
                     "minimum shares and premiums may be committed");
    }
}

TEST(CommittedLevers, AreTrueOrFalse)
{
    const std::string message = faults_of(run_with(premium("committed = 1, ")));
    EXPECT_NE(message.find("is a number, not true or false"), std::string::npos)
        << message;
}

/// A scenario that is not run, or a sector that is not, asks for nothing.
TEST(CommittedLevers, AskForNothingThatIsNotRun)
{
    const std::string other =
        small_run() + "\n[scenario.other]\n" + premium(committed);
    EXPECT_EQ(faults_of(other), "");

    const std::string elsewhere = run_with(
        "premium.\"cement/kiln_ccs\" = {value = 30, committed = true, "
        "unit = \"USD2020 per t cement\", source = \"s\"}\n",
        "");
    EXPECT_EQ(faults_of(elsewhere), "");
}

}  // namespace
}  // namespace hepta::config
