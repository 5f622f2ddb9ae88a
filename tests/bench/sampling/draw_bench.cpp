/// \file
/// Cost of a draw by kind of input, ns per value (input x sample), one thread.
///
/// Flops hardly matter by themselves: a uniform costs 8 rounds of Philox for
/// two values; a normal adds a logarithm and a polynomial of degree 22; a
/// correlated bounded input adds an exponential and one of degree 17.
/// Written: 8 bytes a value, to a tile that stays in the second-level cache.
#include "bench_specs.hpp"
#include "hepta/sampling/design.hpp"

#include <benchmark/benchmark.h>

#include <functional>
#include <string>

namespace hepta::sampling {
namespace {

using MakeSpec = std::function<DesignSpec()>;

void draw_tiles(benchmark::State& state,
                const MakeSpec& make_spec,
                InstructionSet set)
{
    const Design design(make_spec(), 2026, set);
    Design::Workspace workspace = design.make_workspace();
    Tile inputs(design.spec().n_rows);
    design.fill_fixed(inputs);
    std::uint64_t sample = 0;
    for (auto _ : state) {
        design.draw(sample, inputs, workspace);
        benchmark::DoNotOptimize(inputs.data());
        benchmark::ClobberMemory();
        sample += tile_lanes;
    }
    const double values = static_cast<double>(tile_lanes) *
                          static_cast<double>(design.spec().n_rows);
    state.counters["ns_per_value"] =
        benchmark::Counter(1e-9 * values,
                           benchmark::Counter::kIsIterationInvariantRate |
                               benchmark::Counter::kInvert);
}

void place_knots(benchmark::State& state,
                 const MakeSpec& make_spec,
                 InstructionSet set)
{
    const Design design(make_spec(), 2026, set);
    Design::Workspace workspace = design.make_workspace();
    Tile inputs(design.spec().n_rows);
    design.draw(0, inputs, workspace);
    for (auto _ : state) {
        design.place_knots(inputs, workspace);
        benchmark::DoNotOptimize(inputs.data());
        benchmark::ClobberMemory();
    }
    const double values = static_cast<double>(tile_lanes) *
                          static_cast<double>(design.spec().knots.size());
    state.counters["ns_per_value"] =
        benchmark::Counter(1e-9 * values,
                           benchmark::Counter::kIsIterationInvariantRate |
                               benchmark::Counter::kInvert);
}

void add_benchmark(const std::string& name,
                   decltype(draw_tiles)* run,
                   const MakeSpec& make_spec)
{
    for (const auto set : {InstructionSet::avx512, InstructionSet::avx2}) {
        if (set == InstructionSet::avx2 ||
            detect_instruction_set() == InstructionSet::avx512) {
            benchmark::RegisterBenchmark(
                (name + "/" + std::string(to_string(set))).c_str(),
                [=](benchmark::State& state) { run(state, make_spec, set); })
                ->Unit(benchmark::kMicrosecond);
        }
    }
}

const bool registered = [] {
    const auto add_alike = [](const std::string& name,
                              const Distribution& distribution) {
        add_benchmark("Independent/" + name, draw_tiles, [=] {
            return alike(distribution);
        });
    };
    add_alike("uniform", Uniform{});
    add_alike("normal", Normal{});
    add_alike("lognormal", Lognormal{2.0, 0.3, 0.5});
    add_alike("triangular", Triangular{1.0, 2.0, 4.0});
    add_alike("pert", pert(1.0, 2.0, 4.0));
    add_alike("empirical",
              Empirical{{0.0, 0.1, 0.5, 0.8, 1.0}, {0.0, 1.0, 2.0, 5.0, 9.0}});
    add_benchmark("Loaded/normal", draw_tiles, [] { return loaded(Normal{}); });
    add_benchmark("Loaded/triangular", draw_tiles, [] {
        return loaded(Triangular{1.0, 2.0, 4.0});
    });
    add_benchmark("Shipped/draw", draw_tiles, like_shipped);
    add_benchmark("Shipped/place_knots", place_knots, like_shipped);
    return true;
}();

}  // namespace
}  // namespace hepta::sampling
