// The small run and what `load` makes of it.
#include "unit/config/small_run.hpp"

#include <algorithm>
#include <cmath>

namespace hepta::config {
namespace {

using namespace testing;

const sampling::Input* find_input(const RunConfig& run, const std::string& name)
{
    for (const sampling::Input& input : run.design.inputs) {
        if (input.name == name) {
            return &input;
        }
    }
    return nullptr;
}

TEST(Load, AcceptsTheSmallRun)
{
    EXPECT_EQ(faults_of(small_run()), "");
}

TEST(Load, LeavesWhatIsNotUsedOutOfTheModel)
{
    const RunConfig run = load_text(small_run());

    EXPECT_EQ(run.model.components.size(), 2u);  // furnace, stack
    EXPECT_EQ(find_input(run, "component/unused/learning_rate"), nullptr);
}

TEST(Load, NumbersEveryRowOnce)
{
    const RunConfig run = load_text(small_run());

    std::vector<std::uint32_t> rows;
    for (const sampling::Input& input : run.design.inputs) {
        rows.push_back(input.row);
    }
    for (const sampling::PathKnot& knot : run.design.knots) {
        rows.push_back(knot.row);
    }
    ASSERT_EQ(rows.size(), run.design.n_rows);
    EXPECT_EQ(run.model.n_rows, run.design.n_rows);
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
        EXPECT_EQ(rows[i], i);  // inputs first, then knots
    }
}

TEST(Load, PlacesTheActivityOf2019AtTheQuantileOfThePath)
{
    const RunConfig run = load_text(small_run());
    const model::Sector& sector = run.model.sectors.at(0);
    const std::uint32_t quantile = find_input(run, "u:steel/activity")->row;

    const auto knot_of = [&](model::Row row) {
        return run.design.knots.at(row - run.design.inputs.size());
    };
    EXPECT_EQ(knot_of(sector.activity_2019).name, "steel/activity/2019");
    EXPECT_EQ(knot_of(sector.activity_2019).quantile_row, quantile);
    ASSERT_EQ(sector.activity.size(), 2u);
    EXPECT_EQ(sector.activity[0].year, 2020);
    EXPECT_EQ(knot_of(sector.activity[1].row).name, "steel/activity/2050");
    EXPECT_EQ(knot_of(sector.activity[1].row).quantile_row, quantile);
}

TEST(Load, GivesAMadeCarrierItsConverterAndNoDriver)
{
    const RunConfig run = load_text(small_run());

    const model::Carrier& hydrogen = run.model.carriers.at(2);
    EXPECT_EQ(hydrogen.name, "hydrogen");
    EXPECT_EQ(hydrogen.converter, 0u);
    EXPECT_EQ(hydrogen.driver, model::no_index);
    EXPECT_EQ(hydrogen.price_link, model::no_row);
    const model::Converter& cell = run.model.converters.at(0);
    EXPECT_EQ(run.model.carriers.at(cell.input_carrier).name, "power");
    EXPECT_EQ(run.model.components.at(cell.component).name, "stack");
    EXPECT_EQ(find_input(run, "cell_fom")->row, cell.fixed_opex);
}

TEST(Load, ConvertsLimitsToTheUnitOfTheirUse)
{
    const RunConfig run = load_text(small_run());

    EXPECT_EQ(run.model.resources.at(0).unit, "PJ/yr");
    EXPECT_EQ(run.model.resources.at(0).limit_factor, 1000.0);  // EJ
}

TEST(Load, WritesSourcesInFull)
{
    const RunConfig run = load_text(small_run());

    EXPECT_EQ(find_input(run, "steel/blast/capex_2020")->source,
              "A. Author (2020), The book of steel");
}

TEST(Load, KeepsReferencesOutOfTheModel)
{
    const RunConfig run = load_text(small_run());

    ASSERT_EQ(run.references.size(), 1u);
    EXPECT_EQ(run.references[0].name, "steel/ref_emissions");
    EXPECT_EQ(run.references[0].year, 2020);
    EXPECT_EQ(run.references[0].value, 3100.0);
    EXPECT_EQ(find_input(run, "steel/ref_emissions/2020"), nullptr);
}

TEST(Load, TakesOverridesOfRunKeys)
{
    const RunConfig run = load_text(
        small_run(),
        {{"samples", "1e3"}, {"sampler", "mc"}, {"percentiles", "10,90"}});

    EXPECT_EQ(run.samples, 1000u);
    EXPECT_EQ(run.sampler, "mc");
    EXPECT_EQ(run.percentiles, (std::vector<double>{10, 90}));
}

TEST(Load, TakesAnOverrideOfAListWithoutBrackets)
{
    const RunConfig run = load_text(
        small_run(), {{"percentiles", "50"}, {"scenarios", "reference"}});

    EXPECT_EQ(run.percentiles, std::vector<double>{50});
    EXPECT_EQ(run.model.scenarios.size(), 1u);
}

TEST(Load, TakesOverridesOfNumbersOfTheModel)
{
    const RunConfig run =
        load_text(small_run(), {{"sectors.steel.choice_spread.value", "0.15"}});

    const auto& spread = find_input(run, "steel/choice_spread")->distribution;
    EXPECT_EQ(std::get<sampling::Fixed>(spread).value, 0.15);
}

TEST(Load, OrderDoesNotChangeByAnOverride)
{
    const RunConfig run =
        load_text(small_run(),
                  {{"sectors.steel.technologies.blast.lifetime",
                    "{value = 30, unit = \"yr\", source = \"s\"}"}});

    EXPECT_EQ(run.model.sectors[0].technologies[0].name, "steel/blast");
}

TEST(Load, AnOverrideGivesANumberAnew)
{
    const std::string rate =
        "sectors.steel.technologies.hydrogen_route.diffusion_rate";
    const auto rate_of = [](const RunConfig& run) {
        const auto& inputs = run.design.inputs;
        return std::find_if(inputs.begin(),
                            inputs.end(),
                            [](const auto& i) {
                                return i.name ==
                                       "steel/hydrogen_route/diffusion_rate";
                            })
            ->distribution;
    };

    const auto fixed =
        rate_of(load_text(small_run(), {{rate, "{value = 0.25}"}}));
    const auto uniform = rate_of(load_text(
        small_run(),
        {{rate, "{distribution = 'uniform', low = 0.2, high = 0.3}"}}));
    const auto shifted =
        rate_of(load_text(small_run(), {{rate, "{central = 0.25}"}}));

    EXPECT_TRUE(std::holds_alternative<sampling::Fixed>(fixed));
    EXPECT_TRUE(std::holds_alternative<sampling::Uniform>(uniform));
    EXPECT_TRUE(std::holds_alternative<sampling::Triangular>(shifted));
}

TEST(Load, IncludesFilesOfTheFolder)
{
    const Folder folder;
    const std::string text = small_run();
    const std::size_t cut = text.find("[sources]");
    folder.write("parts/rest.toml", text.substr(cut));
    const std::string run = folder.write(
        "run.toml", "include = [\"parts/rest.toml\"]\n" + text.substr(0, cut));

    EXPECT_EQ(load(run).sha256, load_text(text).sha256);
}

TEST(Load, IncludesFilesOfTheFolderCalledConfigs)
{
    const Folder folder;
    const std::string text = small_run();
    const std::size_t cut = text.find("[sources]");
    folder.write("configs/rest.toml", text.substr(cut));
    const RunConfig run = load(
        folder.write("configs/studies/run.toml",
                     "include = [\"../rest.toml\"]\n" + text.substr(0, cut)));

    EXPECT_EQ(run.sha256, load_text(text).sha256);
    EXPECT_EQ(load(run.sources).sha256, run.sha256);
}

TEST(Load, TakesASectorWithoutANewcomer)
{
    EXPECT_EQ(faults_with("seed_share = {value = 0.001, unit = \"fraction\", "
                          "source = \"s\"}\n",
                          ""),
              "");
}

TEST(Load, IgnoresLeversOfSectorsThatAreNotLoaded)
{
    const RunConfig run = load_text(replaced(
        small_run(),
        "[scenario.reference]\n",
        "[scenario.reference]\nend_of_new_builds.\"aviation/kerosene\" = "
        "{value = 2035, unit = \"calendar year\", source = \"s\"}\n"));

    const std::vector<int> ends = {2035, model::never};
    EXPECT_EQ(run.model.scenarios.at(0).end_of_new_builds, ends);
}

TEST(Load, ReadsEveryLever)
{
    const RunConfig run = load_text(replaced(small_run(),
                                             "[scenario.reference]\n",
                                             R"([scenario.reference]
demand_reduction.steel = {value = 0.5, unit = "fraction", source = "s"}
carbon_cover.steel = {2020 = 0.2, 2050 = 1, unit = "fraction", source = "s"}
premium."steel/hydrogen_route" = {value = 30, unit = "USD2020 per t steel", source = "s"}
seed_factor = {value = 10, unit = "-", source = "s"}
minimum_share = [{sector = "steel", technologies = ["hydrogen_route"], share = {2030 = 0.1, unit = "fraction", source = "s"}}]
)"));

    const model::Scenario& s = run.model.scenarios.at(0);
    EXPECT_EQ(s.demand_reduction, std::vector<double>{0.5});
    ASSERT_EQ(s.carbon_cover.at(0).size(), 2u);
    EXPECT_EQ(s.carbon_cover[0][0].value, 0.2);
    EXPECT_TRUE(s.premium.at(0).empty());
    EXPECT_EQ(s.premium.at(1).at(0).value, 30.0);
    EXPECT_EQ(s.seed_factor, 10.0);
    ASSERT_EQ(s.minimum_share.size(), 1u);
    EXPECT_EQ(s.minimum_share[0].technologies, std::vector<std::uint32_t>{1});
    EXPECT_EQ(s.minimum_share[0].share.at(0).year, 2030);
}

}  // namespace
}  // namespace hepta::config
