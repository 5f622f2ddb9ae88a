#include "hepta/campaign/run.hpp"

#include "hepta/campaign/accumulator.hpp"
#include "hepta/campaign/cells.hpp"
#include "hepta/campaign/engine.hpp"
#include "hepta/campaign/result.hpp"
#include "hepta/core/error.hpp"
#include "hepta/io/tree.hpp"
#include "progress.hpp"
#include "reduce.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <ctime>

namespace hepta::campaign {
namespace {

std::string now_utc()
{
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                       fmt::gmtime(std::time(nullptr)));
}

std::string host_name()
{
    char name[256] = {};
    gethostname(name, sizeof name - 1);
    return name;
}

/// This rank's share of the blocks that hold `range`, added up.
State compute(Accumulator& accumulator,
              SampleRange range,
              std::uint64_t block_size,
              const parallel::Communicator& comm,
              bool quiet)
{
    const std::uint64_t first_block = range.begin / block_size;
    const std::uint64_t end_block = (range.end + block_size - 1) / block_size;
    const auto n_ranks = static_cast<std::uint64_t>(comm.size());
    const auto rank = static_cast<std::uint64_t>(comm.rank());
    if (comm.is_root() && n_ranks > end_block - first_block) {
        fmt::print(stderr,
                   "hepta: warning: {} ranks for {} blocks of {} samples; "
                   "{} ranks have nothing to do\n",
                   n_ranks,
                   end_block - first_block,
                   block_size,
                   n_ranks - (end_block - first_block));
    }
    Progress progress(range.end - range.begin, comm.is_root() && !quiet);
    std::uint64_t n_done = 0;
    for (std::uint64_t block = first_block + rank; block < end_block;
         block += n_ranks) {
        const SampleRange part{std::max(range.begin, block * block_size),
                               std::min(range.end, (block + 1) * block_size)};
        accumulator.add(part);
        n_done += part.end - part.begin;
        // the other ranks are as far as this one, give or take a block
        progress.update(std::min(n_done * n_ranks, range.end - range.begin));
    }
    return accumulator.take();
}

}  // namespace

RunSummary run(const config::RunConfig& config,
               const RunOptions& options,
               const parallel::Communicator& comm)
{
    const auto start = std::chrono::steady_clock::now();
    RunRecord record;
    record.command_line = options.command_line;
    record.start_time = now_utc();
    record.n_ranks = comm.size();
    record.n_threads = options.n_threads;
    record.hosts = comm.gather(host_name());
    if (comm.is_root()) {
        io::check_writable(options.output);
    }
    comm.barrier();

    const SampleRange range =
        options.range.value_or(SampleRange{0, config.samples});
    const Engine engine(config, options.instruction_set);
    const CellMap cells(config, engine.model().layout());
    const auto plans =
        plan_cells(engine, cells, config.pilot_samples, options.n_threads);
    State state;
    {
        Accumulator accumulator(engine,
                                cells,
                                events_of(config, engine.model().layout()),
                                plans,
                                config.block_size,
                                options.n_threads);
        state =
            compute(accumulator, range, config.block_size, comm, options.quiet);
    }
    reduce_to_root(state, comm);
    if (!comm.is_root()) {
        return {};
    }
    state.ranges = {range};

    RunSummary summary;
    summary.n_samples = state.n_samples();
    summary.n_invalid = state.n_invalid;
    const double allowed =
        config.max_invalid_fraction * static_cast<double>(summary.n_samples);
    summary.failed = static_cast<double>(summary.n_invalid) > allowed;
    if (summary.failed) {
        record.status = fmt::format(
            "failed: {} of {} samples are invalid, more than the fraction {:g}",
            summary.n_invalid,
            summary.n_samples,
            config.max_invalid_fraction);
    }
    record.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
            .count();
    record.end_time = now_utc();
    const io::Tree tree = make_result(
        std::move(state), engine, config, cells, record, options.n_threads);
    io::write_tree(options.output, tree);
    summary.result_hash = std::get<std::string>(
        tree.group("provenance").attribute("result_hash"));
    summary.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
            .count();
    return summary;
}

}  // namespace hepta::campaign
