/// \file
/// A sample's outputs are its own, whatever samples it is computed beside.
#include "hepta/config/run_config.hpp"
#include "hepta/core/tile.hpp"
#include "hepta/model/model.hpp"
#include "hepta/sampling/design.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

namespace {

using hepta::InstructionSet;
using hepta::Tile;
using hepta::tile_lanes;
using hepta::model::Model;

/// Bits of all outputs of one lane, NaN as it comes.
std::vector<std::uint64_t> run(const Model& model,
                               const Tile& inputs,
                               std::size_t lane)
{
    std::vector<std::uint64_t> bits;
    Model::Workspace workspace = model.make_workspace();
    Tile outputs = model.make_outputs();
    model.prepare(inputs, workspace);
    for (std::uint32_t s = 0; s < model.spec().scenarios.size(); ++s) {
        model.begin(s, workspace);
        for (int t = 0; t < model.spec().n_years(); ++t) {
            model.advance(s, static_cast<std::size_t>(t), workspace, outputs);
            for (std::size_t row = 0; row < outputs.n_rows(); ++row) {
                bits.push_back(
                    std::bit_cast<std::uint64_t>(outputs.row(row)[lane]));
            }
        }
    }
    return bits;
}

/// Samples that mix both forms stand beside samples of either form alone.
TEST(Lanes, DoNotDependOnTheirNeighbours)
{
    const auto config =
        hepta::config::load(HEPTA_SOURCE_DIR "/configs/seven_sectors.toml");
    const hepta::InstructionSet best = hepta::detect_instruction_set();
    const hepta::sampling::Design design(config.design, 11, best);
    std::vector<InstructionSet> sets = {InstructionSet::avx2};
    if (best == InstructionSet::avx512) {
        sets.push_back(best);
    }
    for (const InstructionSet set : sets) {
        const Model model(config.model, set);
        Tile inputs = model.make_inputs();
        auto drawing = design.make_workspace();
        design.fill_fixed(inputs);
        design.draw(0, inputs, drawing);
        double* weight = inputs.row(model.spec().form_weight);
        for (std::size_t lane = 0; lane < tile_lanes; lane += 3) {
            weight[lane] = lane % 2 == 0 ? 1.0 : 0.0;
        }
        for (const std::size_t lane : {0, 1, 3, 6, 10, 31}) {
            Tile alone = model.make_inputs();
            for (std::size_t row = 0; row < inputs.n_rows(); ++row) {
                std::fill_n(alone.row(row), tile_lanes, inputs.row(row)[lane]);
            }
            EXPECT_EQ(run(model, inputs, lane), run(model, alone, 0))
                << "lane " << lane;
        }
    }
}

}  // namespace
