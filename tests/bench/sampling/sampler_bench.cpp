/// \file
/// Cost of the samplers, ns per coordinate (input x sample), one thread.
///
/// `Coordinate` draws inputs uniform on (0, 1), whose quantile function is one
/// operation: 10 of them stay in the first-level cache, 800 in the second.
/// Integer products of a coordinate: 10 for `mc` (20 of Philox serve two), 8
/// for `sobol`, 22 and a division for `lhs`.
#include "bench_specs.hpp"
#include "hepta/sampling/design.hpp"

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>

namespace hepta::sampling {
namespace {

/// An ordinary run of a million samples, drawn over and over.
constexpr std::uint64_t n_samples = std::uint64_t{1} << 20;

SamplerPlan plan_of(SamplerKind kind)
{
    SamplerPlan plan;
    plan.kind = kind;
    plan.n_samples = n_samples;
    return plan;
}

void draw_tiles(benchmark::State& state, const Design& design)
{
    Design::Workspace workspace = design.make_workspace();
    Tile inputs(design.spec().n_rows);
    design.fill_fixed(inputs);
    std::uint64_t sample = 0;
    for (auto _ : state) {
        design.draw(sample % n_samples, inputs, workspace);
        benchmark::DoNotOptimize(inputs.data());
        benchmark::ClobberMemory();
        sample += tile_lanes;
    }
    const double values = static_cast<double>(tile_lanes) *
                          static_cast<double>(design.spec().inputs.size());
    state.counters["ns_per_value"] =
        benchmark::Counter(1e-9 * values,
                           benchmark::Counter::kIsIterationInvariantRate |
                               benchmark::Counter::kInvert);
}

void add_benchmarks(const std::string& name, DesignSpec (*make_spec)())
{
    const struct
    {
        const char* name;
        SamplerPlan plan;
    } samplers[] = {{"mc", plan_of(SamplerKind::mc)},
                    {"sobol", plan_of(SamplerKind::sobol)},
                    {"lhs", plan_of(SamplerKind::lhs)}};
    for (const auto set : {InstructionSet::avx512, InstructionSet::avx2}) {
        if (set == InstructionSet::avx512 &&
            detect_instruction_set() != InstructionSet::avx512) {
            continue;
        }
        for (const auto& sampler : samplers) {
            benchmark::RegisterBenchmark(
                (name + "/" + sampler.name + "/" + std::string(to_string(set)))
                    .c_str(),
                [=, plan = sampler.plan](benchmark::State& state) {
                    draw_tiles(state, Design(make_spec(), 2026, set, plan));
                })
                ->Unit(benchmark::kMicrosecond);
        }
    }
}

const bool registered = [] {
    add_benchmarks("Coordinate/10", [] { return alike(Uniform{}, 10); });
    add_benchmarks("Coordinate/800", [] { return alike(Uniform{}, 800); });
    add_benchmarks("Samplers/shipped", like_shipped);
    return true;
}();

}  // namespace
}  // namespace hepta::sampling
