// Sensitivity indices: all Sobol indices of a test function of ten inputs from
// 2^16 points, evaluation included, sampling not; and the given-data measures
// of eight outputs on one input from 65,536 samples.
#include "hepta/functions/functions.hpp"
#include "hepta/statistics/given_data.hpp"
#include "hepta/statistics/sobol_indices.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <random>
#include <string>
#include <vector>

namespace hepta::statistics {
namespace {

constexpr std::size_t n = std::size_t{1} << 16;

/// The tiles of the matrices A and B, and room for the values at all points.
struct SaltelliDesign
{
    explicit SaltelliDesign(const functions::TestFunction& f)
        : function(f), d(f.inputs.size()), values(d + 2, std::vector<double>(n))
    {
        const InstructionSet set = detect_instruction_set();
        for (const std::uint64_t seed : {1U, 2U}) {
            const sampling::Design design(f.design(), seed, set);
            sampling::Design::Workspace workspace = design.make_workspace();
            for (std::size_t i = 0; i < n; i += tile_lanes) {
                tiles[seed - 1].emplace_back(d);
                design.draw(i, tiles[seed - 1].back(), workspace);
            }
        }
    }

    void evaluate()
    {
        const InstructionSet set = detect_instruction_set();
        Tile mixed(d), out(1);
        for (std::size_t t = 0; t < n / tile_lanes; ++t) {
            const Tile& a = tiles[0][t];
            const Tile& b = tiles[1][t];
            std::copy_n(a.data(), d * tile_lanes, mixed.data());
            evaluate(set, a, 0, t, out);
            evaluate(set, b, 1, t, out);
            for (std::size_t k = 0; k < d; ++k) {
                std::copy_n(b.row(k), tile_lanes, mixed.row(k));
                evaluate(set, mixed, k + 2, t, out);
                std::copy_n(a.row(k), tile_lanes, mixed.row(k));
            }
        }
    }

    void evaluate(InstructionSet set,
                  const Tile& inputs,
                  std::size_t matrix,
                  std::size_t t,
                  Tile& out)
    {
        function.evaluate(set, inputs, out.row(0));
        std::copy_n(
            out.row(0), tile_lanes, values[matrix].data() + t * tile_lanes);
    }

    [[nodiscard]] SobolIndices indices() const
    {
        const SaltelliValues all{
            values[0], values[1], {values.begin() + 2, values.end()}};
        return sobol_indices(in_parts(all, 16), 0.95);
    }

    const functions::TestFunction& function;
    std::size_t d;
    std::vector<Tile> tiles[2];
    std::vector<std::vector<double>> values;
};

void all_sobol_indices(benchmark::State& state, const std::string& name)
{
    SaltelliDesign design(functions::find(name));
    for (auto _ : state) {
        design.evaluate();
        benchmark::DoNotOptimize(design.indices());
    }
}

void sobol_indices_of_values(benchmark::State& state)
{
    SaltelliDesign design(functions::find("wing_weight"));
    design.evaluate();
    for (auto _ : state) {
        benchmark::DoNotOptimize(design.indices());
    }
    state.SetItemsProcessed(state.iterations() *
                            static_cast<std::int64_t>(n * 12));
}

/// Argument: number of outputs. Items: inputs times samples times outputs.
void given_data(benchmark::State& state)
{
    const auto n_outputs = static_cast<std::size_t>(state.range(0));
    std::mt19937_64 generator(1);
    std::normal_distribution<double> draw;
    std::vector<std::vector<double>> inputs(16), outputs(n_outputs);
    for (auto* columns : {&inputs, &outputs}) {
        for (auto& column : *columns) {
            column.resize(n);
            for (double& x : column) {
                x = draw(generator);
            }
        }
    }
    const std::vector<std::span<const double>> spans(outputs.begin(),
                                                     outputs.end());
    const GivenData data(spans, {});
    std::size_t i = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(data.on(inputs[i++ % inputs.size()]));
    }
    state.SetItemsProcessed(state.iterations() *
                            static_cast<std::int64_t>(n * n_outputs));
}

BENCHMARK_CAPTURE(all_sobol_indices, ishigami, "ishigami")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(all_sobol_indices, sobol_g, "sobol_g")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(all_sobol_indices, borehole, "borehole_uniform")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(all_sobol_indices, wing_weight, "wing_weight")
    ->Unit(benchmark::kMillisecond);
BENCHMARK(sobol_indices_of_values)->Unit(benchmark::kMillisecond);
BENCHMARK(given_data)->Arg(1)->Arg(8)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace hepta::statistics
