#include "computing.hpp"

#include "hepta/core/instruction_set.hpp"
#include "hepta/parallel/threads.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

namespace hepta::cli {

void add_thread_options(CLI::App& cmd, ComputingOptions& options)
{
    cmd.add_option("--threads",
                   options.threads,
                   "Threads per rank [what the scheduler gave]")
        ->check(CLI::Range(1, 4096));
    cmd.add_flag(
        "--quiet", options.quiet, "No progress: the hash alone, and warnings");
}

void add_exact_option(CLI::App& cmd, ComputingOptions& options)
{
    cmd.add_option("--exact",
                   options.exact,
                   "Headline percentiles, or with =all every one, as of a "
                   "full sort")
        ->expected(0, 1)
        ->default_str("headline")
        ->check(CLI::IsMember({"headline", "all"}));
}

void add_checkpoint_options(CLI::App& cmd, ComputingOptions& options)
{
    cmd.add_flag("--resume",
                 options.resume,
                 "Continue from the checkpoint, if there is one");
    cmd.add_option("--checkpoint-every",
                   options.checkpoint_seconds,
                   "Seconds between checkpoints [600]")
        ->check(CLI::Range(0.01, 1e9));
}

campaign::RunOptions run_options(const ComputingOptions& options,
                                 const std::string& output,
                                 const std::string& command_line,
                                 const parallel::Communicator& comm)
{
    campaign::RunOptions run;
    run.output = output;
    const char* wanted = std::getenv("HEPTA_INSTRUCTION_SET");
    run.instruction_set = choose_instruction_set(wanted ? wanted : "");
    const parallel::ThreadChoice threads =
        parallel::choose_threads(options.threads);
    run.n_threads = threads.n_threads;
    if (comm.is_root() && !threads.warning.empty()) {
        fmt::print(stderr, "hepta: warning: {}\n", threads.warning);
    }
    run.quiet = options.quiet;
    run.resume = options.resume;
    if (!options.exact.empty()) {
        run.exact = options.exact == "all" ? campaign::Exact::all
                                           : campaign::Exact::headline;
    }
    run.checkpoint_seconds = options.checkpoint_seconds;
    run.command_line = command_line;
    return run;
}

bool says_more(const campaign::RunSummary& summary,
               const campaign::RunOptions& run,
               const parallel::Communicator& comm) noexcept
{
    return comm.is_root() && !summary.stopped && !run.quiet;
}

void print_time_and_place(const campaign::RunSummary& summary,
                          const campaign::RunOptions& run,
                          const parallel::Communicator& comm)
{
    fmt::print("{:.1f} s ({} ranks x {} threads, {}): {}\n",
               summary.seconds,
               comm.size(),
               run.n_threads,
               to_string(run.instruction_set),
               run.output);
}

ExitCode report(const campaign::RunSummary& summary,
                const campaign::RunOptions& run,
                const parallel::Communicator& comm)
{
    if (summary.stopped) {
        if (comm.is_root()) {
            fmt::print(
                stderr,
                "hepta: stopped on request; {} samples are in '{}.ckpt'\n"
                "  hint: the same command with --resume continues\n",
                summary.n_samples,
                run.output);
        }
        return ExitCode::stopped_early;
    }
    if (!comm.is_root()) {
        return ExitCode::done;
    }
    fmt::print("result_hash {}\n", summary.result_hash);
    std::fflush(stdout);
    if (summary.failed()) {
        throw RunError(
            fmt::format("the result is kept, and marked, in '{}': {}",
                        run.output,
                        summary.failure));
    }
    return ExitCode::done;
}

}  // namespace hepta::cli
