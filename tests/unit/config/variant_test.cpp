// Switches of variants of the model, as the files give them.
#include "unit/config/small_run.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

namespace hepta::config {
namespace {

using namespace testing;

std::string with(const std::string& keys)
{
    return small_run() + "\n[variant]\n" + keys + "\n";
}

void expect_fault(const std::string& text, const std::string& part)
{
    const std::string message = faults_of(text);
    EXPECT_NE(message.find(part), std::string::npos) << message;
}

TEST(Variant, ThatIsOffChangesNothing)
{
    const RunConfig plain = load_text(small_run());
    const RunConfig off = load_text(with("learning_spillover = true"));

    EXPECT_EQ(plain.sha256, off.sha256);
    EXPECT_TRUE(off.variants.empty());
}

TEST(Variant, IsNamedInWhatIsPrintedAndHashed)
{
    const RunConfig plain = load_text(small_run());
    const RunConfig off = load_text(with("learning_spillover = false"));

    EXPECT_NE(plain.sha256, off.sha256);
    EXPECT_NE(
        off.resolved_json.find("\"variants\":[\"no_learning_spillover\"]"),
        std::string::npos);
}

constexpr const char* acceleration =
    "acceleration.threshold = {value = 0.16, unit = \"fraction\", source = "
    "\"s\"}\n"
    "acceleration.factor = {distribution = \"uniform\", low = 1, high = 2, "
    "unit = \"-\", source = \"s\"}\n";

constexpr const char* ramp_up =
    "ramp_up.diffusion_rate = {distribution = \"truncated_normal\", mean = "
    "0.3805, sd = 0.1249, low = 0.15, unit = \"1/yr\", source = \"s\"}\n";

bool has_input(const RunConfig& run, const std::string& name)
{
    return std::any_of(
        run.design.inputs.begin(),
        run.design.inputs.end(),
        [&](const sampling::Input& input) { return input.name == name; });
}

const sampling::Distribution& rate(const RunConfig& run,
                                   const std::string& technology)
{
    for (const sampling::Input& input : run.design.inputs) {
        if (input.name == "steel/" + technology + "/diffusion_rate") {
            return input.distribution;
        }
    }
    throw std::logic_error("no such technology");
}

std::string with_cycle(const std::string& keys)
{
    return replaced(with(keys),
                    "process_ghg = {value = 0.07,",
                    "investment_cycle = {distribution = \"triangular\", low = "
                    "17, central = 20, high = 23, unit = \"yr\", source = "
                    "\"s\"}\nprocess_ghg = {value = 0.07,");
}

TEST(Variant, OfAccelerationHasTwoInputs)
{
    const RunConfig off = load_text(with(acceleration));
    const RunConfig on =
        load_text(with(std::string("acceleration.on = true\n") + acceleration));

    EXPECT_EQ(off.sha256, load_text(small_run()).sha256);
    EXPECT_EQ(off.model.acceleration.factor, model::no_row);
    EXPECT_TRUE(has_input(on, "acceleration/threshold"));
    EXPECT_TRUE(has_input(on, "acceleration/factor"));
    EXPECT_EQ(on.variants, std::vector<std::string>{"acceleration"});
    EXPECT_NE(on.resolved_json.find("\"acceleration\":{\"factor\":"),
              std::string::npos);
}

TEST(Variant, OfRampUpReplacesTheRatesOfNewcomers)
{
    const RunConfig off = load_text(with(ramp_up));
    const RunConfig on =
        load_text(with(std::string("ramp_up.on = true\n") + ramp_up));

    EXPECT_EQ(off.sha256, load_text(small_run()).sha256);
    const auto* prior =
        std::get_if<sampling::TruncatedNormal>(&rate(on, "hydrogen_route"));
    ASSERT_NE(prior, nullptr);
    EXPECT_EQ(prior->mean, 0.3805);
    EXPECT_EQ(prior->low, 0.15);
    EXPECT_EQ(std::get_if<sampling::TruncatedNormal>(&rate(on, "blast")),
              nullptr);
}

TEST(Variant, OfRetrofitTakesTheInvestmentCycles)
{
    const RunConfig off = load_text(with_cycle("retrofit = false"));
    const RunConfig on = load_text(with_cycle("retrofit = true"));

    EXPECT_EQ(off.sha256, load_text(small_run()).sha256);
    EXPECT_FALSE(has_input(off, "steel/blast/investment_cycle"));
    EXPECT_TRUE(has_input(on, "steel/blast/investment_cycle"));
    EXPECT_NE(on.model.sectors[0].technologies[0].investment_cycle,
              model::no_row);
    EXPECT_EQ(on.model.sectors[0].technologies[1].investment_cycle,
              model::no_row);
}

TEST(Variant, FaultsAreNamed)
{
    expect_fault(with("retrofit = true"), "finds no technology to retrofit");
    expect_fault(with("acceleration.on = true"),
                 "variant.acceleration.threshold");
    expect_fault(with("ramp_up.on = true"), "variant.ramp_up.diffusion_rate");
    expect_fault(with_cycle("retrofit = 1"), "is a number, not true or false");
    expect_fault(with("learning_spilover = true"), "learning_spilover");
    expect_fault(with("learning_spillover = 0"),
                 "is a number, not true or false");
}

TEST(Variant, StandsInOneFile)
{
    const Folder folder;
    folder.write("more.toml", "[variant]\nlearning_spillover = false\n");
    const std::string run = folder.write(
        "run.toml",
        "include = [\"more.toml\"]\n" + with("learning_spillover = true"));

    const std::string message = faults_in(run);
    EXPECT_NE(message.find("more.toml:1:2: variant is in two files"),
              std::string::npos)
        << message;
}

}  // namespace
}  // namespace hepta::config
