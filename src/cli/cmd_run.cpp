/// \file
/// `hepta run CONFIG`: compute a result file.
#include "commands.hpp"
#include "hepta/campaign/run.hpp"
#include "hepta/campaign/summary.hpp"
#include "hepta/config/run_config.hpp"
#include "hepta/core/instruction_set.hpp"
#include "hepta/io/tree.hpp"
#include "hepta/parallel/threads.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <memory>
#include <optional>

namespace hepta::cli {
namespace {

struct Options
{
    std::string config;
    std::string output;
    std::optional<std::uint64_t> samples;
    std::optional<std::uint64_t> seed;
    std::string sampler;
    int threads = 0;
    std::string range;
    std::vector<std::string> settings;
    bool quiet = false;
};

std::vector<config::Override> overrides_of(const Options& options)
{
    std::vector<config::Override> overrides;
    for (const std::string& setting : options.settings) {
        const std::size_t equals = setting.find('=');
        if (equals == std::string::npos || equals == 0) {
            throw InputError(
                fmt::format("command line: --set '{}' is not key=value\n"
                            "  hint: --set block_size=4096",
                            setting));
        }
        overrides.push_back(
            {setting.substr(0, equals), setting.substr(equals + 1)});
    }
    if (options.samples) {
        overrides.push_back({"samples", std::to_string(*options.samples)});
    }
    if (options.seed) {
        overrides.push_back({"seed", std::to_string(*options.seed)});
    }
    if (!options.sampler.empty()) {
        overrides.push_back({"sampler", options.sampler});
    }
    return overrides;
}

/// "A:B", samples A to B - 1.
campaign::SampleRange parse_range(const std::string& text)
{
    campaign::SampleRange range;
    const char* end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, range.begin);
    if (first.ec == std::errc{} && first.ptr != end && *first.ptr == ':') {
        const auto second = std::from_chars(first.ptr + 1, end, range.end);
        if (second.ec == std::errc{} && second.ptr == end &&
            range.begin < range.end) {
            return range;
        }
    }
    throw InputError(
        fmt::format("command line: --range '{}' is not A:B with A < B\n"
                    "  hint: --range 0:500000 is the first half of a million",
                    text));
}

ExitCode execute(const Options& options,
                 const std::string& command_line,
                 const parallel::Communicator& comm)
{
    const config::RunConfig config =
        config::load(options.config, overrides_of(options));
    campaign::RunOptions run;
    run.output = options.output.empty()
                     ? fmt::format("results/{}.h5", config.name)
                     : options.output;
    if (!options.range.empty()) {
        run.range = parse_range(options.range);
    }
    const char* wanted = std::getenv("HEPTA_INSTRUCTION_SET");
    run.instruction_set = choose_instruction_set(wanted ? wanted : "");
    const parallel::ThreadChoice threads =
        parallel::choose_threads(options.threads);
    run.n_threads = threads.n_threads;
    if (comm.is_root() && !threads.warning.empty()) {
        fmt::print(stderr, "hepta: warning: {}\n", threads.warning);
    }
    run.quiet = options.quiet;
    run.command_line = command_line;

    const campaign::RunSummary summary = campaign::run(config, run, comm);
    if (!comm.is_root()) {
        return ExitCode::done;
    }
    if (!options.quiet) {
        fmt::print("{} samples in {:.1f} s ({} ranks x {} threads, {}): {}\n",
                   summary.n_samples,
                   summary.seconds,
                   comm.size(),
                   run.n_threads,
                   to_string(run.instruction_set),
                   run.output);
    }
    fmt::print("result_hash {}\n", summary.result_hash);
    std::fflush(stdout);
    if (summary.failed) {
        throw RunError(fmt::format(
            "{} of {} samples are invalid, more than the fraction {:g} that "
            "is allowed; the result is kept and marked in '{}'\n"
            "  hint: hepta replay {} --sample I, with I from "
            "/state/invalid_samples",
            summary.n_invalid,
            summary.n_samples,
            config.max_invalid_fraction,
            run.output,
            run.output));
    }
    return ExitCode::done;
}

}  // namespace

void add_run(CLI::App& app, Context& context)
{
    const auto options = std::make_shared<Options>();
    CLI::App* cmd = app.add_subcommand("run", "Compute a result file");
    cmd->add_option("config", options->config, "Run file (TOML)")->required();
    cmd->add_option("-o,--output",
                    options->output,
                    "Result file [results/<config name>.h5]");
    cmd->add_option("--samples", options->samples, "Number of samples");
    cmd->add_option("--seed", options->seed, "Seed of the draws");
    cmd->add_option("--sampler", options->sampler, "mc, sobol or lhs");
    cmd->add_option("--threads",
                    options->threads,
                    "Threads per rank [what the scheduler gave]")
        ->check(CLI::Range(1, 4096));
    cmd->add_option("--range", options->range, "A:B, only samples A to B - 1");
    cmd->add_option("--set",
                    options->settings,
                    "key=value, dotted key of the run file; repeatable")
        ->allow_extra_args(false);
    cmd->add_flag("--quiet", options->quiet, "No progress, only the hash");
    cmd->callback([options, &context] {
        context.action = [options,
                          &context](const parallel::Communicator& comm) {
            return execute(*options, context.command_line, comm);
        };
    });
}

}  // namespace hepta::cli
