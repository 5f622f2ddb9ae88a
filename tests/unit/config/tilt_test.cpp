// Tilts of a run file: what they become, and what is said of wrong ones.
#include "unit/config/small_run.hpp"

#include <nlohmann/json.hpp>

namespace hepta::config {
namespace {

using namespace testing;

std::string with_tilt(const std::string& before, const std::string& tilt)
{
    return replaced(small_run(),
                    "[portfolios]",
                    before + "[tilt]\n" + tilt + "\n[portfolios]");
}

/// Says `message`, and that of the line that holds `place`.
void expect_fault(const std::string& text,
                  const std::string& message,
                  const std::string& place)
{
    const std::string said = faults_of(text);
    EXPECT_NE(said.find(message), std::string::npos) << said;
    EXPECT_NE(said.find("\n  hint: "), std::string::npos) << said;
    const auto end =
        text.begin() + static_cast<std::ptrdiff_t>(text.find(place));
    const std::string line =
        std::to_string(1 + std::count(text.begin(), end, '\n'));
    EXPECT_NE(said.find("run.toml:" + line + ":"), std::string::npos) << said;
}

TEST(Tilt, MovesInputsAndFactorsAndIdentifiesTheRun)
{
    const RunConfig plain = load_text(small_run());
    const RunConfig run = load_text(
        with_tilt("", "\"u:steel/activity\" = 1.5\n\"diffusion:push\" = -1"));
    ASSERT_EQ(run.tilts.size(), 2u);
    EXPECT_EQ(run.tilts[0].input, "diffusion:push");
    EXPECT_EQ(run.tilts[0].shift, -1.0);
    EXPECT_EQ(run.tilts[1].input, "u:steel/activity");
    EXPECT_EQ(run.tilts[1].shift, 1.5);
    const auto json = nlohmann::json::parse(run.resolved_json);
    EXPECT_EQ(json["tilt"]["u:steel/activity"], 1.5);
    EXPECT_EQ(json["batches"], 16);
    EXPECT_FALSE(nlohmann::json::parse(plain.resolved_json).contains("tilt"));
    const RunConfig other =
        load_text(with_tilt("", "\"u:steel/activity\" = 1.4"));
    EXPECT_NE(run.sha256, plain.sha256);
    EXPECT_NE(run.sha256, other.sha256);
}

TEST(Tilt, NamesAnInputThatIsNear)
{
    expect_fault(
        with_tilt("", "\"u:steel/actvity\" = 1"),
        "tilt.\"u:steel/actvity\" is not an input\n  hint: did you mean "
        "`u:steel/activity`?",
        "\"u:steel/actvity\"");
}

TEST(Tilt, RefusesAFixedInput)
{
    expect_fault(with_tilt("", "\"steel/choice_spread\" = 1"),
                 "tilt.\"steel/choice_spread\" is a fixed input",
                 "\"steel/choice_spread\"");
}

TEST(Tilt, RefusesShiftsThatAreNoneOrTooFar)
{
    expect_fault(with_tilt("", "\"u:steel/activity\" = 9"),
                 "= 9 is outside [-8, 8]",
                 "= 9");
    expect_fault(with_tilt("", "\"u:steel/activity\" = \"far\""),
                 "tilt.\"u:steel/activity\" is a string, not a number",
                 "\"far\"");
}

TEST(Tilt, RefusesBatchesTooFewForLimits)
{
    expect_fault(
        with_tilt("randomisations = 2\n", "\"u:steel/activity\" = 1"),
        "randomisations = 2 batches leave a run with a [tilt] without limits",
        "randomisations");
}

TEST(Tilt, RefusesDesignsWhoseBatchesAreNotIndependent)
{
    expect_fault(with_tilt("sampler = \"lhs\"\n", "\"u:steel/activity\" = 1"),
                 "tilt does not go with the sampler \"lhs\"",
                 "[tilt]");
    expect_fault(with_tilt("antithetic = true\n", "\"u:steel/activity\" = 1"),
                 "tilt does not go with antithetic = true",
                 "[tilt]");
}

}  // namespace
}  // namespace hepta::config
