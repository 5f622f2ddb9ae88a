// Switches of variants of the model, as the files give them.
#include "unit/config/small_run.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
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

bool has_input(const RunConfig& run, const std::string& name)
{
    return std::any_of(
        run.design.inputs.begin(),
        run.design.inputs.end(),
        [&](const sampling::Input& input) { return input.name == name; });
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

TEST(Variant, FaultsAreNamed)
{
    expect_fault(with("acceleration.on = true"),
                 "variant.acceleration.threshold");
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
