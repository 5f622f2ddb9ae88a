#include "draw_rows.hpp"
#include "hepta/core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <utility>

namespace hepta::sampling {
namespace {

using testing::StartsWith;

std::string refusal(SamplerPlan plan, DesignSpec spec)
{
    try {
        const Design design(
            std::move(spec), 0, InstructionSet::avx2, std::move(plan));
        return "";
    } catch (const InputError& error) {
        return error.what();
    }
}

std::string refusal(SamplerPlan plan)
{
    return refusal(std::move(plan), independent({Normal{}, Fixed{1.0}}));
}

SamplerPlan of(SamplerKind kind)
{
    SamplerPlan plan;
    plan.kind = kind;
    return plan;
}

std::string refusal_of_tilt(const Tilt& tilt)
{
    SamplerPlan plan;
    plan.tilts = {tilt};
    return refusal(plan);
}

TEST(SamplerCheck, RefusesRandomisationsThatAreNoPowerOfTwoInRange)
{
    SamplerPlan plan = of(SamplerKind::sobol);
    for (const std::uint32_t n : {0, 3, 12, 128}) {
        plan.n_randomisations = n;
        EXPECT_EQ(refusal(plan),
                  "sampler sobol: " + std::to_string(n) +
                      " randomisations are no power of two in [1, 64]\n  "
                      "hint: 16");
    }
    for (const std::uint32_t n : {1, 16, 64}) {
        plan.n_randomisations = n;
        EXPECT_EQ(refusal(plan), "");
    }
}

TEST(SamplerCheck, RefusesUnknownAndRepeatedNamesInTheOrder)
{
    SamplerPlan plan = of(SamplerKind::sobol);
    plan.order = {"input/0", "inptu/1"};
    EXPECT_EQ(refusal(plan),
              "order of inputs: 'inptu/1' is no input and no latent\n  hint: "
              "check its spelling");
    plan.order = {"input/0", "input/0"};
    EXPECT_EQ(refusal(plan), "order of inputs: 'input/0' is given twice");
    plan.order = {"input/1", "input/0"};
    EXPECT_EQ(refusal(plan), "");
}

TEST(SamplerCheck, RefusesAHypercubeWithoutANumberOfSamples)
{
    SamplerPlan plan = of(SamplerKind::lhs);
    EXPECT_THAT(refusal(plan),
                StartsWith("sampler lhs: 0 samples are outside [1, 2^48]"));
    plan.n_samples = (std::uint64_t{1} << 48) + 1;
    EXPECT_THAT(refusal(plan), StartsWith("sampler lhs: 281474976710657"));
}

TEST(SamplerCheck, RefusesAntitheticSamplesOfOtherSamplers)
{
    for (const SamplerKind kind : {SamplerKind::sobol, SamplerKind::lhs}) {
        SamplerPlan plan = of(kind);
        plan.n_samples = 100;
        plan.antithetic = true;
        EXPECT_THAT(refusal(plan),
                    StartsWith("antithetic samples go with the sampler mc"));
    }
}

TEST(SamplerCheck, RefusesTiltsOfWhatIsNotDrawn)
{
    EXPECT_EQ(refusal_of_tilt({"inptu/0", 1.0}),
              "tilted input 'inptu/0' is no input and no latent\n  hint: "
              "check its spelling");
    EXPECT_EQ(refusal_of_tilt({"input/1", 1.0}),
              "tilt of 'input/1': the input is fixed");
}

TEST(SamplerCheck, RefusesShiftsOutOfRange)
{
    EXPECT_EQ(refusal_of_tilt({"input/0", -8.5}),
              "tilt of 'input/0': shift -8.5 is outside [-8, 8] standard "
              "deviations");
    EXPECT_THAT(
        refusal_of_tilt({"input/0", std::numeric_limits<double>::quiet_NaN()}),
        StartsWith("tilt of 'input/0': shift nan is outside"));
    EXPECT_EQ(refusal_of_tilt({"input/0", 8.0}), "");
}

TEST(SamplerCheck, RefusesTwoTiltsOfOneInput)
{
    SamplerPlan plan;
    plan.tilts = {{"input/0", 1.0}, {"input/0", 2.0}};
    EXPECT_EQ(refusal(plan), "tilt of 'input/0' is given twice");
}

}  // namespace
}  // namespace hepta::sampling
