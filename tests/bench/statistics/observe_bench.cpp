// The engine's pattern: 28,000 cells, a block of 2,048 samples. observe() is
// called with 300 cells and 32 samples at a time (a year of a scenario), so a
// cell comes back 28,000 cells later; then count() takes one cell after the
// other. Bytes of one block: 115 MB of bin numbers, written and read once, 65
// MB of counts, read and written once. Huge pages matter: each row of bin
// numbers lies on a page of its own.
#include "hepta/core/tile.hpp"
#include "hepta/statistics/observe.hpp"
#include "hepta/statistics/percentile.hpp"

#include <benchmark/benchmark.h>
#include <sys/mman.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <random>
#include <vector>

namespace hepta::statistics {
namespace {

constexpr std::size_t n_cells = 28'000;
constexpr std::size_t cells_a_call = 300;
constexpr std::size_t block = 2048;

/// A zeroed array in huge pages, or explicitly not.
template <class T>
struct PagedArray
{
    PagedArray(std::size_t n, bool huge_pages)
    {
        const std::size_t page = std::size_t{1} << 21;
        const std::size_t bytes = (n * sizeof(T) + page - 1) / page * page;
        void* p = std::aligned_alloc(page, bytes);
        madvise(p, bytes, huge_pages ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
        std::memset(p, 0, bytes);
        data.reset(static_cast<T*>(p));
    }
    struct Free
    {
        void operator()(T* p) const { std::free(p); }
    };
    std::unique_ptr<T[], Free> data;
};

/// Cells of many scales; half the samples of every tenth are its atom.
struct Cells
{
    Cells(std::size_t pitch_, bool huge_pages)
        : pitch(pitch_),
          outputs(cells_a_call),
          rows(cells_a_call),
          plans(n_cells),
          sums(n_cells),
          numbers(n_cells * pitch, huge_pages),
          counts(n_cells * bin::count(512), huge_pages)
    {
        std::mt19937_64 generator(7);
        std::normal_distribution<double> normal;
        std::vector<double> pilot(1024);
        for (std::size_t k = 0; k < cells_a_call; ++k) {
            const auto draw = [&] {
                const double size = std::exp(0.05 * static_cast<double>(k));
                return k % 10 == 0 && generator() % 2 == 0
                           ? 0.0
                           : size * std::exp(0.5 * normal(generator));
            };
            std::generate_n(outputs.row(k), tile_lanes, draw);
            std::generate(pilot.begin(), pilot.end(), draw);
            const CellPlan plan = plan_cell(pilot, 512);
            for (std::size_t c = k; c < n_cells; c += cells_a_call) {
                plans[c] = plan;
            }
            rows[k] = static_cast<std::uint32_t>(k);
        }
    }

    void observe_tile(InstructionSet set, std::size_t first_sample)
    {
        for (std::size_t c = 0; c < n_cells; c += cells_a_call) {
            const std::size_t n = std::min(cells_a_call, n_cells - c);
            observe(set,
                    {plans.data() + c, n},
                    {rows.data(), n},
                    outputs,
                    {},
                    {numbers.data.get() + c * pitch + first_sample, pitch},
                    {sums.data() + c, n});
        }
    }

    /// Bin numbers of `block` samples, a tenth of the cells with an atom.
    void fill_numbers()
    {
        std::mt19937_64 generator(1);
        std::normal_distribution<double> normal;
        for (std::size_t c = 0; c < n_cells; ++c) {
            std::uint16_t* first = numbers.data.get() + c * pitch;
            if (c >= cells_a_call) {
                std::copy_n(first - cells_a_call * pitch, block, first);
                continue;
            }
            std::generate_n(first, block, [&] {
                return c % 10 == 0 && generator() % 2 == 0
                           ? static_cast<std::uint16_t>(bin::atom)
                           : static_cast<std::uint16_t>(std::clamp(
                                 290.0 + 80.0 * normal(generator), 2.0, 577.0));
            });
        }
    }

    std::size_t pitch;
    Tile outputs;
    std::vector<std::uint32_t> rows;
    std::vector<CellPlan> plans;
    std::vector<MomentSums> sums;
    PagedArray<std::uint16_t> numbers;
    PagedArray<std::uint32_t> counts;
};

void report(benchmark::State& state, std::size_t n)
{
    state.counters["ns_per_cell_sample"] = benchmark::Counter(
        1e-9 * static_cast<double>(state.iterations()) * static_cast<double>(n),
        benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void observe_block(benchmark::State& state)
{
    const auto set = static_cast<InstructionSet>(state.range(0));
    Cells cells(block + tile_lanes, state.range(1) != 0);
    for (auto _ : state) {
        for (std::size_t s = 0; s < block; s += tile_lanes) {
            cells.observe_tile(set, s);
        }
    }
    report(state, n_cells * block);
}

void observe_one_call(benchmark::State& state)
{
    const auto set = static_cast<InstructionSet>(state.range(0));
    Cells cells(tile_lanes, false);
    for (auto _ : state) {
        observe(set,
                {cells.plans.data(), cells_a_call},
                cells.rows,
                cells.outputs,
                {},
                {cells.numbers.data.get(), tile_lanes},
                {cells.sums.data(), cells_a_call});
    }
    report(state, cells_a_call * tile_lanes);
}

void count_block(benchmark::State& state)
{
    Cells cells(block + tile_lanes, state.range(0) != 0);
    cells.fill_numbers();
    for (auto _ : state) {
        for (std::size_t c = 0; c < n_cells; ++c) {
            count({cells.numbers.data.get() + c * cells.pitch, block},
                  bin::count(512),
                  cells.counts.data.get() + c * bin::count(512));
        }
    }
    report(state, n_cells * block);
}

/// One cell in cache; `range` percent of its samples are the atom.
void count_atom(benchmark::State& state)
{
    std::mt19937_64 generator(1);
    std::vector<std::uint16_t> numbers(block);
    for (std::uint16_t& b : numbers) {
        b = static_cast<std::uint16_t>(34 + generator() % 512);
        if (static_cast<std::int64_t>(generator() % 100) < state.range(0)) {
            b = 1;
        }
    }
    std::vector<std::uint32_t> counts(bin::count(512));
    for (auto _ : state) {
        count(numbers, bin::count(512), counts.data());
        benchmark::ClobberMemory();
    }
    report(state, block);
}

void plan_one_cell(benchmark::State& state)
{
    std::mt19937_64 generator(1);
    std::lognormal_distribution<double> draw;
    std::vector<std::vector<double>> pilots(256, std::vector<double>(1024));
    for (auto& pilot : pilots) {
        std::generate(
            pilot.begin(), pilot.end(), [&] { return draw(generator); });
    }
    std::vector<double> pilot(1024);
    std::size_t i = 0;
    for (auto _ : state) {
        pilot = pilots[i++ % pilots.size()];
        benchmark::DoNotOptimize(plan_cell(pilot, 512));
    }
}

void percentiles_of_one_cell(benchmark::State& state)
{
    constexpr double p[] = {1, 2.5, 5, 10, 25, 50, 75, 90, 95, 97.5, 99};
    std::mt19937_64 generator(1);
    std::lognormal_distribution<double> draw;
    std::vector<double> pilot(1024);
    std::generate(pilot.begin(), pilot.end(), [&] { return draw(generator); });
    const CellPlan plan = plan_cell(pilot, 512);
    std::vector<std::uint64_t> counts(bin::count(512));
    MomentSums sums;
    for (std::int64_t i = 0; i < state.range(0); ++i) {
        const double x = draw(generator);
        ++counts[bin_of(plan, x)];
        sums.minimum = std::min(sums.minimum, x);
        sums.maximum = std::max(sums.maximum, x);
    }
    std::vector<Percentile> bands(std::size(p));
    for (auto _ : state) {
        percentiles(plan, counts, sums, p, 0.95, bands);
        benchmark::DoNotOptimize(bands.data());
    }
}

constexpr int avx2 = static_cast<int>(InstructionSet::avx2);
constexpr int avx512 = static_cast<int>(InstructionSet::avx512);
// Arguments: instruction set; huge pages; percent of the atom; samples.
BENCHMARK(observe_one_call)->Arg(avx2)->Arg(avx512);
BENCHMARK(observe_block)
    ->ArgsProduct({{avx2, avx512}, {1, 0}})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(count_block)->Arg(1)->Arg(0)->Unit(benchmark::kMillisecond);
BENCHMARK(count_atom)->Arg(0)->Arg(50)->Arg(99)->Arg(100);
BENCHMARK(plan_one_cell)->Unit(benchmark::kMicrosecond);
BENCHMARK(percentiles_of_one_cell)
    ->Arg(10'000)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace hepta::statistics
