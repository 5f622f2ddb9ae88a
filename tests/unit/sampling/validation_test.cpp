#include "draw_rows.hpp"
#include "hepta/core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace hepta::sampling {
namespace {

using testing::HasSubstr;

std::string refusal(const DesignSpec& spec)
{
    try {
        const Design design(spec, 0, InstructionSet::avx2);
        return "";
    } catch (const InputError& error) {
        return error.what();
    }
}

std::string refusal(const Distribution& distribution)
{
    return refusal(independent({distribution}));
}

DesignSpec two_inputs()
{
    return independent({Normal{}, Normal{}});
}

TEST(DesignCheck, RefusesTwoNamesOfOneId)
{
    DesignSpec spec = two_inputs();
    spec.inputs[0].name = "mjlzhnau";  // both have id 0
    spec.inputs[1].name = "ytqd7caj";
    EXPECT_EQ(refusal(spec),
              "inputs 'mjlzhnau' and 'ytqd7caj' have the same id, hence would "
              "have the same draws\n  hint: rename one");
}

TEST(DesignCheck, RefusesANameGivenTwice)
{
    DesignSpec spec = two_inputs();
    spec.inputs[1].name = "input/0";
    EXPECT_EQ(refusal(spec), "input 'input/0' is given twice");
}

TEST(DesignCheck, AcceptsALatentThatIsTheScoreOfAnInput)
{
    DesignSpec spec = two_inputs();
    spec.latents = {{"input/0"}};
    spec.loadings = {{"input/1", "input/0", 0.5}};
    EXPECT_EQ(refusal(spec), "");
}

TEST(DesignCheck, RefusesUnknownNames)
{
    DesignSpec in_block = two_inputs();
    in_block.blocks = {{{"input/0", "inptu/1"}, {1.0, 0.5, 0.5, 1.0}}};
    EXPECT_EQ(refusal(in_block),
              "member of a correlated block 'inptu/1' is no input and no "
              "latent\n  hint: check its spelling");

    DesignSpec loaded = two_inputs();
    loaded.loadings = {{"nobody", "input/0", 0.5}};
    EXPECT_THAT(refusal(loaded), HasSubstr("loaded input 'nobody'"));

    DesignSpec factor = two_inputs();
    factor.loadings = {{"input/0", "nothing", 0.5}};
    EXPECT_THAT(refusal(factor), HasSubstr("factor 'nothing'"));
}

TEST(DesignCheck, RefusesANameThatIsCorrelatedTwice)
{
    DesignSpec spec = two_inputs();
    spec.latents = {{"push"}};
    spec.blocks = {{{"input/0", "input/1"}, {1.0, 0.5, 0.5, 1.0}}};
    spec.loadings = {{"input/0", "push", 0.5}};
    EXPECT_THAT(refusal(spec),
                HasSubstr("loaded input 'input/0' is correlated twice"));
}

TEST(DesignCheck, RefusesAFactorWithALoadingOfItsOwn)
{
    DesignSpec spec = two_inputs();
    spec.latents = {{"push"}};
    spec.loadings = {{"input/0", "input/1", 0.5}, {"input/1", "push", 0.5}};
    EXPECT_THAT(refusal(spec), HasSubstr("the factor has a loading itself"));
}

TEST(DesignCheck, RefusesALoadingOfOneOrMore)
{
    for (const double loading : {1.0, -1.0, 1.5, std::nan("")}) {
        DesignSpec spec = two_inputs();
        spec.latents = {{"push"}};
        spec.loadings = {{"input/0", "push", loading}};
        EXPECT_THAT(refusal(spec), HasSubstr("is outside (-1, 1)"));
    }
}

TEST(DesignCheck, RefusesRowsOutsideTheTileOrTakenTwice)
{
    DesignSpec outside = two_inputs();
    outside.inputs[1].row = 2;
    EXPECT_EQ(refusal(outside), "input 'input/1': row 2 is outside [0, 2)");

    DesignSpec twice = two_inputs();
    twice.inputs[1].row = 0;
    EXPECT_EQ(refusal(twice), "input 'input/1': row 0 belongs to 'input/0'");

    DesignSpec knot = two_inputs();
    knot.n_rows = 4;
    knot.knots = {{3, Normal{}, 2, "driver/coal/central/2030"}};
    EXPECT_EQ(refusal(knot),
              "knot 'driver/coal/central/2030': no input has its quantile's "
              "row 3");
}

TEST(DesignCheck, RefusesParametersThatAreNoDistribution)
{
    const double infinity = std::numeric_limits<double>::infinity();
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const std::vector<std::pair<Distribution, std::string>> faults = {
        {Fixed{nan}, "value is not finite"},
        {Uniform{2.0, 1.0}, "low = 2 is above high = 1"},
        {Uniform{0.0, infinity}, "has a parameter that is not finite"},
        {Triangular{0.0, 3.0, 2.0}, "mode = 3 is outside [0, 2]"},
        {Normal{0.0, -1.0}, "sd = -1 is below 0"},
        {TruncatedNormal{0.0, 0.0, -1.0, 1.0}, "sd = 0 is not above 0"},
        {TruncatedNormal{0.0, 1.0, 1.0, 1.0}, "low = 1 is not below high = 1"},
        {TruncatedNormal{0.0, 1.0, 40.0, 50.0}, "more than 37 sd"},
        {Lognormal{0.0, 1.0, 1.0}, "median = 0 is not above 0"},
        {Lognormal{1.0, -1.0, 1.0}, "sigma = -1 is below 0"},
        {Beta{0.0, 1.0, 0.0, 1.0}, "shape = 0 is not above 0"},
        {Beta{0.01, 0.01, 0.0, 1.0}, "give its values as discrete"},
        {Discrete{{1.0, 2.0}, {1.0}}, "has 2 values and 1 weights"},
        {Discrete{{1.0, 2.0}, {0.5, 0.6}}, "sum to 1.1, not 1"},
        {Discrete{{2.0, 1.0}, {0.5, 0.5}}, "values do not ascend"},
        {Empirical{{0.0, 0.5}, {1.0, 2.0}}, "do not ascend from 0 to 1"},
        {Empirical{{0.0, 1.0}, {2.0, 1.0}}, "values are not finite or fall"},
        {Empirical{{0.0}, {2.0}}, "needs 2 or more"}};
    for (const auto& [distribution, problem] : faults) {
        const std::string message = refusal(distribution);
        EXPECT_THAT(message, HasSubstr("input 'input/0': "));
        EXPECT_THAT(message, HasSubstr(problem));
    }
}

}  // namespace
}  // namespace hepta::sampling
