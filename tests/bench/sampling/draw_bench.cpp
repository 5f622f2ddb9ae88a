/// \file
/// Cost of a draw by kind of input, ns per value (input x sample), one thread.
///
/// Flops hardly matter by themselves: a uniform costs 8 rounds of Philox for
/// two values; a normal adds a logarithm and a polynomial of degree 22; a
/// correlated bounded input adds an exponential and one of degree 17.
/// Written: 8 bytes a value, to a tile that stays in the second-level cache.
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

void add_inputs(DesignSpec& spec,
                const std::string& name,
                std::uint32_t n,
                const Distribution& distribution)
{
    for (std::uint32_t i = 0; i < n; ++i) {
        spec.inputs.push_back(
            {name + "/" + std::to_string(i), distribution, spec.n_rows++});
    }
}

/// 200 independent inputs of one kind.
DesignSpec alike(const Distribution& distribution)
{
    DesignSpec spec;
    add_inputs(spec, "input", 200, distribution);
    return spec;
}

/// 200 inputs with loadings on ten factors.
DesignSpec loaded(const Distribution& distribution)
{
    DesignSpec spec = alike(distribution);
    for (int i = 0; i < 10; ++i) {
        spec.latents.push_back({"factor/" + std::to_string(i)});
    }
    for (std::size_t i = 0; i < spec.inputs.size(); ++i) {
        spec.loadings.push_back(
            {spec.inputs[i].name, spec.latents[i % 10].name, 0.7});
    }
    return spec;
}

CorrelatedBlock equal_block(std::vector<std::string> members, double r)
{
    const std::size_t n = members.size();
    std::vector<double> correlation(n * n, r);
    for (std::size_t i = 0; i < n; ++i) {
        correlation[i * n + i] = 1.0;
    }
    return {std::move(members), std::move(correlation)};
}

/// About the size and mix of the shipped configuration: 1,000 scalar inputs,
/// half of them loaded on a factor; 30 years of innovations of 20 prices and
/// activities (correlated each year) and of 13 components; 28 paths with 140
/// knots.
DesignSpec like_shipped()
{
    DesignSpec spec;
    add_inputs(spec, "triangular", 300, Triangular{1.0, 2.0, 4.0});
    add_inputs(spec, "lognormal", 120, Lognormal{2.0, 0.3, 0.5});
    add_inputs(spec, "normal", 60, Normal{1.0, 0.1});
    add_inputs(spec, "pert", 12, pert(1.0, 2.0, 4.0));
    add_inputs(spec, "uniform", 8, Uniform{0.0, 2.0});
    const std::size_t first_loaded = spec.inputs.size();
    add_inputs(spec, "block", 500, Triangular{1.0, 2.0, 4.0});
    for (std::size_t i = first_loaded; i < spec.inputs.size(); ++i) {
        const std::string factor = "factor/" + std::to_string(i % 40);
        if (i < first_loaded + 40) {
            spec.latents.push_back({factor});
        }
        spec.loadings.push_back({spec.inputs[i].name, factor, 0.7});
    }
    for (int year = 0; year < 30; ++year) {
        const std::size_t first = spec.inputs.size();
        const std::string name = "year/" + std::to_string(year);
        add_inputs(spec, name + "/price", 20, Normal{});
        std::vector<std::string> members;
        for (std::size_t i = first; i < spec.inputs.size(); ++i) {
            members.push_back(spec.inputs[i].name);
        }
        spec.blocks.push_back(equal_block(std::move(members), 0.3));
        add_inputs(spec, name + "/component", 13, Normal{});
    }
    const std::uint32_t first_path = spec.n_rows;
    add_inputs(spec, "path", 28, Uniform{0.0, 1.0});
    for (std::uint32_t i = 0; i < 140; ++i) {
        spec.knots.push_back({first_path + i % 28,
                              Lognormal{2.0, 0.3, 0.5},
                              spec.n_rows++,
                              "knot/" + std::to_string(i)});
    }
    return spec;
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
