// Samples of one sector weighted by observations: by hand from their outputs,
// without information, and against what the command must refuse.
#include "hepta/campaign/condition.hpp"
#include "hepta/campaign/replay.hpp"
#include "hepta/core/error.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <string>
#include <vector>

namespace hepta::campaign {
namespace {

using Json = nlohmann::ordered_json;

constexpr InstructionSet set = InstructionSet::avx2;

const config::RunConfig& one_sector()
{
    static const config::RunConfig config =
        config::load(HEPTA_SOURCE_DIR "/tests/data/one_sector.toml");
    return config;
}

config::Observation seen(const std::string& output,
                         int year,
                         double value,
                         const std::string& unit)
{
    config::Observation one;
    one.output = output;
    one.year = year;
    one.value = value;
    one.unit = unit;
    one.measurement_error = 0.03;
    one.model_error = 0.04;
    one.source = "s";
    one.place = "seen.toml:1:1";
    return one;
}

Json given(const std::vector<config::Observation>& observations,
           std::uint64_t n,
           const std::vector<std::string>& where = {})
{
    return condition_json(
        one_sector(), {{0, n}}, {where, observations}, set, 1);
}

/// An output of a sample, from its replay.
double output_of(std::uint64_t sample, int year, const char* metric)
{
    const Json replay = replay_json(one_sector(), sample, set);
    const Json& of = replay["scenarios"]["reference"][metric]["steel"];
    const Json& years = of.is_object() ? of["scope1+2"] : of;
    const int first = replay["first_year"].get<int>();
    return years[static_cast<std::size_t>(year - first)].get<double>();
}

TEST(Observed, WeightsTwoSamplesAsByHand)
{
    // two samples: every percentile lies on the line between the two, and the
    // effective number follows from the ratio of their likelihoods
    const double a = output_of(0, 2022, "activity");
    const double b = output_of(1, 2022, "activity");
    const double seen_at = 1.01 * a;
    const double error = 0.05;
    const auto square = [&](double x) {
        const double z = std::log(x / seen_at) / error;
        return z * z;
    };
    const double ratio = std::exp(0.5 * (square(a) - square(b)));  // of b to a
    const double sum = 1.0 + ratio;

    const Json found =
        given({seen("activity/steel", 2022, seen_at, "Mt steel")}, 2);
    const Json& reference = found["scenarios"]["reference"];

    EXPECT_NEAR(reference["effective_samples"].get<double>(),
                sum * sum / (1.0 + ratio * ratio),
                1e-12);
    const Json& fit = reference["observations"]["activity/steel@2022"];
    EXPECT_NEAR(
        fit["residual"].get<double>(),
        (std::log(a / seen_at) + ratio * std::log(b / seen_at)) / sum / error,
        1e-11);
    const double mean = 0.5 * std::log(a * b / seen_at / seen_at);
    const double spread = 0.5 * std::log(a / b);
    EXPECT_NEAR(fit["chi_square"].get<double>(),
                mean * mean / (spread * spread + error * error),
                1e-11);
    // the line between two middles of weights
    const double low = output_of(0, 2050, "emissions");
    const double high = output_of(1, 2050, "emissions");
    EXPECT_NEAR(reference["emissions"]["steel"]["2050"]["50"].get<double>(),
                0.5 * (low + high),
                1e-9 * high);
}

TEST(Observed, OfARatioIsComparedWithTheFirstYear)
{
    const double ratio =
        output_of(5, 2030, "activity") / output_of(5, 2020, "activity");
    config::Observation one = seen("activity/steel", 2030, ratio, "-");
    one.relative_to_first_year = true;
    const Json found = given({one}, 8);
    const Json& fit = found["scenarios"]["reference"]["observations"];
    const Json& of_all = fit["activity/steel@2030"]["of_all"];
    EXPECT_LE(of_all["5"].get<double>(), ratio);
    EXPECT_GE(of_all["95"].get<double>(), 0.9 * ratio);
    EXPECT_LT(of_all["95"].get<double>(), 2.0);
}

TEST(Observed, WithoutInformationLeavesThePriorToTheBit)
{
    config::Observation one = seen("activity/steel", 2022, 5.0, "Mt steel");
    one.measurement_error = 1e200;
    const Json found = given({one}, 500);
    const Json& reference = found["scenarios"]["reference"];
    EXPECT_EQ(reference["effective_samples"].get<double>(), 500.0);
    EXPECT_EQ(reference["emissions"], reference["emissions_of_all"]);
    const Json& fit = reference["observations"]["activity/steel@2022"];
    EXPECT_EQ(fit["weighted"], fit["of_all"]);
}

TEST(Observed, MovesTheOutputTowardsItself)
{
    const Json all = given({}, 2000, {"form_weight >= 0"});
    const double prior =
        all["scenarios"]["reference"]["emissions"]["steel"]["2050"]["50"]
            .get<double>();
    for (const double by : {0.8, 1.25}) {
        const Json found = given(
            {seen("emissions/steel/scope1+2", 2050, by * prior, "Mt CO2")},
            2000);
        const Json& reference = found["scenarios"]["reference"];
        const double posterior =
            reference["emissions"]["steel"]["2050"]["50"].get<double>();
        EXPECT_EQ(posterior > prior, by > 1.0) << prior << " " << posterior;
        EXPECT_LT(reference["effective_samples"].get<double>(), 2000.0);
        EXPECT_EQ(reference["samples"].get<int>(), 2000);
    }
}

TEST(Observed, HoldsTogetherWithConditions)
{
    const auto one = seen("activity/steel", 2022, 1880.0, "Mt steel");
    const Json both = given({one}, 1000, {"form_weight < 0.5"});
    const Json& reference = both["scenarios"]["reference"];
    EXPECT_LT(reference["samples"].get<int>(), 600);
    EXPECT_LE(reference["effective_samples"].get<double>(),
              reference["samples"].get<double>());
}

TEST(Observed, DoesNotDependOnThreads)
{
    const Given what{{}, {seen("activity/steel", 2022, 1880.0, "Mt steel")}};
    const auto with = [&](int threads) {
        return condition_json(one_sector(), {{0, 700}}, what, set, threads);
    };
    EXPECT_EQ(with(1), with(2));
}

void expect_refused(const config::Observation& one, const std::string& part)
{
    try {
        (void)given({one}, 32);
        ADD_FAILURE() << "not refused: " << one.name();
    } catch (const InputError& error) {
        const std::string message = error.what();
        EXPECT_NE(message.find(part), std::string::npos) << message;
        EXPECT_NE(message.find("hint: "), std::string::npos) << message;
    }
}

TEST(Observed, ThatIsNoOutputIsRefusedWithItsPlace)
{
    expect_refused(seen("activities/steel", 2022, 1.0, "Mt steel"),
                   "seen.toml:1:1: observations: activities/steel@2022");
    expect_refused(seen("activity/steel", 2022, 1.0, "t steel"),
                   "is in 't steel', the output in 'Mt steel'");
    expect_refused(seen("activity/steel", 1999, 1.0, "Mt steel"),
                   "1999 is not a year of the run");
    expect_refused(seen("emissions/steel/scope9", 2022, 1.0, "Mt CO2"),
                   "is not an output");
    config::Observation ratio = seen("activity/steel", 2020, 1.0, "-");
    ratio.relative_to_first_year = true;
    expect_refused(ratio, "relative to its own year");
}

TEST(Observed, OfASectorThatIsNotInTheRunIsNamedAndLeftOut)
{
    const Json found = given({seen("activity/steel", 2022, 1880.0, "Mt steel"),
                              seen("activity/cement", 2022, 1.0, "Mt cement")},
                             64);
    EXPECT_EQ(found["not_in_run"], Json::array({"activity/cement@2022"}));
    EXPECT_EQ(found["observations"].size(), 1u);
    EXPECT_FALSE(condition_warnings(found).empty());
    expect_refused(seen("activity/cement", 2022, 1.0, "Mt cement"),
                   "none of the 1 observations");
}

/// One letter off is no other sector, even beside observations that are used.
TEST(Observed, OfASectorThatIsNearlyInTheRunIsRefused)
{
    expect_refused(seen("activity/stel", 2022, 1880.0, "Mt steel"),
                   "did you mean 'steel'?");
    EXPECT_THROW((void)given({seen("activity/steel", 2022, 1.0, "Mt steel"),
                              seen("activity/stel", 2023, 1.0, "Mt steel")},
                             32),
                 InputError);
}

TEST(Observed, ThatNoSampleCanHaveIsRefused)
{
    // the reference scenario avoids nothing: no logarithm
    expect_refused(
        seen("avoided_emissions/steel", 2030, 5.0, "Mt CO2e per yr"),
        "avoided_emissions/steel@2030: has likelihood 0 in each of 32");
    config::Observation sharp = seen("activity/steel", 2022, 1.0, "Mt steel");
    sharp.measurement_error = 1e-200;
    sharp.model_error = 0.0;
    expect_refused(sharp, "activity/steel@2022: has likelihood 0");
}

/// Sectors that are left out are named.
TEST(Observed, LeftOutIsToldOf)
{
    const auto warnings = condition_warnings(
        given({seen("activity/steel", 2022, 1880.0, "Mt steel"),
               seen("activity/cement", 2022, 1.0, "Mt cement"),
               seen("emissions/cement/scope1", 2022, 1.0, "Mt CO2"),
               seen("activity/aviation", 2022, 1.0, "Grtk")},
              1000));
    ASSERT_FALSE(warnings.empty());
    EXPECT_NE(warnings.front().find("3 observations are of sectors that the "
                                    "run does not have: aviation, cement"),
              std::string::npos)
        << warnings.front();
}

/// Samples of a tilted run differ in weight: how many they are worth is said
/// of those that meet a condition too.
TEST(Condition, OfATiltedRunSaysHowManySamplesAreEffective)
{
    const config::RunConfig config =
        config::load(HEPTA_SOURCE_DIR "/tests/data/one_sector.toml",
                     {{"tilt.\"u:steel/activity\"", "1"}});
    const auto of = [&](std::uint64_t n) {
        return condition_json(
            config, {{0, n}}, {{"form_weight < 0.5"}, {}}, set, 1);
    };
    const Json found = of(4000);
    const Json& reference = found["scenarios"]["reference"];
    const double n = reference["samples"].get<double>();
    const double effective = reference["effective_samples"].get<double>();
    EXPECT_NEAR(effective / n, std::exp(-1.0), 0.08);
    EXPECT_NE(condition_text(found).find(" effective"), std::string::npos);
    EXPECT_TRUE(condition_warnings(found).empty());
    EXPECT_FALSE(condition_warnings(of(200)).empty());
}

TEST(Observed, ThatLeavesFewSamplesIsToldOf)
{
    config::Observation one = seen("activity/steel", 2022, 1880.0, "Mt steel");
    one.measurement_error = 1e-4;
    one.model_error = 0.0;
    const auto warnings = condition_warnings(given({one}, 1000));
    ASSERT_FALSE(warnings.empty());
    EXPECT_NE(warnings.front().find("effective samples"), std::string::npos);
    one.measurement_error = 10.0;
    EXPECT_TRUE(condition_warnings(given({one}, 1000)).empty());
}

}  // namespace
}  // namespace hepta::campaign
