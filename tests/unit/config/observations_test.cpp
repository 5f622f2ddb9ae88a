// Files of observations: what is read, and what is refused where.
#include "hepta/config/observations.hpp"

#include "unit/config/small_run.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace hepta::config {
namespace {

using namespace testing;

std::vector<Observation> observations_of(const std::string& text)
{
    const Folder folder;
    return load_observations(folder.write("seen.toml", text));
}

void expect_refused(const std::string& text, const std::string& part)
{
    try {
        (void)observations_of(text);
        ADD_FAILURE() << "not refused: " << text;
    } catch (const InputError& error) {
        EXPECT_NE(std::string(error.what()).find(part), std::string::npos)
            << error.what();
    }
}

const std::string numbers =
    "value = 2, unit = \"Mt\", measurement_error = 0.03, model_error = 0.04, "
    "source = \"book\"";

TEST(Observations, AreReadWithTheTextOfTheirSource)
{
    const auto found = observations_of(
        "[sources]\nbook = \"A. Author (2024)\"\n"
        "[observations.steel.activity]\n2022 = {" +
        numbers +
        "}\n"
        "[observations.all.emissions.\"scope1+2\"]\n2023 = {" +
        numbers + ", relative_to_first_year = true}\n");

    ASSERT_EQ(found.size(), 2u);
    const Observation& ratio = found[0].year == 2023 ? found[0] : found[1];
    const Observation& value = found[0].year == 2022 ? found[0] : found[1];
    EXPECT_EQ(value.name(), "activity/steel@2022");
    EXPECT_EQ(value.value, 2.0);
    EXPECT_EQ(value.unit, "Mt");
    EXPECT_EQ(value.source, "A. Author (2024)");
    EXPECT_DOUBLE_EQ(value.error(), 0.05);
    EXPECT_FALSE(value.relative_to_first_year);
    EXPECT_NE(value.place.find("seen.toml:4:1"), std::string::npos);
    EXPECT_EQ(ratio.name(), "emissions/all/scope1+2@2023");
    EXPECT_TRUE(ratio.relative_to_first_year);
}

TEST(Observations, WithoutWhatTheyNeedAreRefusedWithTheirPlace)
{
    const std::string table = "[observations.steel.activity]\n2022 = ";
    expect_refused(table + "{value = 2}", "seen.toml:2:1");
    expect_refused(table + "{value = 2}", "unit is missing");
    expect_refused(table + "{value = 2}", "source is missing");
    expect_refused(table + "{value = 2}", "model_error is missing");
    expect_refused(table + "{" + replaced(numbers, "= 2,", "= 0,") + "}",
                   "= 0 is not above 0");
    expect_refused(table + "{" + replaced(numbers, "0.03", "-0.03") + "}",
                   "= -0.03 is not at least 0");
    expect_refused(table + "{" +
                       replaced(replaced(numbers, "0.03", "0"), "0.04", "0") +
                       "}",
                   "has no error");
    expect_refused(table + "{" + numbers + ", sigma = 1}", "sigma");
    expect_refused(table + "2", "2022");
}

TEST(Observations, OfNothingAreRefused)
{
    expect_refused("", "observations is missing");
    expect_refused("[observations]\n", "has no observation");
    expect_refused("[observations.steel]\n2022 = {" + numbers + "}\n",
                   "has no output");
    expect_refused(
        "[observations.steel.emissions.scope1.more]\n2022 = {" + numbers + "}",
        "is not a year");
    expect_refused("[observation.steel]\n", "observation");
}

TEST(Observations, ShippedAreRead)
{
    const auto found =
        load_observations(HEPTA_SOURCE_DIR "/configs/observations.toml");
    EXPECT_GT(found.size(), 10u);
    for (const Observation& one : found) {
        // 2020 is what the model starts from
        EXPECT_GE(one.year, 2021) << one.name();
        EXPECT_LE(one.year, 2024) << one.name();
        EXPECT_GT(one.source.size(), 30u) << one.name();
        EXPECT_GT(one.error(), 0.02) << one.name();
    }
}

}  // namespace
}  // namespace hepta::config
