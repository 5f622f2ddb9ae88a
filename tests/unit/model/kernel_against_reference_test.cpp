/// \file
/// The vector kernels against the scalar reference, on the shipped model: a
/// thousand drawn samples, every output, both instruction sets.
#include "hepta/config/run_config.hpp"
#include "hepta/core/tile.hpp"
#include "hepta/model/model.hpp"
#include "hepta/sampling/design.hpp"
#include "reference/scalar_model.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

namespace {

using hepta::InstructionSet;
using hepta::Tile;
using hepta::model::Metric;
using hepta::model::Model;
using hepta::model::Scope;
using hepta::reference::Trajectory;

/// Outputs of a tile as [scenario][year].
using Outputs = std::vector<std::vector<Tile>>;

Outputs run(const Model& model, const Tile& inputs)
{
    Outputs out(model.spec().scenarios.size());
    Model::Workspace workspace = model.make_workspace();
    model.prepare(inputs, workspace);
    for (std::uint32_t s = 0; s < out.size(); ++s) {  // the baseline is first
        model.begin(s, workspace);
        for (int t = 0; t < model.spec().n_years(); ++t) {
            out[s].push_back(model.make_outputs());
            model.advance(
                s, static_cast<std::size_t>(t), workspace, out[s].back());
        }
    }
    return out;
}

bool same_bits(const Outputs& a, const Outputs& b)
{
    for (std::size_t s = 0; s < a.size(); ++s) {
        for (std::size_t t = 0; t < a[s].size(); ++t) {
            const std::size_t bytes =
                a[s][t].n_rows() * hepta::tile_lanes * sizeof(double);
            if (std::memcmp(a[s][t].data(), b[s][t].data(), bytes) != 0) {
                return false;
            }
        }
    }
    return true;
}

/// The largest difference seen, and where.
struct Worst
{
    double relative = 0.0;
    std::string where;
};

/// Compare one lane. A difference is relative to the largest magnitude of the
/// output over the years; early retirement, a difference of capacities that
/// may be nearly equal, to the sector's largest activity; parts of avoided
/// emissions to the emissions; other differences of two scenarios to the
/// largest in any scenario.
void compare(const Model& model,
             const Outputs& fast,
             std::size_t lane,
             const Trajectory& slow,
             Worst& worst)
{
    const auto largest = [](const auto& years, std::size_t row) {
        double magnitude = 0.0;
        for (const auto& rows : years) {
            if (std::isfinite(rows[row])) {
                magnitude = std::max(magnitude, std::fabs(rows[row]));
            }
        }
        return magnitude;
    };
    const auto& layout = model.layout();
    for (std::size_t s = 0; s < slow.size(); ++s) {
        for (const Metric& metric : layout.metrics()) {
            const std::size_t n = metric.n_items * metric.n_inner;
            for (std::size_t k = 0; k < n; ++k) {
                const std::size_t row = metric.first_row + k;
                const bool capacities = metric.name == "early_retirement";
                double scale = largest(
                    slow[s], capacities ? layout.activity.first_row + k : row);
                if (metric.name == "avoided_by_cause") {
                    const std::size_t group = k / metric.n_inner;
                    scale = largest(
                        slow[s],
                        layout.emissions.row(
                            static_cast<std::uint32_t>(group),
                            static_cast<std::uint32_t>(Scope::scope1_2)));
                } else if (metric.name == "green_premium" ||
                           metric.name == "extra_cost") {
                    for (const auto& scenario : slow) {
                        scale = std::max(scale, largest(scenario, row));
                    }
                }
                const std::size_t n_years =
                    slow[s].size() - (metric.is_flow ? 1 : 0);
                for (std::size_t t = 0; t < n_years; ++t) {
                    const double difference =
                        std::fabs(slow[s][t][row] - fast[s][t].row(row)[lane]);
                    const double relative =
                        scale > 0.0 ? difference / scale : difference;
                    if (!(relative <= worst.relative)) {
                        worst = {relative,
                                 metric.name + "[" + std::to_string(k) +
                                     "], scenario " + std::to_string(s) +
                                     ", year " + std::to_string(t)};
                    }
                }
            }
        }
    }
}

void expect_reference(const hepta::config::RunConfig& config,
                      std::uint64_t n_samples)
{
    ASSERT_EQ(config.model.baseline_scenario, 0u);
    const bool has_avx512 =
        hepta::detect_instruction_set() == InstructionSet::avx512;
    const hepta::sampling::Design design(
        config.design, 11, InstructionSet::avx2);
    const Model avx2(config.model, InstructionSet::avx2);
    const Model avx512(config.model, InstructionSet::avx512);
    Tile inputs(config.model.n_rows);
    auto scratch = design.make_workspace();
    design.fill_fixed(inputs);

    Worst worst;
    for (std::uint64_t first = 0; first < n_samples;
         first += hepta::tile_lanes) {
        design.draw(first, inputs, scratch);
        const Outputs fast = run(avx2, inputs);
        if (has_avx512) {
            ASSERT_TRUE(same_bits(fast, run(avx512, inputs))) << first;
        }
        for (std::size_t lane = 0; lane < hepta::tile_lanes; ++lane) {
            std::vector<double> input(config.model.n_rows);
            for (std::size_t row = 0; row < input.size(); ++row) {
                input[row] = inputs.row(row)[lane];
            }
            compare(avx2,
                    fast,
                    lane,
                    hepta::reference::simulate(config.model, input),
                    worst);
        }
    }

    std::printf("largest relative difference %.3g: %s\n",
                worst.relative,
                worst.where.c_str());
    EXPECT_LE(worst.relative, 1e-11) << worst.where;
}

constexpr const char* shipped = HEPTA_SOURCE_DIR "/configs/seven_sectors.toml";

TEST(KernelOfShippedModel, EqualsTheScalarReferenceInEveryOutput)
{
    expect_reference(hepta::config::load(shipped), 1000);
}

TEST(KernelOfShippedModel, EqualsItWithAllVariantsOn)
{
    expect_reference(
        hepta::config::load(shipped,
                            {{"variant.learning_spillover", "false"},
                             {"variant.acceleration.on", "true"},
                             {"variant.ramp_up.on", "true"},
                             {"variant.retrofit", "true"}}),
        64);
}

TEST(KernelOfShippedModel, EqualsItWithLeversOfCommitments)
{
    const std::string rest = "committed = true, source = \"s\", unit = ";
    expect_reference(
        hepta::config::load(
            shipped,
            {{"scenario.stated.minimum_share",
              "[{sector = \"steel\", technologies = [\"h2_dri_eaf\", "
              "\"bf_bof_ccs\"], share = {2030 = 0, 2035 = 1, " +
                  rest + "\"fraction\"}}]"},
             {"scenario.stated.premium.\"shipping/green_ammonia\"",
              "{2025 = 0, 2030 = 10, " + rest + "\"USD2020 per 1000 tnm\"}"}}),
        64);
}

}  // namespace
