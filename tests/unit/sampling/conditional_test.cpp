#include "hepta/sampling/conditional.hpp"

#include "example_spec.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <variant>
#include <vector>

namespace hepta::sampling {
namespace {

/// Rows of scores of the inputs a, b, c: the first draws, then the second.
struct Scores
{
    Tile tile{6};

    Scores()
    {
        for (std::size_t row = 0; row < 6; ++row) {
            for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
                tile.row(row)[lane] =
                    std::sin(static_cast<double>(37 * row + lane));
            }
        }
    }
    [[nodiscard]] double first(std::size_t input, std::size_t lane) const
    {
        return tile.row(input)[lane];
    }
    [[nodiscard]] double again(std::size_t input, std::size_t lane) const
    {
        return tile.row(3 + input)[lane];
    }
};

/// a, b and c, each a group.
const std::vector<ScorePair> groups_of_one = {
    {"a", 0, 0, 3}, {"b", 1, 1, 4}, {"c", 2, 2, 5}};

std::vector<Input> three_inputs()
{
    return {{"a", Uniform{}, 0}, {"b", Uniform{}, 1}, {"c", Uniform{}, 2}};
}

TEST(ConditionalScores, OfAPairFollowTheirRegression)
{
    DesignSpec spec;
    spec.inputs = three_inputs();
    spec.blocks = {{{"a", "b"}, {1.0, 0.7, 0.7, 1.0}}};
    ConditionalScores conditional(spec, groups_of_one);
    const Scores before;
    Scores after;
    conditional.condition(std::vector<std::uint32_t>{~0U, 0U, 0U}, after.tile);

    EXPECT_TRUE(conditional.is_needed());
    for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
        EXPECT_DOUBLE_EQ(after.again(1, lane),
                         before.again(1, lane) + 0.7 * (before.first(0, lane) -
                                                        before.again(0, lane)));
        EXPECT_EQ(after.again(0, lane), before.again(0, lane));
        EXPECT_EQ(after.again(2, lane), before.again(2, lane));
    }
}

TEST(ConditionalScores, KnowWhatEachLaneKnows)
{
    DesignSpec spec;
    spec.inputs = three_inputs();
    spec.blocks = {{{"a", "b"}, {1.0, 0.7, 0.7, 1.0}}};
    ConditionalScores conditional(spec, groups_of_one);
    const Scores before;
    Scores after;
    // lane 0: a; lane 1: b; lane 2: both; the others: nothing
    conditional.condition(std::vector<std::uint32_t>{5U, 6U, 0U}, after.tile);

    EXPECT_NE(after.again(1, 0), before.again(1, 0));
    EXPECT_EQ(after.again(0, 0), before.again(0, 0));
    EXPECT_NE(after.again(0, 1), before.again(0, 1));
    EXPECT_EQ(after.again(1, 1), before.again(1, 1));
    for (std::size_t lane = 2; lane < tile_lanes; ++lane) {
        for (std::size_t input = 0; input < 3; ++input) {
            EXPECT_EQ(after.again(input, lane), before.again(input, lane));
        }
    }
}

/// b given a and c, which are loaded on a factor: its own factor is in a
/// block with theirs. S = [[1, r_ab, r_ac], ...], loadings 0.6, 0.5, -0.8.
TEST(ConditionalScores, SeeFactorsThatNoInputCarries)
{
    DesignSpec spec;
    spec.inputs = three_inputs();
    spec.latents = {{"f"}, {"g"}};
    spec.blocks = {{{"f", "g"}, {1.0, 0.5, 0.5, 1.0}}};
    spec.loadings = {{"a", "f", 0.6}, {"b", "g", 0.5}, {"c", "f", -0.8}};
    ConditionalScores conditional(spec, groups_of_one);
    const Scores before;
    Scores after;
    conditional.condition(std::vector<std::uint32_t>{~0U, 0U, ~0U}, after.tile);

    const double ab = 0.6 * 0.5 * 0.5, bc = -0.8 * 0.5 * 0.5, ac = 0.6 * -0.8;
    const double determinant = 1.0 - ac * ac;
    for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
        const double a = before.first(0, lane) - before.again(0, lane);
        const double c = before.first(2, lane) - before.again(2, lane);
        EXPECT_NEAR(after.again(1, lane),
                    before.again(1, lane) +
                        ((ab - ac * bc) * a + (bc - ac * ab) * c) / determinant,
                    1e-15);
    }
}

TEST(ConditionalScores, AreNotNeededWithinAGroup)
{
    DesignSpec spec;
    spec.inputs = three_inputs();
    spec.blocks = {{{"a", "b"}, {1.0, 0.7, 0.7, 1.0}}};
    const std::vector<ScorePair> together = {
        {"a", 0, 0, 3}, {"b", 0, 1, 4}, {"c", 1, 2, 5}};

    EXPECT_FALSE(ConditionalScores(spec, together).is_needed());
}

TEST(PlaceScores, GivesTheInputsOfTheDrawAgain)
{
    const Design design(example_spec(), 7, InstructionSet::avx2);
    Design::Workspace drawing = design.make_workspace();
    Tile drawn(design.spec().n_rows), placed(design.spec().n_rows);
    design.draw(64, drawn, drawing);
    std::copy_n(drawn.row(0), drawn.n_rows() * tile_lanes, placed.row(0));
    std::size_t n_correlated = 0;
    for (const Input& input : design.spec().inputs) {
        if (design.score_row(input.name) &&
            !std::holds_alternative<Fixed>(input.distribution)) {
            std::fill_n(placed.row(input.row), tile_lanes, -1.0);
            ++n_correlated;
        }
    }
    design.place_scores(placed, drawing);

    EXPECT_GT(n_correlated, 2U);
    EXPECT_FALSE(design.score_row("no such input"));
    EXPECT_TRUE(
        std::equal(drawn.row(0), drawn.row(drawn.n_rows()), placed.row(0)));
}

}  // namespace
}  // namespace hepta::sampling
