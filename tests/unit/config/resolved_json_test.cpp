// The canonical text that identifies a configuration.
#include "unit/config/small_run.hpp"

#include <nlohmann/json.hpp>

namespace hepta::config {
namespace {

using namespace testing;

TEST(ResolvedJson, DoesNotDependOnHowTheRunIsDone)
{
    const RunConfig plain = load_text(small_run());
    const RunConfig other =
        load_text(small_run(),
                  {{"samples", "64"}, {"seed", "7"}, {"block_size", "4096"}});

    EXPECT_EQ(plain.resolved_json, other.resolved_json);
    EXPECT_EQ(plain.sha256, other.sha256);
}

TEST(ResolvedJson, ChangesWithEveryNumberOfTheModel)
{
    const RunConfig plain = load_text(small_run());
    const std::pair<const char*, const char*> changes[] = {
        {"low = 17, central = 19.5", "low = 17, central = 19.6"},
        {"limit.2020 = {distribution = \"triangular\", low = 0.5",
         "limit.2020 = {distribution = \"triangular\", low = 0.6"},
        {"newcomers = [[\"diffusion_rate\", \"diffusion:push\", 0.5]]",
         "newcomers = [[\"diffusion_rate\", \"diffusion:push\", 0.6]]"},
        {"{value = 2035,", "{value = 2036,"},
        {"[\"price:coal\", \"price:power\", 0.5]",
         "[\"price:coal\", \"price:power\", 0.6]"},
        {"percentiles = [5, 50, 95]", "percentiles = [5, 50, 90]"},
        {"below = 0.5", "below = 0.6"}};
    for (const auto& [from, to] : changes) {
        EXPECT_NE(load_text(replaced(small_run(), from, to)).sha256,
                  plain.sha256)
            << to;
    }
}

TEST(ResolvedJson, DoesNotChangeWithTheLayoutOfTheFile)
{
    const std::string spaced = replaced(
        small_run(), "[carriers.power]", "# A comment.\n\n[carriers.power]");

    EXPECT_EQ(load_text(spaced).sha256, load_text(small_run()).sha256);
}

TEST(ResolvedJson, NamesTheInputOfEveryNumberOfTheModel)
{
    const RunConfig run = load_text(small_run());
    const nlohmann::json text = nlohmann::json::parse(run.resolved_json);

    const nlohmann::json& blast =
        text["model"]["sectors"][0]["technologies"][0];
    EXPECT_EQ(blast["energy_input"]["coal"], "steel/blast/energy_input/coal");
    EXPECT_EQ(blast["max_share_2050"], "steel/blast/max_share_2050");
    EXPECT_TRUE(blast["seed_share"].is_null());
    EXPECT_EQ(text["model"]["drivers"][0]["path_of_scenario"][0][0][1],
              "driver/coal/central/2020");
    EXPECT_EQ(text["model"]["roles"]["carbon_price"], "tax");
    EXPECT_EQ(text["model"]["scenarios"][0]["end_of_new_builds"][0], 2035);
    EXPECT_TRUE(
        text["model"]["scenarios"][0]["end_of_new_builds"][1].is_null());
}

TEST(ResolvedJson, HoldsTheWholeDesign)
{
    const RunConfig run = load_text(small_run());
    const nlohmann::json design =
        nlohmann::json::parse(run.resolved_json)["design"];

    ASSERT_EQ(design["inputs"].size(), run.design.inputs.size());
    ASSERT_EQ(design["knots"].size(), run.design.knots.size());
    for (std::size_t i = 0; i < run.design.inputs.size(); ++i) {
        const nlohmann::json& input = design["inputs"][i];
        EXPECT_EQ(input["name"], run.design.inputs[i].name);
        EXPECT_EQ(input["id"], sampling::input_id(run.design.inputs[i].name));
        EXPECT_EQ(input["row"], run.design.inputs[i].row);
    }
    EXPECT_EQ(design["knots"][0]["quantile"], "u:steel/activity");
    // The 30 yearly blocks share one matrix.
    EXPECT_EQ(design["blocks"].size(), run.design.blocks.size());
    EXPECT_EQ(design["matrices"].size(), 3u);
}

}  // namespace
}  // namespace hepta::config
