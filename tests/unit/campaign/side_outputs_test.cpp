// Outputs beside the trajectories: they are counted like all others, and leave
// these as they were.
#include "hepta/campaign/side_outputs.hpp"

#include "hepta/campaign/accumulator.hpp"
#include "hepta/campaign/cells.hpp"
#include "hepta/campaign/engine.hpp"
#include "hepta/campaign/saltelli.hpp"
#include "hepta/campaign/shapley.hpp"
#include "hepta/statistics/percentile.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace hepta::campaign {
namespace {

constexpr std::uint64_t block_size = 256;

const config::RunConfig& one_sector()
{
    static const config::RunConfig config =
        config::load(HEPTA_SOURCE_DIR "/tests/data/one_sector.toml");
    return config;
}

/// The same without what is beside the trajectories.
config::RunConfig trajectories_alone()
{
    config::RunConfig config = one_sector();
    config.projects = {};
    config.commitments.clear();
    return config;
}

/// A run's parts, and its samples counted.
struct CountedRun
{
    explicit CountedRun(const config::RunConfig& config)
        : engine(config, detect_instruction_set()),
          cells(config, engine.model().layout()),
          plans(plan_cells(engine, cells, 256, 1))
    {
    }
    [[nodiscard]] State count(std::uint64_t n_samples, int n_threads) const
    {
        Accumulator accumulator(
            engine, cells, {}, plans, block_size, n_threads);
        for (std::uint64_t at = 0; at < n_samples; at += block_size) {
            accumulator.add({at, std::min(n_samples, at + block_size)});
        }
        State state = accumulator.take();
        state.ranges = {{0, n_samples}};
        return state;
    }

    Engine engine;
    CellMap cells;
    std::vector<statistics::CellPlan> plans;
};

bool are_equal(const statistics::MomentSums& a, const statistics::MomentSums& b)
{
    return a.sum == b.sum && a.sum_of_squares == b.sum_of_squares &&
           a.minimum == b.minimum && a.maximum == b.maximum;
}

TEST(SideOutputs, AreDescribedByLabelledAxes)
{
    const SideOutputs side(one_sector());
    std::vector<std::string> names;
    std::size_t n_rows = 0;
    for (const SideQuantity& quantity : side.quantities()) {
        names.push_back(quantity.group + "/" + quantity.name);
        std::size_t n = 1;
        for (const SideAxis& axis : quantity.axes) {
            n *= axis.size();
        }
        EXPECT_EQ(quantity.rows.size(), n) << quantity.name;
        n_rows += n;
    }
    EXPECT_EQ(names,
              (std::vector<std::string>{"pipeline/projects",
                                        "pipeline/capacity_added",
                                        "pipeline/avoided_co2",
                                        "pipeline/cumulative_avoided_co2",
                                        "commitments/delivered_share"}));
    EXPECT_EQ(side.n_rows(), n_rows);
    EXPECT_EQ(SideOutputs(trajectories_alone()).n_rows(), 0u);
}

TEST(SideOutputs, MoveNoTrajectoryByABit)
{
    const State with = CountedRun(one_sector()).count(500, 1);
    const CountedRun without_run(trajectories_alone());
    const State without = without_run.count(500, 1);
    ASSERT_EQ(without.plans.size(), without_run.cells.first_side_cell());
    ASSERT_GT(with.plans.size(), without.plans.size());
    EXPECT_TRUE(std::equal(
        without.counts.begin(), without.counts.end(), with.counts.begin()));
    for (std::size_t cell = 0; cell < without.plans.size(); ++cell) {
        ASSERT_TRUE(are_equal(with.sums[cell], without.sums[cell])) << cell;
    }
}

TEST(SideOutputs, AreCountedInAnyOrder)
{
    const CountedRun run(one_sector());
    const State one = run.count(700, 1);
    const State two = run.count(700, 2);
    EXPECT_EQ(one.counts, two.counts);
    for (std::size_t cell = 0; cell < one.sums.size(); ++cell) {
        ASSERT_TRUE(are_equal(one.sums[cell], two.sums[cell])) << cell;
    }
}

/// The range and the mean are exact; a percentile lies within its bin.
TEST(SideOutputs, HaveTheStatisticsOfTheirSamples)
{
    constexpr std::uint64_t n_samples = 640;
    const CountedRun run(one_sector());
    const State state = run.count(n_samples, 1);
    Engine::Worker worker = run.engine.make_worker();
    std::vector<std::vector<double>> values(run.cells.side_rows().size());
    for (std::uint64_t first = 0; first < n_samples; first += tile_lanes) {
        run.engine.draw(first, worker);
        run.engine.evaluate_side(worker);
        for (std::size_t row = 0; row < values.size(); ++row) {
            const double* lanes = worker.side.row(row);
            values[row].insert(values[row].end(), lanes, lanes + tile_lanes);
        }
    }
    for (std::size_t row = 0; row < values.size(); ++row) {
        std::vector<double>& sorted = values[row];
        std::sort(sorted.begin(), sorted.end());
        const std::size_t cell = run.cells.first_side_cell() + row;
        const statistics::Moments moments = statistics::moments(
            state.plans[cell], state.counts_of(cell), state.sums[cell]);
        ASSERT_EQ(moments.minimum, sorted.front());
        ASSERT_EQ(moments.maximum, sorted.back());
        const std::vector<double> percent = {50.0};
        std::vector<statistics::Percentile> found(1);
        statistics::percentiles(state.plans[cell],
                                state.counts_of(cell),
                                state.sums[cell],
                                percent,
                                0.95,
                                found);
        const double median =
            (sorted[n_samples / 2 - 1] + sorted[n_samples / 2]) / 2;
        ASSERT_NEAR(found[0].value,
                    median,
                    0.01 * (sorted.back() - sorted.front()) + 1e-12)
            << "row " << row;
    }
}

TEST(SideOutputs, CommittedActivityIsCoveredTimesDelivered)
{
    const config::RunConfig& config = one_sector();
    const Engine engine(config, detect_instruction_set());
    Engine::Worker worker = engine.make_worker();
    engine.draw(0, worker);
    engine.evaluate_side(worker);
    const auto& delivered = engine.side().quantities().back();
    ASSERT_EQ(delivered.name, "delivered_share");
    for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
        EXPECT_EQ(worker.side.row(delivered.rows[0])[lane],
                  worker.inputs.row(config.commitments[0].covered)[lane] *
                      worker.inputs.row(config.commitments[0].delivery)[lane]);
    }
}

/// The same run with a committed premium or minimum share.
config::RunConfig committed(const char* key, const char* value)
{
    return config::load(HEPTA_SOURCE_DIR "/tests/data/one_sector.toml",
                        {{key, value}});
}

TEST(SideInputs, AreThoseOfNoLever)
{
    const config::RunConfig& plain = one_sector();
    const config::RunConfig with_levers[] = {
        committed("scenario.reference.premium.\"steel/hydrogen_route\"",
                  "{value = 30, committed = true, source = \"s\", unit = "
                  "\"USD2020 per t steel\"}"),
        committed("scenario.reference.minimum_share",
                  "[{sector = \"steel\", technologies = "
                  "[\"hydrogen_route\"], share = {2035 = 1, committed = "
                  "true, source = \"s\", unit = \"fraction\"}}]")};
    const auto is_side = [](const config::RunConfig& config, std::size_t i) {
        return is_side_input(config.design.inputs[i], config.model);
    };
    for (std::size_t i = 0; i < plain.design.inputs.size(); ++i) {
        const std::string& group = plain.design.inputs[i].group;
        EXPECT_EQ(is_side(plain, i), is_side_group(group)) << group;
        for (const config::RunConfig& config : with_levers) {
            EXPECT_EQ(is_side(config, i), group == "pipeline") << group;
        }
    }
}

TEST(SideInputs, AreNoGroupOfASensitivityUnlessTheyMoveTrajectories)
{
    const auto names = [](const config::RunConfig& config) {
        std::vector<std::string> out;
        for (const InputGroup& group :
             groups_of(config.design, config.model, {})) {
            out.push_back(group.name);
        }
        return out;
    };
    std::vector<std::string> expected = names(one_sector());
    EXPECT_EQ(std::count(expected.begin(), expected.end(), "commitments"), 0);
    const config::RunConfig with =
        committed("scenario.reference.premium.\"steel/hydrogen_route\"",
                  "{value = 30, committed = true, source = \"s\", unit = "
                  "\"USD2020 per t steel\"}");
    expected.emplace_back("commitments");
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(names(with), expected);

    const auto all = groups_of(with.design, with.model, {"commitments"});
    const auto others = with_others(with.design, with.model, {}).at(0).rows;
    for (const std::uint32_t row : all.at(0).rows) {
        EXPECT_TRUE(std::binary_search(others.begin(), others.end(), row));
    }
}

}  // namespace
}  // namespace hepta::campaign
