// Every form of a distribution, through the input it ends in.
#include "unit/config/small_run.hpp"

#include <cmath>

namespace hepta::config {
namespace {

using namespace testing;

/// The distribution that `text` gives to an input.
sampling::Distribution read(const std::string& text)
{
    const RunConfig run =
        load_text(replaced(small_run(),
                           "opex_non_energy = {value = 124, unit",
                           "opex_non_energy = {" + text + ", unit"));
    for (const sampling::Input& input : run.design.inputs) {
        if (input.name == "steel/blast/opex_non_energy") {
            return input.distribution;
        }
    }
    throw std::logic_error("no such input");
}

TEST(Distribution, NormalOfThreeNumbersHasItsTailsAtFivePercent)
{
    const auto d = std::get<sampling::Normal>(
        read("distribution = \"normal\", low = 80, central = 100, high = 130"));

    EXPECT_EQ(d.mean, 100.0);
    EXPECT_NEAR(d.sd, 50.0 / (2 * 1.6448536269514722), 1e-13);
}

TEST(Distribution, NormalOfMeanAndDeviation)
{
    const auto d = std::get<sampling::Normal>(
        read("distribution = \"normal\", mean = 100, sd = 7"));

    EXPECT_EQ(d.mean, 100.0);
    EXPECT_EQ(d.sd, 7.0);
}

TEST(Distribution, LognormalKeepsAllThreeQuantiles)
{
    const sampling::Distribution d = read(
        "distribution = \"lognormal\", low = 80, central = 100, high = 150");

    EXPECT_NEAR(sampling::quantile(d, 0.05), 80.0, 1e-10);
    EXPECT_NEAR(sampling::quantile(d, 0.50), 100.0, 1e-10);
    EXPECT_NEAR(sampling::quantile(d, 0.95), 150.0, 1e-10);
}

TEST(Distribution, LognormalOfMedianAndGeometricDeviation)
{
    const auto d = std::get<sampling::Lognormal>(
        read("distribution = \"lognormal\", median = 100, gsd = 1.5"));

    EXPECT_EQ(d.median, 100.0);
    EXPECT_NEAR(d.sigma_low, std::log(1.5), 1e-15);
    EXPECT_EQ(d.sigma_low, d.sigma_high);
}

TEST(Distribution, LognormalOfTwoQuantiles)
{
    const sampling::Distribution d =
        read("distribution = \"lognormal\", low = 50, high = 200");

    EXPECT_NEAR(sampling::quantile(d, 0.05), 50.0, 1e-10);
    EXPECT_NEAR(sampling::quantile(d, 0.50), 100.0, 1e-10);
    EXPECT_NEAR(sampling::quantile(d, 0.95), 200.0, 1e-10);
}

TEST(Distribution, PertHasTheMeanOfItsThreeNumbers)
{
    const auto d = std::get<sampling::Beta>(
        read("distribution = \"beta_pert\", low = 80, central = 100, high = "
             "150"));

    const double mean = d.low + (d.high - d.low) * d.alpha / (d.alpha + d.beta);
    EXPECT_NEAR(mean, (80.0 + 4 * 100.0 + 150.0) / 6.0, 1e-12);
    EXPECT_NEAR(d.alpha + d.beta, 6.0, 1e-14);
}

TEST(Distribution, OtherFormsAreTakenAsTheyAre)
{
    const auto truncated = std::get<sampling::TruncatedNormal>(
        read("distribution = \"truncated_normal\", mean = 5, sd = 2, low = 0"));
    EXPECT_EQ(truncated.low, 0.0);
    EXPECT_TRUE(std::isinf(truncated.high));

    const auto uniform = std::get<sampling::Uniform>(
        read("distribution = \"uniform\", low = 1, high = 2"));
    EXPECT_EQ(uniform.high, 2.0);

    const auto triangular = std::get<sampling::Triangular>(
        read("distribution = \"triangular\", low = 1, central = 2, high = 4"));
    EXPECT_EQ(triangular.mode, 2.0);

    const auto beta = std::get<sampling::Beta>(
        read("distribution = \"beta\", alpha = 2, beta = 3, high = 10"));
    EXPECT_EQ(beta.high, 10.0);

    const auto discrete = std::get<sampling::Discrete>(read(
        "distribution = \"discrete\", values = [1, 2], weights = [0.3, 0.7]"));
    EXPECT_EQ(discrete.weight, (std::vector<double>{0.3, 0.7}));

    const auto empirical = std::get<sampling::Empirical>(
        read("distribution = \"empirical\", probabilities = [0, 0.5, 1], "
             "values = [1, 2, 5]"));
    EXPECT_EQ(empirical.value, (std::vector<double>{1, 2, 5}));
}

TEST(Distribution, WithoutWidthIsAFixedNumber)
{
    const sampling::Distribution d =
        read("distribution = \"triangular\", low = 3, central = 3, high = 3");

    EXPECT_EQ(std::get<sampling::Fixed>(d).value, 3.0);
}

TEST(Distribution, RangeOfAFixedNumberIsDocumentation)
{
    const sampling::Distribution d = read("value = 3, low = 2, high = 5");

    EXPECT_EQ(std::get<sampling::Fixed>(d).value, 3.0);
}

struct BadForm
{
    const char* text;
    const char* problem;
};

class RejectedForm : public ::testing::TestWithParam<BadForm>
{
};

TEST_P(RejectedForm, SaysWhatIsWrong)
{
    const std::string message = faults_with(
        "opex_non_energy = {value = 124, unit",
        std::string("opex_non_energy = {") + GetParam().text + ", unit");

    EXPECT_NE(message.find(GetParam().problem), std::string::npos) << message;
    EXPECT_NE(message.find("run.toml:" +
                           line_of("opex_non_energy = {value = "
                                   "124") +
                           ":"),
              std::string::npos)
        << message;
}

INSTANTIATE_TEST_SUITE_P(
    Forms,
    RejectedForm,
    ::testing::Values(
        BadForm{"distribution = \"triangular\", low = 9, central = 5, high = 1",
                "low 9 is above high 1"},
        BadForm{"distribution = \"triangular\", low = 1, central = 9, high = 5",
                "value 9 is outside [low, high] = [1, 5]"},
        BadForm{"low = 1, central = 2, high = 3",
                "has a range but no distribution"},
        BadForm{"value = 1, central = 2", "both `value` and `central`"},
        BadForm{"distribution = \"trangular\", low = 1, central = 2, high = 3",
                "did you mean `triangular`?"},
        BadForm{"distribution = \"normal\", mean = 3, sd = -1",
                "sd -1 is not positive"},
        BadForm{"distribution = \"lognormal\", low = -1, central = 2, high = 3",
                "needs 0 < low < median < high"},
        BadForm{"distribution = \"lognormal\", median = 2, gsd = 0.9",
                "gsd 0.9 is not above 1"},
        BadForm{"distribution = \"beta\", alpha = 0, beta = 1",
                "alpha 0 is not positive"},
        BadForm{"distribution = \"discrete\", values = [1, 2], weights = "
                "[0.3, 0.6]",
                "weights sum to 0.89"},
        BadForm{"distribution = \"discrete\", values = [2, 1], weights = "
                "[0.3, 0.7]",
                "needs ascending `values`"},
        BadForm{"distribution = \"empirical\", probabilities = [0, 0.9], "
                "values = [1, 2]",
                "ascending from 0 to 1"},
        BadForm{"distribution = \"truncated_normal\", mean = 0, sd = 1, low = "
                "99",
                "more than 30 sd outside"},
        BadForm{"value = nan", "= nan is not finite"},
        BadForm{"value = inf", "= inf is not finite"},
        BadForm{"value = \"many\"", "is a string, not a number"},
        BadForm{"valeu = 3", "valeu is not a known key"}));

}  // namespace
}  // namespace hepta::config
