#include "draw_rows.hpp"
#include "example_spec.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace hepta::sampling {
namespace {

constexpr std::size_t n_samples = 1024;

SamplerPlan antithetic()
{
    SamplerPlan plan;
    plan.antithetic = true;
    return plan;
}

Rows draw(const DesignSpec& spec, InstructionSet set)
{
    return draw_rows(Design(spec, 4, set, antithetic()), 0, n_samples);
}

TEST(Antithetic, UniformNumbersOfAPairSumToOneExactly)
{
    const DesignSpec spec = independent({Uniform{}, Uniform{}});
    const Rows plain = draw_rows(spec, 4, 0, n_samples);
    for (const InstructionSet set : supported_sets()) {
        const Rows rows = draw(spec, set);
        for (std::size_t row = 0; row < 2; ++row) {
            for (std::size_t s = 0; s < n_samples; s += 2) {
                ASSERT_EQ(rows[row][s], plain[row][s]);
                ASSERT_EQ(rows[row][s] + rows[row][s + 1], 1.0);
            }
        }
    }
}

TEST(Antithetic, CorrelatedNormalsOfAPairMirrorEachOther)
{
    DesignSpec spec = independent({Normal{}, Normal{}, Normal{}});
    spec.latents = {{"push"}};
    spec.blocks = {{{"input/0", "input/1"}, {1.0, 0.8, 0.8, 1.0}}};
    spec.loadings = {{"input/2", "push", 0.6}};
    const Rows rows = draw(spec, detect_instruction_set());
    for (const std::vector<double>& z : rows) {
        for (std::size_t s = 0; s < n_samples; s += 2) {
            ASSERT_EQ(z[s], -z[s + 1]);
        }
    }
}

TEST(Antithetic, BothInstructionSetsGiveTheSameBits)
{
    if (supported_sets().size() < 2) {
        GTEST_SKIP() << "this processor has no AVX-512";
    }
    EXPECT_EQ(draw(example_spec(), InstructionSet::avx2),
              draw(example_spec(), InstructionSet::avx512));
}

}  // namespace
}  // namespace hepta::sampling
