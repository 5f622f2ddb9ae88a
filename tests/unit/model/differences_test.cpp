// Invariants of what scenarios change, on samples of the shipped model.
#include "hepta/config/run_config.hpp"
#include "hepta/core/instruction_set.hpp"
#include "hepta/model/model.hpp"
#include "hepta/sampling/design.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace hepta::model {
namespace {

class Differences : public testing::Test
{
  protected:
    /// Show `look(scenario, year, outputs)` the outputs of 32 samples.
    template <class Look>
    void simulate(Look look)
    {
        const sampling::Design design(config_.design, 5, set_);
        Tile inputs(config_.model.n_rows);
        auto scratch = design.make_workspace();
        design.fill_fixed(inputs);
        design.draw(0, inputs, scratch);
        Model::Workspace workspace = model_.make_workspace();
        Tile outputs = model_.make_outputs();
        model_.prepare(inputs, workspace);
        for (std::uint32_t s = 0; s < config_.model.scenarios.size(); ++s) {
            model_.begin(s, workspace);
            for (int t = 0; t < config_.model.n_years(); ++t) {
                model_.advance(
                    s, static_cast<std::size_t>(t), workspace, outputs);
                look(s, t, outputs);
            }
        }
    }

    const InstructionSet set_ = detect_instruction_set();
    const config::RunConfig config_ =
        config::load(HEPTA_SOURCE_DIR "/configs/seven_sectors.toml");
    const Model model_{config_.model, set_};
    const OutputLayout& layout_ = model_.layout();
};

TEST_F(Differences, CausesAddUpToTheAvoidedEmissions)
{
    double largest_capture = 0.0;
    simulate([&](std::uint32_t, int, const Tile& outputs) {
        const std::uint32_t n_groups = layout_.avoided_by_cause.n_items;
        for (std::uint32_t g = 0; g < n_groups; ++g) {
            for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
                double sum = 0.0;
                for (std::uint32_t k = 0; k < n_causes; ++k) {
                    sum +=
                        outputs.row(layout_.avoided_by_cause.row(g, k))[lane];
                }
                const auto scope = static_cast<std::uint32_t>(Scope::scope1_2);
                const double emitted =
                    outputs.row(layout_.emissions.row(g, scope))[lane];
                const double avoided =
                    outputs.row(layout_.avoided_emissions.row(g))[lane];
                ASSERT_NEAR(sum, avoided, 7e-5 * (std::abs(emitted) + avoided));
                const auto capture = static_cast<std::uint32_t>(Cause::capture);
                largest_capture =
                    std::max(largest_capture,
                             outputs.row(layout_.avoided_by_cause.row(
                                 g, capture))[lane]);
            }
        }
    });
    EXPECT_GT(largest_capture, 100.0);  // Mt/yr
}

TEST_F(Differences, TheBaselineAgainstItselfIsExactlyNothing)
{
    simulate([&](std::uint32_t scenario, int, const Tile& outputs) {
        if (scenario != config_.model.baseline_scenario) {
            return;
        }
        for (const Metric* metric : {&layout_.avoided_by_cause,
                                     &layout_.green_premium,
                                     &layout_.extra_cost}) {
            for (std::uint32_t k = 0; k < metric->n_items * metric->n_inner;
                 ++k) {
                for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
                    ASSERT_EQ(outputs.row(metric->first_row + k)[lane], 0.0)
                        << metric->name;
                }
            }
        }
    });
}

}  // namespace
}  // namespace hepta::model
