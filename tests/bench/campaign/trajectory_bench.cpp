/// \file
/// The shipped model: drawing a sample, and its trajectories. Items are
/// trajectories (one sample of one scenario) or samples.
#include "hepta/campaign/engine.hpp"
#include "hepta/config/run_config.hpp"

#include <benchmark/benchmark.h>

namespace {

using hepta::InstructionSet;
using hepta::campaign::Engine;

const hepta::config::RunConfig& shipped()
{
    static const hepta::config::RunConfig config =
        hepta::config::load(HEPTA_SOURCE_DIR "/configs/seven_sectors.toml");
    return config;
}

bool supported(benchmark::State& state, InstructionSet set)
{
    const bool runs =
        set == InstructionSet::avx2 || hepta::detect_instruction_set() == set;
    if (!runs) {
        state.SkipWithError("this processor has no AVX-512");
    }
    return runs;
}

void Draw(benchmark::State& state, InstructionSet set)
{
    if (!supported(state, set)) {
        return;
    }
    const Engine engine(shipped(), set);
    Engine::Worker worker = engine.make_worker();
    std::uint64_t sample = 0;
    for (auto _ : state) {
        engine.draw(sample, worker);
        sample += hepta::tile_lanes;
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(sample));
}
BENCHMARK_CAPTURE(Draw, avx512, InstructionSet::avx512);
BENCHMARK_CAPTURE(Draw, avx2, InstructionSet::avx2);

void Trajectory(benchmark::State& state, InstructionSet set)
{
    if (!supported(state, set)) {
        return;
    }
    const Engine engine(shipped(), set);
    Engine::Worker worker = engine.make_worker();
    std::uint64_t sample = 0;
    for (auto _ : state) {
        state.PauseTiming();
        engine.draw(sample, worker);
        sample += hepta::tile_lanes;
        state.ResumeTiming();
        engine.simulate(
            worker, [](std::uint32_t, std::size_t, const hepta::Tile& outputs) {
                benchmark::DoNotOptimize(outputs.data());
            });
    }
    state.SetItemsProcessed(
        static_cast<std::int64_t>(sample * shipped().model.scenarios.size()));
}
BENCHMARK_CAPTURE(Trajectory, avx512, InstructionSet::avx512)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(Trajectory, avx2, InstructionSet::avx2)
    ->Unit(benchmark::kMicrosecond);

}  // namespace
