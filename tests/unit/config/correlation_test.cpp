// Blocks, latents and loadings against the rules of the correlations.
#include "unit/config/small_run.hpp"

#include <cmath>
#include <numbers>

namespace hepta::config {
namespace {

using namespace testing;

double score_correlation(double rank)
{
    return 2.0 * std::sin(std::numbers::pi * rank / 6.0);
}

bool is_latent(const RunConfig& run, const std::string& name)
{
    return std::any_of(
        run.design.latents.begin(),
        run.design.latents.end(),
        [&](const sampling::Latent& latent) { return latent.name == name; });
}

TEST(Correlations, PairsFormConnectedBlocks)
{
    const RunConfig run = load_text(small_run());
    const sampling::CorrelatedBlock& prices = run.design.blocks.at(0);

    EXPECT_EQ(prices.members,
              (std::vector<std::string>{
                  "u:driver/coal", "u:driver/power", "u:steel/activity"}));
    const std::vector<double>& r = prices.correlation;
    EXPECT_NEAR(r[0 * 3 + 1], score_correlation(0.5), 1e-15);
    EXPECT_NEAR(r[2 * 3 + 1], score_correlation(0.3), 1e-15);
    EXPECT_EQ(r[0 * 3 + 2], 0.0);
    EXPECT_EQ(r[1 * 3 + 1], 1.0);
    EXPECT_EQ(run.design.blocks.at(1).members,
              (std::vector<std::string>{"diffusion:push", "u:driver/tax"}));
    EXPECT_TRUE(is_latent(run, "diffusion:push"));
}

TEST(Correlations, HoldForTheYearlyInnovationsOfWhatHasNoise)
{
    const RunConfig run = load_text(small_run());

    // Power and tax have no noise; every year has one block of the others.
    ASSERT_EQ(run.design.blocks.size(), 2u + 30u);
    EXPECT_EQ(run.design.blocks[2].members,
              (std::vector<std::string>{"eps:driver/coal/2021",
                                        "eps:steel/activity/2021"}));
    EXPECT_EQ(run.design.blocks.back().members.front(), "eps:driver/coal/2050");
}

TEST(Correlations, AQuantityThatIsNotPartOfTheRunIsALatent)
{
    const RunConfig run = load_text(
        replaced(small_run(),
                 "    [\"diffusion:push\", \"price:tax\", 0.5],\n",
                 "    [\"diffusion:push\", \"price:tax\", 0.5],\n"
                 "    [\"activity:aviation\", \"price:coal\", "
                 "0.2],\n"
                 "    [\"learning:unused\", \"price:coal\", 0.2],\n"));

    EXPECT_TRUE(is_latent(run, "u:aviation/activity"));
    EXPECT_TRUE(is_latent(run, "eps:aviation/activity/2030"));
    EXPECT_TRUE(is_latent(run, "component/unused/learning_rate"));
}

TEST(Correlations, TechnologiesOfASectorShareAFactor)
{
    const RunConfig run = load_text(small_run());

    const sampling::FactorLoading& loading = run.design.loadings.at(0);
    EXPECT_EQ(loading.input, "steel/blast/capex_2020");
    EXPECT_EQ(loading.factor, "block:capex_2020/steel");
    EXPECT_EQ(loading.loading, std::sqrt(0.7));
    EXPECT_TRUE(is_latent(run, "block:capex_2020/steel"));
}

TEST(Correlations, EnergyInputsShareAFactorByCarrier)
{
    const RunConfig run =
        load_text(replaced(small_run(),
                           "within_sector = [[\"capex_2020\", 0.7]]",
                           "within_sector = [[\"energy_input\", 0.7]]"));

    const sampling::FactorLoading& loading = run.design.loadings.at(0);
    EXPECT_EQ(loading.input, "steel/blast/energy_input/coal");
    EXPECT_EQ(loading.factor, "block:energy_input/steel/coal");
}

TEST(Correlations, OnlyNewcomersLeanOnTheirFactor)
{
    const RunConfig run = load_text(small_run());

    ASSERT_EQ(run.design.loadings.size(), 3u);
    const sampling::FactorLoading& loading = run.design.loadings.back();
    EXPECT_EQ(loading.input, "steel/hydrogen_route/diffusion_rate");
    EXPECT_EQ(loading.factor, "diffusion:push");
    EXPECT_EQ(loading.loading, 0.5);
}

TEST(Correlations, FixedInputsTakeNoPartInLoadings)
{
    const RunConfig run =
        load_text(replaced(small_run(),
                           "within_sector = [[\"capex_2020\", 0.7]]",
                           "within_sector = [[\"lifetime\", 0.7]]"));

    ASSERT_EQ(run.design.loadings.size(), 1u);
    EXPECT_EQ(run.design.loadings[0].factor, "diffusion:push");
}

TEST(Correlations, AMatrixThatIsNotPositiveDefiniteNamesItsPair)
{
    const std::string message = faults_with(
        "    [\"price:coal\", \"price:power\", 0.5],\n"
        "    [\"price:power\", \"activity:steel\", 0.3, 0.1, 0.6],\n",
        "    [\"price:coal\", \"price:power\", 0.9],\n"
        "    [\"price:power\", \"activity:steel\", 0.9],\n"
        "    [\"price:coal\", \"activity:steel\", -0.5],\n");

    // r = 2 sin(0.15 pi) = 0.908; r^2 - (1 - r^2) = 0.649 is rank 0.631.
    EXPECT_EQ(message,
              "run.toml:147:6: correlations.pairs[2][0] price:coal, "
              "activity:steel = -0.5 makes the correlation matrix not "
              "positive definite\n  hint: the other pairs allow 0.631 to "
              "1.000");
}

}  // namespace
}  // namespace hepta::config
