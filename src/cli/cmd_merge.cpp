/// \file
/// `hepta extend FILE` and `hepta merge PART...`: larger results of smaller.
#include "commands.hpp"
#include "computing.hpp"
#include "hepta/campaign/merge.hpp"
#include "hepta/campaign/run.hpp"

#include <fmt/format.h>

#include <memory>

namespace hepta::cli {

void add_extend(CLI::App& app, Context& context)
{
    struct Options : ComputingOptions
    {
        std::string file;
        std::uint64_t samples = 0;
    };
    const auto options = std::make_shared<Options>();
    CLI::App* cmd = app.add_subcommand(
        "extend", "More samples into the same result, as of a longer run");
    cmd->add_option("file", options->file, "Result file")->required();
    cmd->add_option("--samples", options->samples, "Samples, in all")
        ->required();
    add_thread_options(*cmd, *options);
    add_exact_option(*cmd, *options);
    add_checkpoint_options(*cmd, *options);
    cmd->callback([options, &context] {
        context.action = [options,
                          &context](const parallel::Communicator& comm) {
            const config::RunConfig config =
                campaign::longer_config(options->file, options->samples);
            campaign::RunOptions run = run_options(
                *options, options->file, context.command_line, comm);
            run.base = options->file;
            const campaign::RunSummary summary =
                campaign::run(config, run, comm);
            if (says_more(summary, run, comm)) {
                fmt::print("{} samples after ", summary.n_samples);
                print_time_and_place(summary, run, comm);
            }
            return report(summary, run, comm);
        };
    });
}

void add_merge(CLI::App& app, Context& context)
{
    struct Options : ComputingOptions
    {
        std::vector<std::string> parts;
        std::string output;
        bool refuse_gaps = false;
    };
    const auto options = std::make_shared<Options>();
    CLI::App* cmd = app.add_subcommand(
        "merge", "Disjoint parts of one configuration into one result");
    cmd->add_option("parts", options->parts, "Result files or checkpoints")
        ->required();
    cmd->add_option("-o,--output", options->output, "Result file")->required();
    cmd->add_flag("--no-gaps",
                  options->refuse_gaps,
                  "Refuse parts that leave out samples in between");
    add_thread_options(*cmd, *options);
    cmd->callback([options, &context] {
        context.action = [options,
                          &context](const parallel::Communicator& comm) {
            if (!comm.is_root()) {
                return ExitCode::done;
            }
            const campaign::MergeOptions merge = {
                options->parts,
                run_options(
                    *options, options->output, context.command_line, comm),
                options->refuse_gaps};
            const campaign::RunSummary summary = campaign::merge(merge);
            if (says_more(summary, merge.run, comm)) {
                fmt::print("{} samples of {} parts: {}\n",
                           summary.n_samples,
                           options->parts.size(),
                           options->output);
            }
            return report(summary, merge.run, comm);
        };
    });
}

}  // namespace hepta::cli
