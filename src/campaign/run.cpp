#include "hepta/campaign/run.hpp"

#include "finish.hpp"
#include "hepta/campaign/accumulator.hpp"
#include "hepta/campaign/cells.hpp"
#include "hepta/campaign/checkpoint.hpp"
#include "hepta/campaign/engine.hpp"
#include "hepta/campaign/schedule.hpp"
#include "hepta/io/tree.hpp"
#include "hepta/parallel/stop_signals.hpp"
#include "progress.hpp"
#include "resume.hpp"
#include "sweep.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>

namespace hepta::campaign {
namespace {

void warn_of_idle_ranks(const Schedule& schedule,
                        std::uint64_t block_size,
                        const parallel::Communicator& comm)
{
    const auto n_ranks = static_cast<std::uint64_t>(comm.size());
    if (comm.is_root() && n_ranks > schedule.n_blocks()) {
        fmt::print(stderr,
                   "hepta: warning: {} ranks for {} blocks of {} samples; "
                   "{} ranks have nothing to do\n",
                   n_ranks,
                   schedule.n_blocks(),
                   block_size,
                   n_ranks - schedule.n_blocks());
    }
}

}  // namespace

RunSummary run(const config::RunConfig& config,
               const RunOptions& options,
               const parallel::Communicator& comm)
{
    const auto start = std::chrono::steady_clock::now();
    const parallel::StopSignals signals;
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
    Checkpoint checkpoint(options.output, config);
    State total = find_start(config, options, checkpoint, range, comm);
    const Engine engine(config, options.instruction_set);
    const CellMap cells(config, engine.model().layout());
    const auto plans =
        total.plans.empty()
            ? plan_cells(engine, cells, config.pilot_samples, options.n_threads)
            : total.plans;
    const Schedule schedule(
        missing_ranges(range, total.ranges), config.block_size, comm.size());
    warn_of_idle_ranks(schedule, config.block_size, comm);
    RunSummary summary;
    {
        Accumulator accumulator(engine,
                                cells,
                                events_of(config, engine.model().layout()),
                                plans,
                                config.block_size,
                                options.n_threads);
        Progress progress(total.n_samples(),
                          total.n_samples() + schedule.n_samples(),
                          comm.is_root() && !options.quiet);
        const SweepEnd end =
            sweep(accumulator,
                  schedule,
                  total,
                  {options.checkpoint_seconds, checkpoint, signals, progress},
                  comm);
        summary.stopped = end == SweepEnd::stopped;
    }
    if (summary.stopped || !comm.is_root()) {
        summary.n_samples = total.n_samples();
        return summary;
    }
    summary = finish_result(std::move(total),
                            engine,
                            config,
                            cells,
                            std::move(record),
                            options.output,
                            start);
    checkpoint.remove();
    return summary;
}

}  // namespace hepta::campaign
