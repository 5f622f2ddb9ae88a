/// \file
/// The share kernel: one sector of n technologies, both forms, both
/// instruction sets. Items are pairs of technologies of one sample, so that
/// the time an item is comparable over n.
#include "hepta/core/tile.hpp"
#include "hepta/model/share_rates.hpp"

#include <benchmark/benchmark.h>

#include <array>

namespace {

using hepta::InstructionSet;
using hepta::Tile;
using hepta::model::ShareForm;

void ShareRates(benchmark::State& state, InstructionSet set, ShareForm form)
{
    if (set == InstructionSet::avx512 &&
        hepta::detect_instruction_set() != set) {
        state.SkipWithError("this processor has no AVX-512");
        return;
    }
    const auto n = static_cast<std::uint32_t>(state.range(0));
    Tile share(n), preference(n), entry(n), turnover(n), rate(n);
    for (std::uint32_t i = 0; i < n; ++i) {
        for (std::size_t lane = 0; lane < hepta::tile_lanes; ++lane) {
            const double wobble = 1.0 + 0.01 * static_cast<double>(lane);
            share.row(i)[lane] = 1.0 / n;
            preference.row(i)[lane] = wobble / (1.0 + i);
            entry.row(i)[lane] = 0.2 * wobble / n;
            turnover.row(i)[lane] = 0.04;
        }
    }
    for (auto _ : state) {
        hepta::model::share_rates(set,
                                  form,
                                  {n,
                                   share.data(),
                                   preference.data(),
                                   entry.data(),
                                   turnover.data(),
                                   rate.data()});
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(
        state.iterations() *
        static_cast<std::int64_t>(hepta::tile_lanes * n * (n - 1) / 2));
}

BENCHMARK_CAPTURE(ShareRates,
                  avx512_replicator,
                  InstructionSet::avx512,
                  ShareForm::replicator)
    ->Arg(5)
    ->Arg(7);
BENCHMARK_CAPTURE(ShareRates,
                  avx2_replicator,
                  InstructionSet::avx2,
                  ShareForm::replicator)
    ->Arg(5)
    ->Arg(7);
BENCHMARK_CAPTURE(ShareRates,
                  avx512_vintage_logit,
                  InstructionSet::avx512,
                  ShareForm::vintage_logit)
    ->Arg(5)
    ->Arg(7);
BENCHMARK_CAPTURE(ShareRates,
                  avx2_vintage_logit,
                  InstructionSet::avx2,
                  ShareForm::vintage_logit)
    ->Arg(5)
    ->Arg(7);

}  // namespace
