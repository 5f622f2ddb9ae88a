#include "hepta/campaign/run.hpp"

#include "finish.hpp"
#include "hepta/campaign/accumulator.hpp"
#include "hepta/campaign/cells.hpp"
#include "hepta/campaign/checkpoint.hpp"
#include "hepta/campaign/engine.hpp"
#include "hepta/campaign/exact.hpp"
#include "hepta/campaign/schedule.hpp"
#include "hepta/core/error.hpp"
#include "hepta/io/tree.hpp"
#include "hepta/parallel/stop_signals.hpp"
#include "progress.hpp"
#include "resume.hpp"
#include "sensitivity.hpp"
#include "state_shape.hpp"
#include "stopping.hpp"
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
    if (comm.is_root() && schedule.n_blocks() > 0 &&
        n_ranks > schedule.n_blocks()) {
        fmt::print(stderr,
                   "hepta: warning: {} ranks for {} blocks of {} samples; "
                   "{} ranks have nothing to do\n",
                   n_ranks,
                   schedule.n_blocks(),
                   block_size,
                   n_ranks - schedule.n_blocks());
    }
}

void refuse_exact_weights(const config::RunConfig& config, Exact exact)
{
    if (exact != Exact::none && !config.tilts.empty()) {
        throw InputError(
            "command line: --exact sorts samples of equal weight, and this "
            "run has a [tilt]\n  hint: leave one of them out; the limits of "
            "each percentile say how well it is known");
    }
}

/// What sampling looks at.
struct Sampling
{
    const Engine& engine;
    const config::RunConfig& config;
    const CellMap& cells;
    SampleRange range;
    const RunOptions& options;
    Checkpoint& checkpoint;
    const parallel::StopSignals& signals;
    const parallel::Communicator& comm;
};

/// Is the look that rank 0 had precise enough? On every rank.
bool agree_to_stop(const std::vector<Look>& looks,
                   const parallel::Communicator& comm)
{
    const bool is_met = !looks.empty() && looks.back().is_met();
    return comm.maximum(is_met ? 1 : 0) == 1;
}

/// Compute the samples of the range that `total` (rank 0's) does not cover;
/// with a rule to stop, look by look. `total.ranges` is right on all ranks.
SweepEnd sample(Accumulator& accumulator,
                const Sampling& s,
                State& total,
                std::vector<Look>& looks)
{
    const auto ends = looks_of(s.config, s.range.end);
    for (const std::uint64_t end : ends) {
        const auto todo = missing_ranges({s.range.begin, end}, total.ranges);
        const Schedule schedule(todo, s.config.block_size, s.comm.size());
        warn_of_idle_ranks(schedule, s.config.block_size, s.comm);
        Progress progress(total.n_samples(),
                          s.range.end - s.range.begin,
                          s.comm.is_root() && !s.options.quiet);
        const SweepOptions sweeping{
            s.options.checkpoint_seconds, s.checkpoint, s.signals, progress};
        if (sweep(accumulator, schedule, total, sweeping, s.comm) ==
            SweepEnd::stopped) {
            return SweepEnd::stopped;
        }
        if (!s.comm.is_root()) {
            total.ranges.insert(total.ranges.end(), todo.begin(), todo.end());
            total.ranges = join_ranges(std::move(total.ranges));
        }
        if (!s.config.stop) {
            continue;
        }
        if (s.comm.is_root()) {
            looks.push_back(
                look_at(total, s.engine, s.config, s.cells, ends.size()));
        }
        if (agree_to_stop(looks, s.comm)) {
            break;
        }
    }
    return SweepEnd::complete;
}

ExactPercentiles find_exact(const Engine& engine,
                            const config::RunConfig& config,
                            const CellMap& cells,
                            const State& total,
                            const RunOptions& options,
                            const parallel::Communicator& comm)
{
    if (options.exact == Exact::none) {
        return {};
    }
    const auto wanted = options.exact == Exact::all ? observed_cells(cells)
                                                    : headline_cells(cells);
    if (comm.is_root() && !options.quiet) {
        fmt::print(stderr,
                   "hepta: exact percentiles of {} cells: {} or more further "
                   "passes over the samples\n",
                   wanted.size(),
                   exact_passes(total, wanted, config.percentiles));
    }
    return exact_percentiles(engine,
                             cells,
                             total,
                             wanted,
                             config.percentiles,
                             options.n_threads,
                             comm);
}

}  // namespace

RunSummary run(const config::RunConfig& config,
               const RunOptions& options,
               const parallel::Communicator& comm)
{
    refuse_exact_weights(config, options.exact);
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
    if (comm.is_root() && engine.design().n_padded() > 0) {
        fmt::print(stderr,
                   "hepta: warning: sobol has no dimension for {} of the "
                   "inputs, the least important; they are drawn as by mc\n",
                   engine.design().n_padded());
    }
    const CellMap cells(config, engine.model().layout());
    if (comm.is_root() && !total.plans.empty()) {
        check_shape(options.resume ? checkpoint.path() : options.base,
                    total,
                    config,
                    engine,
                    cells);
    }
    const auto plans =
        total.plans.empty()
            ? plan_cells(engine, cells, config.pilot_samples, options.n_threads)
            : total.plans;
    Extras extras;
    {
        Accumulator accumulator(engine,
                                cells,
                                events_of(config, engine.model().layout()),
                                plans,
                                config.block_size,
                                options.n_threads,
                                batches_of(engine.sampler()),
                                plan_derived(config, engine.model().layout()));
        const Sampling sampling{
            engine, config, cells, range, options, checkpoint, signals, comm};
        if (sample(accumulator, sampling, total, extras.looks) ==
            SweepEnd::stopped) {
            RunSummary summary;
            summary.stopped = true;
            summary.n_samples = total.n_samples();
            return summary;
        }
    }
    extras.exact = find_exact(engine, config, cells, total, options, comm);
    extras.sensitivity =
        make_sensitivity(engine, config, total.ranges, options.n_threads, comm);
    if (!comm.is_root()) {
        return {};
    }
    RunSummary summary = finish_result(std::move(total),
                                       engine,
                                       config,
                                       cells,
                                       std::move(record),
                                       extras,
                                       options.output,
                                       start);
    checkpoint.remove();
    return summary;
}

}  // namespace hepta::campaign
