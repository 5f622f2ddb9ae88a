// Projects by stage and year, against numbers worked out by hand.
#include "hepta/model/pipeline.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <random>
#include <vector>

namespace hepta::model {
namespace {

using Stage = ProjectStage;

enum InputRow : Row
{
    announced,
    operating,
    decided,
    past_decision,
    operating_share,
    hazard,
    delay,
    success,
    capacity,
    avoided,
    n_input_rows,
};

/// The tracker of November 2025, without and with a capacity.
ProjectSpec example()
{
    ProjectSpec spec;
    spec.groups = {{.name = "sized",
                    .date = 2024.5,
                    .announced = announced,
                    .past_decision = past_decision,
                    .capacity = capacity,
                    .avoided = avoided},
                   {.name = "all",
                    .date = 2025 + 10.5 / 12,
                    .announced = announced,
                    .operating = operating,
                    .decided = decided}};
    spec.decision_hazard = hazard;
    spec.delay = delay;
    spec.success = success;
    spec.operating_share = operating_share;
    spec.first_year = 2026;
    spec.last_year = 2050;
    return spec;
}

constexpr double central[n_input_rows] = {
    857, 82, 62, 144, 0.5, 0.036, 4, 0.9, 1.5, 1.7};

Tile central_inputs()
{
    Tile inputs(n_input_rows);
    for (std::size_t r = 0; r < n_input_rows; ++r) {
        std::fill_n(inputs.row(r), tile_lanes, central[r]);
    }
    return inputs;
}

/// Central inputs, each lane's times factors of its own.
Tile random_inputs()
{
    Tile inputs = central_inputs();
    std::mt19937 generator(1);
    std::uniform_real_distribution<double> factor(0.6, 1.1);
    for (std::size_t r = 0; r < n_input_rows; ++r) {
        for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
            inputs.row(r)[lane] *= factor(generator);
        }
    }
    return inputs;
}

Tile outputs_of(const ProjectSpec& spec,
                const Tile& inputs,
                InstructionSet set = detect_instruction_set())
{
    Tile outputs(ProjectLayout(spec).n_rows());
    project_pipeline(set, spec, inputs, outputs);
    return outputs;
}

TEST(Pipeline, EqualsNumbersWorkedOutByHand)
{
    const ProjectSpec spec = example();
    const ProjectLayout layout(spec);
    const Tile outputs = outputs_of(spec, central_inputs());
    const auto count = [&](Stage stage, int year) {
        return outputs.row(
            layout.count(1, stage, static_cast<std::uint32_t>(year - 2026)))[0];
    };
    // 2030 is 4.125 yr after the count: 857 (1 - exp(-0.1485)) are decided,
    // those of the first 0.125 yr and all 62 are due
    EXPECT_NEAR(count(Stage::announced, 2030), 738.7340061451174, 1e-9);
    EXPECT_NEAR(count(Stage::past_decision, 2030), 262.2659938548826, 1e-9);
    EXPECT_NEAR(count(Stage::building, 2030), 114.4181579788246, 1e-9);
    EXPECT_NEAR(count(Stage::operating, 2030), 141.2630522884522, 1e-9);
    EXPECT_NEAR(count(Stage::failed, 2030), 6.584783587605801, 1e-9);
    EXPECT_NEAR(count(Stage::operating, 2040), 373.398339299013, 1e-9);
}

TEST(Pipeline, IsTheCountAtItsDate)
{
    ProjectSpec spec = example();
    spec.groups[1].date = 2026.0;
    const ProjectLayout layout(spec);
    const Tile outputs = outputs_of(spec, central_inputs());
    const auto count = [&](Stage stage) {
        return outputs.row(layout.count(1, stage))[0];
    };
    EXPECT_EQ(count(Stage::announced), 857.0);
    EXPECT_EQ(count(Stage::past_decision), 144.0);
    EXPECT_EQ(count(Stage::building), 62.0);
    EXPECT_EQ(count(Stage::operating), 82.0);
    EXPECT_EQ(count(Stage::failed), 0.0);
}

TEST(Pipeline, AShareOfThePastDecisionOperates)
{
    ProjectSpec spec = example();
    spec.groups[0].date = 2026.0;
    const ProjectLayout layout(spec);
    const Tile outputs = outputs_of(spec, central_inputs());
    EXPECT_EQ(outputs.row(layout.count(0, Stage::operating))[0], 72.0);
    EXPECT_EQ(outputs.row(layout.count(0, Stage::building))[0], 72.0);
}

TEST(Pipeline, LosesNoProjectAndNeverTurnsBack)
{
    const ProjectSpec spec = example();
    const ProjectLayout layout(spec);
    const Tile inputs = random_inputs();
    const Tile outputs = outputs_of(spec, inputs);
    for (std::uint32_t g = 0; g < layout.n_groups(); ++g) {
        for (std::uint32_t t = 0; t < layout.n_years(); ++t) {
            for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
                const auto count = [&](Stage stage, std::uint32_t year) {
                    return outputs.row(layout.count(g, stage, year))[lane];
                };
                const double all = inputs.row(announced)[lane] +
                                   (g == 0 ? inputs.row(past_decision)[lane]
                                           : inputs.row(operating)[lane] +
                                                 inputs.row(decided)[lane]);
                EXPECT_NEAR(
                    count(Stage::announced, t) + count(Stage::past_decision, t),
                    all,
                    1e-9);
                EXPECT_NEAR(count(Stage::building, t) +
                                count(Stage::operating, t) +
                                count(Stage::failed, t),
                            count(Stage::past_decision, t),
                            1e-9);
                EXPECT_GE(count(Stage::building, t), -1e-9);
                if (t == 0) {
                    continue;
                }
                EXPECT_LE(count(Stage::announced, t),
                          count(Stage::announced, t - 1));
                for (const Stage rising :
                     {Stage::past_decision, Stage::operating, Stage::failed}) {
                    EXPECT_GE(count(rising, t), count(rising, t - 1));
                }
            }
        }
    }
}

TEST(Pipeline, AvoidsWhatItsNewCapacityReplaces)
{
    const ProjectSpec spec = example();
    const ProjectLayout layout(spec);
    const Tile outputs = outputs_of(spec, central_inputs());
    double sum = 0.0, last = 0.0;
    for (std::uint32_t t = 0; t < layout.n_years(); ++t) {
        const double started =
            outputs.row(layout.count(0, Stage::operating, t))[0] - 72.0;
        const double now = started * 1.5 * 1.7;
        // the first step is from July 2024 to January 2026
        sum += (t == 0 ? 1.5 : 1.0) * (last + now) / 2;
        last = now;
        EXPECT_NEAR(outputs.row(layout.capacity(0, t))[0], started * 1.5, 1e-9);
        EXPECT_NEAR(outputs.row(layout.avoided(0, t))[0], now, 1e-9);
        EXPECT_NEAR(outputs.row(layout.cumulative(0, t))[0], sum, 1e-8);
        // of one group, the sum is the group's
        EXPECT_EQ(outputs.row(layout.avoided(1, t))[0],
                  outputs.row(layout.avoided(0, t))[0]);
        EXPECT_EQ(outputs.row(layout.cumulative(1, t))[0],
                  outputs.row(layout.cumulative(0, t))[0]);
    }
}

TEST(Pipeline, HasTheSameBitsForEveryInstructionSet)
{
    if (detect_instruction_set() != InstructionSet::avx512) {
        GTEST_SKIP() << "this machine has one instruction set";
    }
    const ProjectSpec spec = example();
    const Tile inputs = random_inputs();
    const Tile a = outputs_of(spec, inputs, InstructionSet::avx2);
    const Tile b = outputs_of(spec, inputs, InstructionSet::avx512);
    EXPECT_EQ(std::memcmp(
                  a.data(), b.data(), a.n_rows() * tile_lanes * sizeof(double)),
              0);
}

TEST(Pipeline, WithoutGroupsHasNoRows)
{
    EXPECT_EQ(ProjectLayout(ProjectSpec()).n_rows(), 0u);
}

}  // namespace
}  // namespace hepta::model
