/// \file
/// `hepta sensitivity`: of a table or result as it is, or of groups of inputs
/// by samples made for it.
#include "commands.hpp"
#include "computing.hpp"
#include "hepta/campaign/saltelli.hpp"
#include "hepta/campaign/table.hpp"
#include "hepta/config/run_config.hpp"
#include "hepta/io/tree.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <memory>

namespace hepta::cli {
namespace {

struct Options : ComputingOptions
{
    std::string config, from, sampler = "mc";
    std::vector<std::string> outputs, groups;
    std::uint64_t samples = 4096;
    std::uint64_t seed = 1;
    std::size_t top = 10;
    bool json = false;
};

bool ends_with(const std::string& text, const std::string& end)
{
    return text.size() >= end.size() &&
           text.compare(text.size() - end.size(), end.size(), end) == 0;
}

void print(const nlohmann::ordered_json& json, const std::string& text)
{
    fmt::print("{}", json.is_null() ? text : json.dump(2) + "\n");
}

ExitCode from_data(const Options& options)
{
    constexpr double confidence = 0.95;
    const campaign::Table table =
        ends_with(options.from, ".csv")
            ? campaign::read_csv(options.from, options.outputs)
            : campaign::table_of_draws(io::read_tree(options.from, {"draws"}),
                                       options.outputs);
    const auto json = campaign::dependence_json(table, confidence);
    print(options.json ? json : nullptr,
          campaign::dependence_text(json, options.top));
    return ExitCode::done;
}

nlohmann::ordered_json to_json(
    const std::vector<campaign::HeadlineOutput>& outputs,
    const std::vector<campaign::InputGroup>& groups,
    const std::vector<statistics::SobolIndices>& indices)
{
    const auto number = [](double x) -> nlohmann::ordered_json {
        return std::isfinite(x) ? nlohmann::ordered_json(x)
                                : nlohmann::ordered_json(nullptr);
    };
    nlohmann::ordered_json out;
    for (std::size_t o = 0; o < outputs.size(); ++o) {
        auto& at = out[outputs[o].name];
        at["mean"] = number(indices[o].mean);
        at["variance"] = number(indices[o].variance);
        for (std::size_t g = 0; g < groups.size(); ++g) {
            for (const auto& [name, found] :
                 {std::pair{"first_order", indices[o].first_order[g]},
                  std::pair{"total", indices[o].total[g]}}) {
                at["groups"][groups[g].name][name] = {
                    {"value", number(found.value)},
                    {"lower", number(found.lower)},
                    {"upper", number(found.upper)}};
            }
        }
    }
    return out;
}

std::string to_text(const std::vector<campaign::HeadlineOutput>& outputs,
                    const std::vector<campaign::InputGroup>& groups,
                    const std::vector<statistics::SobolIndices>& indices)
{
    const auto interval = [](const statistics::Estimate& e) {
        return fmt::format(
            "{:.3f} ({:.3f} to {:.3f})", e.value, e.lower, e.upper);
    };
    std::string out;
    for (std::size_t o = 0; o < outputs.size(); ++o) {
        out += fmt::format("{}{}: mean {:.1f}, standard deviation {:.1f}\n",
                           o == 0 ? "" : "\n",
                           outputs[o].name,
                           indices[o].mean,
                           std::sqrt(indices[o].variance));
        out += fmt::format("  {:<28}{:>28}{:>28}\n", "", "first", "total");
        for (std::size_t g = 0; g < groups.size(); ++g) {
            out += fmt::format("  {:<28}{:>28}{:>28}\n",
                               groups[g].name,
                               interval(indices[o].first_order[g]),
                               interval(indices[o].total[g]));
        }
    }
    return out;
}

ExitCode by_groups(const Options& options, const parallel::Communicator& comm)
{
    const config::RunConfig config = config::load(options.config);
    const campaign::RunOptions run = run_options(options, "", "", comm);
    const campaign::Engine engine(config, run.instruction_set);
    const auto groups = campaign::groups_of(config.design, options.groups);
    const auto outputs =
        campaign::headline_totals(config, engine.model().layout());
    campaign::SaltelliOptions saltelli;
    saltelli.n_points = options.samples;
    saltelli.seed = options.seed;
    saltelli.confidence = config.confidence;
    saltelli.n_threads = run.n_threads;
    std::vector<std::string> order;
    if (options.sampler == "sobol") {
        saltelli.kind = sampling::SamplerKind::sobol;
        order = campaign::importance_order(engine, config);
    }
    if (comm.is_root()) {
        for (const std::string& names :
             campaign::correlated_groups(config.design, groups)) {
            fmt::print(stderr,
                       "hepta: warning: {} are correlated; their indices are "
                       "those of independent groups\n",
                       names);
        }
        if (!options.quiet) {
            fmt::print(stderr,
                       "hepta: {} groups, {} samples\n",
                       groups.size(),
                       (groups.size() + 2) * options.samples);
        }
    }
    const auto indices = campaign::saltelli_indices(
        engine, outputs, groups, saltelli, order, comm);
    if (comm.is_root()) {
        print(options.json ? to_json(outputs, groups, indices) : nullptr,
              to_text(outputs, groups, indices));
    }
    return ExitCode::done;
}

ExitCode execute(const Options& options, const parallel::Communicator& comm)
{
    if (options.from.empty() == options.config.empty()) {
        throw InputError(
            "command line: sensitivity needs either a run file or --from\n"
            "  hint: hepta sensitivity configs/seven_sectors.toml, or hepta "
            "sensitivity --from result.h5");
    }
    if (!options.from.empty()) {
        return comm.is_root() ? from_data(options) : ExitCode::done;
    }
    return by_groups(options, comm);
}

}  // namespace

void add_sensitivity(CLI::App& app, Context& context)
{
    const auto options = std::make_shared<Options>();
    CLI::App* cmd = app.add_subcommand(
        "sensitivity", "What the outputs depend on, of samples or a table");
    cmd->add_option("config",
                    options->config,
                    "Run file (TOML): Sobol indices of groups of inputs");
    cmd->add_option("--from",
                    options->from,
                    "TABLE.csv or result file: given-data indices");
    cmd->add_option("--output",
                    options->outputs,
                    "Of --from: an output; repeatable [the last column, or "
                    "the total emissions]");
    cmd->add_option("--top", options->top, "Of --from: inputs shown [10]");
    cmd->add_option("--group",
                    options->groups,
                    "A group of inputs, or one input; repeatable [all groups]");
    cmd->add_option("--samples", options->samples, "Points [4096]");
    cmd->add_option("--sampler", options->sampler, "mc or sobol [mc]")
        ->check(CLI::IsMember({"mc", "sobol"}));
    cmd->add_option("--seed", options->seed, "Seed of the draws [1]");
    cmd->add_flag("--json", options->json, "For programs");
    add_thread_options(*cmd, *options);
    cmd->callback([options, &context] {
        context.action = [options](const parallel::Communicator& comm) {
            return execute(*options, comm);
        };
    });
}

}  // namespace hepta::cli
