/// \file
/// `hepta run CONFIG`: compute a result file.
#include "commands.hpp"
#include "computing.hpp"
#include "hepta/campaign/run.hpp"
#include "hepta/config/run_config.hpp"
#include "settings.hpp"

#include <fmt/format.h>

#include <charconv>
#include <memory>
#include <optional>

namespace hepta::cli {
namespace {

struct Options : ComputingOptions
{
    std::string config;
    std::string output;
    std::optional<std::uint64_t> samples;
    std::optional<std::uint64_t> seed;
    std::string sampler;
    std::string range;
    std::vector<std::string> settings;
};

std::vector<config::Override> all_overrides(const Options& options)
{
    std::vector<config::Override> overrides = overrides_of(options.settings);
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
        config::load(options.config, all_overrides(options));
    campaign::RunOptions run = run_options(
        options,
        options.output.empty() ? fmt::format("results/{}.h5", config.name)
                               : options.output,
        command_line,
        comm);
    if (!options.range.empty()) {
        run.range = parse_range(options.range);
    }
    const campaign::RunSummary summary = campaign::run(config, run, comm);
    if (says_more(summary, run, comm)) {
        fmt::print("{} samples in ", summary.n_samples);
        print_time_and_place(summary, run, comm);
    }
    return report(summary, run, comm);
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
    cmd->add_option("--range", options->range, "A:B, only samples A to B - 1");
    add_set_option(*cmd, options->settings);
    add_thread_options(*cmd, *options);
    add_exact_option(*cmd, *options);
    add_checkpoint_options(*cmd, *options);
    cmd->callback([options, &context] {
        context.action = [options,
                          &context](const parallel::Communicator& comm) {
            return execute(*options, context.command_line, comm);
        };
    });
}

}  // namespace hepta::cli
