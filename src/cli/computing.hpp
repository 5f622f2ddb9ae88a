/// \file
/// What the subcommands that write results share: options and reports.
#pragma once

#include "hepta/campaign/run.hpp"
#include "hepta/core/error.hpp"
#include "hepta/parallel/communicator.hpp"

#include <CLI/CLI.hpp>

#include <string>

namespace hepta::cli {

struct ComputingOptions
{
    int threads = 0;
    bool quiet = false;
    bool resume = false;
    double checkpoint_seconds = 600.0;
    std::string exact;
};

void add_thread_options(CLI::App& cmd, ComputingOptions& options);
/// `--exact` and the like, of commands that compute samples.
void add_exact_option(CLI::App& cmd, ComputingOptions& options);
void add_checkpoint_options(CLI::App& cmd, ComputingOptions& options);

/// Threads, instruction set and the like; rank 0 warns of too many threads.
[[nodiscard]] campaign::RunOptions run_options(
    const ComputingOptions& options,
    const std::string& output,
    const std::string& command_line,
    const parallel::Communicator& comm);

/// Whether this rank says more than the hash of a run that was done.
[[nodiscard]] bool says_more(const campaign::RunSummary& summary,
                             const campaign::RunOptions& run,
                             const parallel::Communicator& comm) noexcept;

/// "1.2 s (2 ranks x 4 threads, avx512): result.h5" and the end of the line;
/// printed at once, for a text would need memory when the result is written.
void print_time_and_place(const campaign::RunSummary& summary,
                          const campaign::RunOptions& run,
                          const parallel::Communicator& comm);

/// Print what became of a run on rank 0, the hash last.
/// \throws RunError if too many samples are invalid
ExitCode report(const campaign::RunSummary& summary,
                const campaign::RunOptions& run,
                const parallel::Communicator& comm);

}  // namespace hepta::cli
