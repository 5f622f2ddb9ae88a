/// \file
/// Exact percentiles against sorting every sample, bit by bit.
#include "hepta/campaign/exact.hpp"

#include "hepta/campaign/accumulator.hpp"
#include "hepta/config/run_config.hpp"
#include "hepta/functions/functions.hpp"
#include "unit/campaign/all_samples.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <vector>

namespace {

using namespace hepta;
using campaign::Accumulator;
using campaign::CellMap;
using campaign::Engine;
using campaign::SampleRange;
using campaign::State;

const std::vector<double> percentiles = {1, 2.5, 5, 25, 50, 75, 95, 99};
constexpr std::uint64_t block_size = 256;
constexpr int n_threads = 2;

State count(const Engine& engine, const CellMap& cells, SampleRange range)
{
    const auto plans = campaign::plan_cells(engine, cells, 512, n_threads);
    Accumulator accumulator(engine, cells, {}, plans, block_size, n_threads);
    return campaign::testing::count_blocks(accumulator, range, block_size);
}

/// Valid values of the cells wanted, sorted.
std::map<std::size_t, std::vector<double>> sort_all(
    const Engine& engine,
    const CellMap& cells,
    const std::vector<std::size_t>& wanted,
    SampleRange range)
{
    std::map<std::size_t, std::vector<double>> values;
    for (const std::size_t cell : wanted) {
        values[cell] = {};
    }
    campaign::testing::for_each_tile(
        engine,
        range,
        [&](std::uint32_t scenario,
            std::size_t year,
            const Tile& outputs,
            const Engine::Worker&,
            std::size_t begin,
            std::size_t end) {
            for (const std::uint32_t row : cells.rows(year)) {
                const auto at = values.find(cells.cell(scenario, year, row));
                if (at == values.end()) {
                    continue;
                }
                std::copy_if(outputs.row(row) + begin,
                             outputs.row(row) + end,
                             std::back_inserter(at->second),
                             [](double x) { return std::isfinite(x); });
            }
        });
    for (auto& [cell, of_cell] : values) {
        std::sort(of_cell.begin(), of_cell.end());
    }
    return values;
}

void expect_equal_to_sort(const Engine& engine,
                          const CellMap& cells,
                          const std::vector<std::size_t>& wanted,
                          SampleRange range,
                          std::uint64_t buffer_values,
                          std::uint32_t fewest_passes)
{
    const State state = count(engine, cells, range);
    const auto exact = campaign::exact_percentiles(engine,
                                                   cells,
                                                   state,
                                                   wanted,
                                                   percentiles,
                                                   n_threads,
                                                   parallel::Communicator(),
                                                   buffer_values);
    EXPECT_GE(exact.n_passes, fewest_passes);
    for (const auto& [cell, sorted] : sort_all(engine, cells, wanted, range)) {
        const auto found = exact.of(cell);
        ASSERT_EQ(found.size(), percentiles.size());
        for (std::size_t k = 0; k < percentiles.size(); ++k) {
            const double rank =
                percentiles[k] / 100.0 * static_cast<double>(sorted.size() - 1);
            const auto below = static_cast<std::size_t>(rank);
            const double part = rank - static_cast<double>(below);
            const double a = sorted[below];
            const double b = part > 0.0 ? sorted[below + 1] : a;
            ASSERT_EQ(found[k], a + part * (b - a))
                << "cell " << cell << ", percentile " << percentiles[k];
        }
    }
}

TEST(ExactPercentiles, EqualASortInOnePassWhereTheBufferHoldsTheBins)
{
    const Engine engine(
        functions::find("ishigami"), {}, 3, detect_instruction_set());
    expect_equal_to_sort(
        engine, CellMap(1), {0}, {0, 50'000}, campaign::exact_buffer_values, 1);
}

TEST(ExactPercentiles, EqualASortWhereBinsMustBeSplit)
{
    const Engine engine(
        functions::find("lognormal_product"), {}, 4, detect_instruction_set());
    expect_equal_to_sort(engine, CellMap(1), {0}, {0, 200'000}, 32, 2);
}

TEST(ExactPercentiles, CoverTheRangeOfTheStateOnly)
{
    const Engine engine(
        functions::find("borehole"), {}, 5, detect_instruction_set());
    expect_equal_to_sort(engine, CellMap(1), {0}, {1'001, 7'777}, 4096, 1);
}

/// Shares that are exactly 0 or 1, plateaus, years: whatever cells hold.
TEST(ExactPercentiles, EqualASortInEveryCellOfTheModel)
{
    const config::RunConfig config =
        config::load(HEPTA_SOURCE_DIR "/configs/seven_sectors.toml");
    const Engine engine(config, detect_instruction_set());
    const CellMap cells(config, engine.model().layout());
    std::vector<std::size_t> some;
    const auto all = campaign::observed_cells(cells);
    for (std::size_t i = 0; i < all.size(); i += 7) {
        some.push_back(all[i]);
    }
    expect_equal_to_sort(engine, cells, some, {0, 768}, 1 << 16, 1);
}

}  // namespace
