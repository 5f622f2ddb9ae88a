// A further sector is one more file: the others keep their draws.
#include "hepta/campaign/engine.hpp"
#include "hepta/config/run_config.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>

namespace hepta::campaign {
namespace {

config::RunConfig shipped(const char* name)
{
    return config::load(std::string(HEPTA_SOURCE_DIR) + "/configs/" + name);
}

TEST(EightSectors, LeaveTheDrawsOfSevenAsTheyAre)
{
    const config::RunConfig seven = shipped("seven_sectors.toml");
    const config::RunConfig eight = shipped("eight_sectors.toml");
    const Engine engine_of_seven(seven, detect_instruction_set());
    const Engine engine_of_eight(eight, detect_instruction_set());
    auto worker_of_seven = engine_of_seven.make_worker();
    auto worker_of_eight = engine_of_eight.make_worker();
    engine_of_seven.draw(64, worker_of_seven);
    engine_of_eight.draw(64, worker_of_eight);

    std::size_t n_drawn = 0;
    for (const sampling::Input& input : seven.design.inputs) {
        const auto same =
            std::find_if(eight.design.inputs.begin(),
                         eight.design.inputs.end(),
                         [&](const auto& i) { return i.name == input.name; });
        ASSERT_NE(same, eight.design.inputs.end()) << input.name;
        EXPECT_EQ(std::memcmp(worker_of_seven.inputs.row(input.row),
                              worker_of_eight.inputs.row(same->row),
                              tile_lanes * sizeof(double)),
                  0)
            << input.name;
        n_drawn +=
            std::holds_alternative<sampling::Fixed>(input.distribution) ? 0 : 1;
    }
    EXPECT_GT(n_drawn, 1000u);
    EXPECT_GT(eight.design.inputs.size(), seven.design.inputs.size());
}

TEST(EightSectors, AddUpToTheirPortfolio)
{
    const config::RunConfig eight = shipped("eight_sectors.toml");
    const Engine engine(eight, detect_instruction_set());
    const model::Metric& emissions = engine.model().layout().emissions;
    ASSERT_EQ(eight.model.sectors.size(), 8u);
    const auto all = static_cast<std::uint32_t>(
        std::find_if(eight.model.portfolios.begin(),
                     eight.model.portfolios.end(),
                     [](const auto& p) { return p.sectors.size() == 8; }) -
        eight.model.portfolios.begin() + 8);
    ASSERT_LT(all, emissions.n_items);
    const auto scope = static_cast<std::uint32_t>(model::Scope::scope1_2);

    Engine::Worker worker = engine.make_worker();
    engine.draw(0, worker);
    std::size_t n_years = 0;
    engine.simulate(
        worker, [&](std::uint32_t, std::size_t, const Tile& outputs) {
            ++n_years;
            for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
                double sum = 0.0;
                for (std::uint32_t s = 0; s < 8; ++s) {
                    const double part =
                        outputs.row(emissions.row(s, scope))[lane];
                    ASSERT_TRUE(std::isfinite(part));
                    ASSERT_GT(part, 0.0);
                    sum += part;
                }
                ASSERT_NEAR(outputs.row(emissions.row(all, scope))[lane],
                            sum,
                            1e-12 * sum);
            }
        });
    EXPECT_EQ(n_years, eight.model.scenarios.size() * 31u);
}

}  // namespace
}  // namespace hepta::campaign
