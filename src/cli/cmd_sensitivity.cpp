/// \file
/// `hepta sensitivity`: of a table or result as it is, or of groups of inputs
/// by samples made for it.
#include "commands.hpp"
#include "computing.hpp"
#include "hepta/campaign/saltelli.hpp"
#include "hepta/campaign/shapley.hpp"
#include "hepta/campaign/table.hpp"
#include "hepta/config/run_config.hpp"
#include "hepta/io/tree.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <memory>
#include <utility>

namespace hepta::cli {
namespace {

struct Options : ComputingOptions
{
    std::string config, from, sampler = "mc", shapley;
    std::vector<std::string> outputs, groups;
    std::uint64_t samples = 4096;
    std::uint64_t seed = 1;
    std::uint32_t randomisations = 16;
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
    // labels of a damaged file, or names of a table, may be no UTF-8
    constexpr auto mend = nlohmann::json::error_handler_t::replace;
    fmt::print("{}",
               json.is_null() ? text : json.dump(2, ' ', false, mend) + "\n");
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

/// One kind of index of all groups.
struct Column
{
    const char* name;    ///< of JSON
    const char* header;  ///< of the table
    const std::vector<statistics::Estimate>* values;
};

/// What was found of one output.
struct Found
{
    double mean = 0.0, variance = 0.0;
    std::vector<Column> columns;

    explicit Found(const statistics::SobolIndices& of)
        : mean(of.mean), variance(of.variance)
    {
        add("first_order", "first", of.first_order);
        add("total", "total", of.total);
    }
    explicit Found(const statistics::ShapleyIndices& of)
        : mean(of.mean), variance(of.variance)
    {
        add("shapley", "Shapley", of.effect);
        add("first_order", "first", of.first_order);
        add("total", "total", of.total);
    }

  private:
    void add(const char* name,
             const char* header,
             const std::vector<statistics::Estimate>& values)
    {
        if (!values.empty()) {
            columns.push_back({name, header, &values});
        }
    }
};

nlohmann::ordered_json to_json(
    const std::vector<campaign::HeadlineOutput>& outputs,
    const std::vector<campaign::InputGroup>& groups,
    const std::vector<Found>& found)
{
    const auto number = [](double x) -> nlohmann::ordered_json {
        return std::isfinite(x) ? nlohmann::ordered_json(x)
                                : nlohmann::ordered_json(nullptr);
    };
    nlohmann::ordered_json out;
    for (std::size_t o = 0; o < outputs.size(); ++o) {
        auto& at = out[outputs[o].name];
        at["mean"] = number(found[o].mean);
        at["variance"] = number(found[o].variance);
        for (std::size_t g = 0; g < groups.size(); ++g) {
            for (const Column& column : found[o].columns) {
                const statistics::Estimate& e = (*column.values)[g];
                at["groups"][groups[g].name][column.name] = {
                    {"value", number(e.value)},
                    {"lower", number(e.lower)},
                    {"upper", number(e.upper)}};
            }
        }
    }
    return out;
}

std::string to_text(const std::vector<campaign::HeadlineOutput>& outputs,
                    const std::vector<campaign::InputGroup>& groups,
                    const std::vector<Found>& found)
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
                           found[o].mean,
                           std::sqrt(found[o].variance));
        out += fmt::format("  {:<28}", "");
        for (const Column& column : found[o].columns) {
            out += fmt::format("{:>28}", column.header);
        }
        for (std::size_t g = 0; g < groups.size(); ++g) {
            out += fmt::format("\n  {:<28}", groups[g].name);
            for (const Column& column : found[o].columns) {
                out += fmt::format("{:>28}", interval((*column.values)[g]));
            }
        }
        out += "\n";
    }
    return out;
}

/// The indices that the options ask for, and what is said before.
class Analysis
{
  public:
    Analysis(const Options& options, const parallel::Communicator& comm)
        : options_(options),
          comm_(comm),
          config_(config::load(options.config)),
          run_(run_options(options, "", "", comm)),
          engine_(config_, run_.instruction_set),
          groups_(campaign::groups_of(
              config_.design, config_.model, options.groups)),
          outputs_(campaign::headline_totals(config_, engine_.model().layout()))
    {
        design_.n_points = options.samples;
        design_.n_randomisations = options.randomisations;
        design_.seed = options.seed;
        design_.confidence = config_.confidence;
        design_.n_threads = run_.n_threads;
        if (options.sampler == "sobol") {
            design_.kind = sampling::SamplerKind::sobol;
            order_ = campaign::importance_order(engine_, config_);
        }
    }

    void run()
    {
        if (groups_.empty()) {
            throw InputError(options_.config +
                             ": no input is uncertain\n  hint: give one a "
                             "distribution");
        }
        if (options_.shapley.empty()) {
            warn_of_correlations();
            say_cost(groups_.size() + 2);
            report(campaign::saltelli_indices(
                engine_, outputs_, groups_, design_, order_, comm_));
            return;
        }
        groups_ = campaign::with_others(
            config_.design, config_.model, std::move(groups_));
        const campaign::ShapleyMethod method = shapley_method();
        say_cost(campaign::samples_of_point(method, groups_.size()));
        report(campaign::shapley_indices(
            engine_, outputs_, groups_, method, design_, order_, comm_));
    }

  private:
    [[nodiscard]] campaign::ShapleyMethod shapley_method() const
    {
        const bool has_few = groups_.size() <= campaign::most_groups_of_subsets;
        return options_.shapley == "subsets" ||
                       (options_.shapley == "auto" && has_few)
                   ? campaign::ShapleyMethod::subsets
                   : campaign::ShapleyMethod::orders;
    }

    void warn_of_correlations() const
    {
        if (!comm_.is_root()) {
            return;
        }
        for (const std::string& names :
             campaign::correlated_groups(config_.design, groups_)) {
            fmt::print(stderr,
                       "hepta: warning: {} are correlated; their indices are "
                       "those of independent groups (--shapley keeps the "
                       "correlation)\n",
                       names);
        }
    }

    void say_cost(std::uint64_t samples_of_point) const
    {
        if (comm_.is_root() && !options_.quiet) {
            fmt::print(stderr,
                       "hepta: {} groups, {} samples: {} at each of {} "
                       "points\n",
                       groups_.size(),
                       samples_of_point * options_.samples,
                       samples_of_point,
                       options_.samples);
        }
    }

    template <class Indices>
    void report(const std::vector<Indices>& indices) const
    {
        if (!comm_.is_root()) {
            return;
        }
        const std::vector<Found> found(indices.begin(), indices.end());
        print(options_.json ? to_json(outputs_, groups_, found) : nullptr,
              to_text(outputs_, groups_, found));
        for (std::size_t o = 0; o < found.size(); ++o) {
            if (!std::isfinite(found[o].mean)) {
                throw RunError(fmt::format(
                    "{} is not finite in some samples, and has no indices\n"
                    "  hint: hepta run counts these samples, hepta replay "
                    "shows one",
                    outputs_[o].name));
            }
        }
    }

    const Options& options_;
    const parallel::Communicator& comm_;
    config::RunConfig config_;
    campaign::RunOptions run_;
    campaign::Engine engine_;
    std::vector<campaign::InputGroup> groups_;
    std::vector<campaign::HeadlineOutput> outputs_;
    campaign::SaltelliOptions design_;
    std::vector<std::string> order_;
};

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
    Analysis(options, comm).run();
    return ExitCode::done;
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
    cmd->add_option("--shapley",
                    options->shapley,
                    "Shapley effects, the inputs as correlated as they are; by "
                    "=subsets of the groups or random =orders [by their "
                    "number]")
        ->expected(0, 1)
        ->default_str("auto")
        ->check(CLI::IsMember({"auto", "subsets", "orders"}));
    cmd->add_option("--samples", options->samples, "Points [4096]");
    cmd->add_option("--sampler", options->sampler, "mc or sobol [mc]")
        ->check(CLI::IsMember({"mc", "sobol"}));
    cmd->add_option("--randomisations",
                    options->randomisations,
                    "Of sobol: independent sets, 1 to 16; fewer have smaller "
                    "errors and too wide intervals [16]");
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
