#include "draw_rows.hpp"
#include "scalar_twin.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <random>
#include <string>

namespace hepta::sampling {
namespace {

using Words = std::array<std::uint32_t, 4>;

Words random123(const Words& counter, std::array<std::uint32_t, 2> key)
{
    const r123::Philox4x32::ctr_type result = r123::Philox4x32()(
        {{counter[0], counter[1], counter[2], counter[3]}}, {{key[0], key[1]}});
    return {result[0], result[1], result[2], result[3]};
}

// Random123, tests/kat_vectors, philox4x32 10.
TEST(Philox, OracleGivesThePublishedKnownAnswers)
{
    EXPECT_EQ(random123({0, 0, 0, 0}, {0, 0}),
              (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
    EXPECT_EQ(random123({~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}),
              (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
    EXPECT_EQ(random123({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                        {0xa4093822, 0x299f31d0}),
              (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Philox, KernelsGiveThePublishedAnswerToAllZeroes)
{
    const std::string name_of_id_0 = "mjlzhnau";
    ASSERT_EQ(input_id(name_of_id_0), 0u);
    const auto uniform_of = [](std::uint64_t word) {
        return (static_cast<double>(word >> 12) + 0.5) * 0x1p-52;
    };
    for (const InstructionSet set : supported_sets()) {
        DesignSpec spec;
        spec.inputs = {{name_of_id_0, Uniform{}, 0}};
        spec.n_rows = 1;

        const Rows rows = draw_rows(Design(std::move(spec), 0, set), 0, 32);

        EXPECT_EQ(rows[0][0], uniform_of(0xe169c58d6627e8d5));
        EXPECT_EQ(rows[0][8], uniform_of(0x9b00dbd8bc57ac4c));
    }
}

TEST(Philox, KernelsEqualRandom123ForAnySeedNameAndSample)
{
    std::mt19937_64 random(20260101);
    for (const InstructionSet set : supported_sets()) {
        for (int trial = 0; trial < 50; ++trial) {
            DesignSpec spec;
            for (std::uint32_t row = 0; row < 5; ++row) {
                spec.inputs.push_back(
                    {std::to_string(random()), Uniform{}, row});
            }
            spec.n_rows = 5;
            const std::uint64_t seed = random();
            // From small samples to ones that fill the counter's second word.
            const std::uint64_t first =
                (random() >> (random() % 60)) / tile_lanes * tile_lanes;
            const Design design(std::move(spec), seed, set);

            const Rows rows = draw_rows(design, first, 3 * tile_lanes);

            for (const Input& input : design.spec().inputs) {
                for (std::size_t i = 0; i < 3 * tile_lanes; ++i) {
                    ASSERT_EQ(rows[input.row][i],
                              twin_uniform(seed, first + i, input.name))
                        << "seed " << seed << ", sample " << first + i;
                }
            }
        }
    }
}

TEST(Philox, SamplesOnBothSidesOfTheCountersWordDiffer)
{
    const std::uint64_t period_of_first_word = 1ull << 33;
    const DesignSpec spec = independent({Uniform{}});

    const Rows low = draw_rows(spec, 7, 0, 32);
    const Rows high = draw_rows(spec, 7, period_of_first_word, 32);

    for (std::size_t i = 0; i < 32; ++i) {
        EXPECT_NE(low[0][i], high[0][i]);
        EXPECT_EQ(high[0][i],
                  twin_uniform(7, period_of_first_word + i, "input/0"));
    }
}

}  // namespace
}  // namespace hepta::sampling
