#include "hepta/sampling/design.hpp"

#include "draw_rows.hpp"
#include "example_spec.hpp"
#include "scalar_twin.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <string>
#include <vector>

namespace hepta::sampling {
namespace {

constexpr std::uint64_t seed = 0x1234567890abcdef;

/// Draws by name, for designs whose rows differ.
std::map<std::string, std::vector<double>> draws_by_name(const DesignSpec& spec)
{
    const Rows rows = draw_rows(spec, seed, 0, 64);
    std::map<std::string, std::vector<double>> result;
    for (const Input& input : spec.inputs) {
        result[input.name] = rows[input.row];
    }
    for (const PathKnot& knot : spec.knots) {
        result[knot.name] = rows[knot.row];
    }
    return result;
}

void expect_tile_equals_twin(std::uint64_t first_sample)
{
    const DesignSpec spec = example_spec();
    const Rows rows = draw_rows(spec, seed, first_sample, tile_lanes);
    for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
        const std::vector<double> twin =
            twin_draw(spec, seed, first_sample + lane);
        for (std::size_t row = 0; row < rows.size(); ++row) {
            // Values near zero of a range about zero: the range's rounding.
            const double scale = std::max(std::abs(twin[row]), 1.0);
            EXPECT_NEAR(rows[row][lane], twin[row], 1e-12 * scale)
                << "row " << row << ", sample " << first_sample + lane;
        }
    }
}

TEST(Design, TileEqualsEverySampleComputedAlone)
{
    for (const std::uint64_t first_sample : {0, 32, 1024, 999'968}) {
        expect_tile_equals_twin(first_sample);
    }
}

TEST(Design, SampleBeyond32BitsEqualsItsScalarTwin)
{
    expect_tile_equals_twin(1ull << 32);
    expect_tile_equals_twin((1ull << 33) - tile_lanes);
    expect_tile_equals_twin(1ull << 33);
    expect_tile_equals_twin(1ull << 60);
}

TEST(Design, BothInstructionSetsGiveTheSameBits)
{
    const std::vector<InstructionSet> sets = supported_sets();
    if (sets.size() < 2) {
        GTEST_SKIP() << "this processor has no AVX-512";
    }
    const Rows narrow =
        draw_rows(Design(example_spec(), seed, InstructionSet::avx2), 0, 4096);
    const Rows wide = draw_rows(
        Design(example_spec(), seed, InstructionSet::avx512), 0, 4096);
    EXPECT_EQ(narrow, wide);
}

TEST(Design, DrawsDoNotDependOnTheOrderOfInputs)
{
    const DesignSpec spec = example_spec();
    DesignSpec permuted = spec;
    std::reverse(permuted.inputs.begin(), permuted.inputs.end());
    std::reverse(permuted.loadings.begin(), permuted.loadings.end());
    std::reverse(permuted.knots.begin(), permuted.knots.end());
    std::reverse(permuted.latents.begin(), permuted.latents.end());

    EXPECT_EQ(draws_by_name(permuted), draws_by_name(spec));
}

TEST(Design, AddedInputsLeaveOtherDrawsAsTheyWere)
{
    const DesignSpec spec = example_spec();
    DesignSpec larger = spec;
    larger.inputs.insert(larger.inputs.begin(),
                         {"new", Triangular{}, larger.n_rows++});
    larger.inputs.push_back({"new/member", Normal{}, larger.n_rows++});
    larger.inputs.push_back({"new/loaded", Normal{}, larger.n_rows++});
    larger.loadings.insert(larger.loadings.begin(),
                           {"new/loaded", "new/factor", 0.5});
    larger.latents.push_back({"new/factor"});

    auto draws = draws_by_name(larger);
    for (const char* name : {"new", "new/member", "new/loaded"}) {
        draws.erase(name);
    }

    EXPECT_EQ(draws, draws_by_name(spec));
}

TEST(Design, AMemberAppendedToABlockLeavesEarlierOnesAsTheyWere)
{
    DesignSpec spec = independent({Normal{}, Normal{}, Normal{}});
    DesignSpec larger = spec;
    spec.blocks = {{{"input/0", "input/1"}, {1.0, 0.6, 0.6, 1.0}}};
    larger.blocks = {{{"input/0", "input/1", "input/2"},
                      {1.0, 0.6, 0.2, 0.6, 1.0, -0.3, 0.2, -0.3, 1.0}}};

    const Rows rows = draw_rows(spec, seed, 0, 64);
    const Rows larger_rows = draw_rows(larger, seed, 0, 64);

    EXPECT_EQ(larger_rows[0], rows[0]);
    EXPECT_EQ(larger_rows[1], rows[1]);
    EXPECT_NE(larger_rows[2], rows[2]);
}

TEST(Design, FixedMemberOfABlockStillLendsItsScore)
{
    DesignSpec sampled = independent({Normal{}, Normal{}});
    sampled.blocks = {{{"input/0", "input/1"}, {1.0, 0.6, 0.6, 1.0}}};
    DesignSpec fixed = sampled;
    fixed.inputs[0].distribution = Fixed{3.0};

    const Rows with_sampled = draw_rows(sampled, seed, 0, 64);
    const Rows with_fixed = draw_rows(fixed, seed, 0, 64);

    EXPECT_EQ(with_fixed[1], with_sampled[1]);
    EXPECT_EQ(with_fixed[0], std::vector<double>(64, 3.0));
}

TEST(Design, SeedsGiveDifferentDraws)
{
    const DesignSpec spec = independent({Uniform{}});
    const Rows rows = draw_rows(spec, 1, 0, 32);
    EXPECT_NE(draw_rows(spec, 2, 0, 32), rows);
    EXPECT_NE(draw_rows(spec, 1 + (1ull << 32), 0, 32), rows);
}

TEST(Design, FillFixedWritesFixedInputsAndKnotsAlone)
{
    DesignSpec spec = independent({Fixed{2.5}, Uniform{}});
    spec.knots = {{1, Fixed{7.0}, 2, "knot/0"}, {1, Normal{}, 3, "knot/1"}};
    spec.n_rows = 4;
    const Design design(spec, seed, detect_instruction_set());
    Tile inputs(4);

    design.fill_fixed(inputs);

    const std::vector<double> expected = {2.5, 0.0, 7.0, 0.0};
    for (std::size_t row = 0; row < 4; ++row) {
        EXPECT_TRUE(std::all_of(inputs.row(row),
                                inputs.row(row) + tile_lanes,
                                [&](double x) { return x == expected[row]; }));
    }
}

TEST(Design, DrawLeavesFixedRowsAlone)
{
    const Design design(
        independent({Fixed{2.5}, Uniform{}}), seed, detect_instruction_set());
    Tile inputs(2);
    std::fill_n(inputs.row(0), tile_lanes, -1.0);
    Design::Workspace workspace = design.make_workspace();

    design.draw(0, inputs, workspace);

    EXPECT_EQ(inputs.row(0)[5], -1.0);
    EXPECT_NE(inputs.row(1)[5], 0.0);
}

TEST(Design, PlacesKnotsFromQuantilesThatCameFromElsewhere)
{
    DesignSpec spec = independent({Uniform{}});
    spec.knots = {{0, Normal{10.0, 2.0}, 1, "knot/0"},
                  {0, Triangular{0.0, 1.0, 2.0}, 2, "knot/1"}};
    spec.n_rows = 3;
    const Design design(spec, seed, detect_instruction_set());
    Tile inputs(3);
    Design::Workspace workspace = design.make_workspace();
    std::fill_n(inputs.row(0), tile_lanes, 0.95);

    design.place_knots(inputs, workspace);

    EXPECT_NEAR(inputs.row(1)[3], 10.0 + 2.0 * 1.6448536269514722, 1e-14);
    EXPECT_NEAR(inputs.row(2)[3], 2.0 - std::sqrt(0.1), 1e-15);
}

TEST(Design, CanBeMoved)
{
    Design first(example_spec(), seed, detect_instruction_set());
    const Rows expected = draw_rows(first, 0, 32);

    const Design second = std::move(first);

    EXPECT_EQ(draw_rows(second, 0, 32), expected);
}

}  // namespace
}  // namespace hepta::sampling
