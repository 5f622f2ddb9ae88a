// The variant without learning spill-over, on the shipped model: a sector among
// others is what it is alone.
#include "hepta/config/run_config.hpp"
#include "hepta/core/tile.hpp"
#include "hepta/model/model.hpp"
#include "hepta/sampling/design.hpp"
#include "reference/scalar_model.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace hepta::model {
namespace {

config::RunConfig shipped(bool spillover)
{
    return config::load(
        HEPTA_SOURCE_DIR "/configs/seven_sectors.toml",
        {{"variant.learning_spillover", spillover ? "true" : "false"}});
}

/// Without limits that sectors share, and without portfolios.
Spec unlimited(Spec spec)
{
    spec.resources.clear();
    spec.portfolios.clear();
    for (Sector& sector : spec.sectors) {
        for (Technology& technology : sector.technologies) {
            technology.resource_input.clear();
        }
    }
    return spec;
}

template <class T>
void keep(std::vector<T>& items, std::size_t first, std::size_t n)
{
    const auto begin = items.begin() + static_cast<std::ptrdiff_t>(first);
    items = std::vector<T>(begin, begin + static_cast<std::ptrdiff_t>(n));
}

std::size_t first_technology(const Spec& spec, std::size_t s)
{
    std::size_t first = 0;
    for (std::size_t k = 0; k < s; ++k) {
        first += spec.sectors[k].technologies.size();
    }
    return first;
}

/// The model of one of its sectors.
Spec alone(Spec spec, std::size_t s)
{
    const std::size_t first = first_technology(spec, s);
    const std::size_t n = spec.sectors[s].technologies.size();
    for (Scenario& scenario : spec.scenarios) {
        keep(scenario.end_of_new_builds, first, n);
        keep(scenario.premium, first, n);
        keep(scenario.demand_reduction, s, 1);
        keep(scenario.carbon_cover, s, 1);
        keep(scenario.fixed_block_path, s, 1);
        for (auto* bounds :
             {&scenario.minimum_share, &scenario.maximum_share}) {
            std::erase_if(*bounds,
                          [&](const ShareBound& b) { return b.sector != s; });
            for (ShareBound& bound : *bounds) {
                bound.sector = 0;
            }
        }
    }
    keep(spec.sectors, s, 1);
    return spec;
}

/// Shares of a tile's samples in the last year of the last scenario,
/// [technology][sample].
std::vector<std::vector<double>> last_shares(const Spec& spec,
                                             const Tile& inputs)
{
    const Model model(spec, InstructionSet::avx2);
    Model::Workspace workspace = model.make_workspace();
    Tile outputs = model.make_outputs();
    model.prepare(inputs, workspace);
    for (std::uint32_t s = 0; s < spec.scenarios.size(); ++s) {
        model.begin(s, workspace);
        for (std::size_t t = 0; t < static_cast<std::size_t>(spec.n_years());
             ++t) {
            model.advance(s, t, workspace, outputs);
        }
    }
    const Metric* share = model.layout().find("share");
    std::vector<std::vector<double>> shares;
    for (std::size_t i = 0; i < spec.n_technologies(); ++i) {
        const double* row = outputs.row(share->first_row + i);
        shares.emplace_back(row, row + tile_lanes);
    }
    return shares;
}

Tile draw(const config::RunConfig& run)
{
    const sampling::Design design(run.design, 5, InstructionSet::avx2);
    Tile inputs(run.model.n_rows);
    auto scratch = design.make_workspace();
    design.fill_fixed(inputs);
    design.draw(0, inputs, scratch);
    return inputs;
}

/// Sectors whose last shares are, to the bit, those of the sector alone.
std::vector<std::string> sectors_as_alone(const config::RunConfig& run)
{
    const Spec spec = unlimited(run.model);
    const Tile inputs = draw(run);
    const auto together = last_shares(spec, inputs);
    std::vector<std::string> same;
    for (std::size_t s = 0; s < spec.sectors.size(); ++s) {
        const auto apart = last_shares(alone(spec, s), inputs);
        const auto first = together.begin() + static_cast<std::ptrdiff_t>(
                                                  first_technology(spec, s));
        if (std::equal(apart.begin(), apart.end(), first)) {
            same.push_back(spec.sectors[s].name);
        }
    }
    return same;
}

TEST(OwnLearning, MakesASectorAmongOthersWhatItIsAlone)
{
    EXPECT_EQ(sectors_as_alone(shipped(false)).size(), 7u);
}

TEST(OwnLearning, WouldNotWithSpillover)
{
    EXPECT_TRUE(sectors_as_alone(shipped(true)).empty());
}

TEST(OwnLearning, HasTheSameInputs)
{
    const config::RunConfig with = shipped(true);
    const config::RunConfig without = shipped(false);

    ASSERT_EQ(with.design.inputs.size(), without.design.inputs.size());
    for (std::size_t i = 0; i < with.design.inputs.size(); ++i) {
        EXPECT_EQ(with.design.inputs[i].name, without.design.inputs[i].name);
    }
    EXPECT_EQ(with.model.n_rows, without.model.n_rows);
    EXPECT_NE(with.sha256, without.sha256);
    EXPECT_EQ(without.variants,
              std::vector<std::string>{"no_learning_spillover"});
}

TEST(OwnLearning, CopiesWhatSeveralSectorsUse)
{
    std::map<std::string, int> copies;
    const Spec spec = shipped(false).model;
    for (const Component& component : spec.components) {
        ++copies[component.name.substr(component.name.find('/') + 1)];
    }

    EXPECT_EQ(copies.at("electrolyser"), 5);  // all by hydrogen
    EXPECT_EQ(copies.at("ccs_capture"), 5);
    EXPECT_EQ(copies.at("battery"), 1);
    EXPECT_EQ(spec.converters.size(), 5u);
    EXPECT_EQ(spec.carriers.size(), 20u);
}

TEST(OwnLearning, EqualsTheScalarReference)
{
    const config::RunConfig run = shipped(false);
    const Tile inputs = draw(run);
    const auto fast = last_shares(run.model, inputs);
    const OutputLayout layout(run.model);
    const std::uint32_t first = layout.find("share")->first_row;
    for (std::size_t lane = 0; lane < 4; ++lane) {
        std::vector<double> sample(run.model.n_rows);
        for (std::size_t row = 0; row < sample.size(); ++row) {
            sample[row] = inputs.row(row)[lane];
        }
        const auto slow = reference::simulate(run.model, sample);
        for (std::size_t i = 0; i < fast.size(); ++i) {
            EXPECT_NEAR(fast[i][lane], slow.back().back()[first + i], 1e-11);
        }
    }
}

}  // namespace
}  // namespace hepta::model
