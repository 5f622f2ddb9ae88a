// Switches of variants of the model, as the files give them.
#include "unit/config/small_run.hpp"

#include <gtest/gtest.h>

#include <string>

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

TEST(Variant, FaultsAreNamed)
{
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
