/// \file
/// `hepta condition`: the samples of a result that meet conditions, weighted by
/// what was observed.
#include "commands.hpp"
#include "computing.hpp"
#include "hepta/campaign/condition.hpp"
#include "hepta/campaign/part.hpp"
#include "hepta/campaign/stored_config.hpp"
#include "hepta/io/tree.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

namespace hepta::cli {
namespace {

struct Options
{
    std::string file;
    std::vector<std::string> where;
    std::string observations;
    std::uint64_t samples = 0;
    bool json = false;
    ComputingOptions computing;
};

/// The samples of /draws, or the first of all that the result covers.
std::vector<campaign::SampleRange> ranges_of(const Options& options)
{
    std::vector<campaign::SampleRange> ranges;
    if (options.samples == 0) {
        const io::Tree tree = io::read_tree(options.file, {"draws"});
        const auto* draws = std::get_if<std::vector<std::uint64_t>>(
            &tree.group("draws").dimension("draw").labels);
        if (draws == nullptr || draws->empty()) {
            throw InputError(options.file +
                             ": keeps no draws\n  hint: --samples N, of those "
                             "that it covers");
        }
        for (const std::uint64_t sample : *draws) {
            ranges.push_back({sample, sample + 1});
        }
        return campaign::join_ranges(std::move(ranges));
    }
    std::uint64_t left = options.samples;
    for (campaign::SampleRange range :
         campaign::read_part(options.file).state.ranges) {
        range.end = std::min(range.end, range.begin + left);
        left -= range.end - range.begin;
        ranges.push_back(range);
    }
    if (left > 0) {
        throw InputError(
            fmt::format("{}: covers {} samples, not {}\n"
                        "  hint: ask for fewer, or hepta extend "
                        "it first",
                        options.file,
                        options.samples - left,
                        options.samples));
    }
    return ranges;
}

campaign::Given given(const Options& options)
{
    if (options.where.empty() && options.observations.empty()) {
        throw InputError(
            "nothing is given\n  hint: --where 'carbon_price@2035 > 100', or "
            "--observations configs/observations.toml");
    }
    campaign::Given given;
    given.where = options.where;
    if (!options.observations.empty()) {
        given.observations = config::load_observations(options.observations);
    }
    return given;
}

}  // namespace

void add_condition(CLI::App& app, Context& context)
{
    const auto options = std::make_shared<Options>();
    CLI::App* cmd = app.add_subcommand(
        "condition",
        "Emissions of the samples that meet conditions, or weighted by what "
        "was observed");
    cmd->add_option("file", options->file, "Result file")->required();
    cmd->add_option("--where",
                    options->where,
                    "'carbon_price@2035 > 100', 'form_weight <= 0.5'; several "
                    "hold together")
        ->expected(1)
        ->take_all();
    cmd->add_option("--observations",
                    options->observations,
                    "TOML file of published values: their likelihood weights "
                    "the samples");
    cmd->add_option("--samples",
                    options->samples,
                    "Samples to look at (default: those of /draws)");
    cmd->add_flag("--json", options->json, "Every percentile, as JSON");
    add_thread_options(*cmd, options->computing);
    cmd->callback([&context, options] {
        context.action = [&context,
                          options](const parallel::Communicator& comm) {
            if (!comm.is_root()) {
                return ExitCode::done;
            }
            const campaign::RunOptions run =
                run_options(options->computing, "", context.command_line, comm);
            const config::RunConfig config = campaign::stored_config(
                options->file, io::read_tree(options->file, {"provenance"}));
            const auto found = campaign::condition_json(config,
                                                        ranges_of(*options),
                                                        given(*options),
                                                        run.instruction_set,
                                                        run.n_threads);
            for (const std::string& warning :
                 campaign::condition_warnings(found)) {
                fmt::print(stderr, "hepta: warning: {}\n", warning);
            }
            fmt::print("{}",
                       options->json ? found.dump(2) + "\n"
                                     : campaign::condition_text(found));
            return ExitCode::done;
        };
    });
}

}  // namespace hepta::cli
