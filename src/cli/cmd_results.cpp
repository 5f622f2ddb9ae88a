/// \file
/// Subcommands that look at configurations and result files; rank 0 alone.
#include "commands.hpp"
#include "hepta/campaign/replay.hpp"
#include "hepta/campaign/stored_config.hpp"
#include "hepta/campaign/summary.hpp"
#include "hepta/config/run_config.hpp"
#include "hepta/core/instruction_set.hpp"
#include "hepta/core/version.hpp"
#include "hepta/io/tree.hpp"
#include "settings.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <memory>

namespace hepta::cli {
namespace {

/// Register `body` as the action of `cmd`, on rank 0 only.
template <class Body>
void on_root(CLI::App* cmd, Context& context, Body body)
{
    cmd->callback([&context, body] {
        context.action = [body](const parallel::Communicator& comm) {
            return comm.is_root() ? body() : ExitCode::done;
        };
    });
}

/// A result's groups, and an error that names the file.
io::Tree read(const std::string& path,
              const std::vector<std::string>& groups = {},
              const std::vector<std::string>& optional = {})
{
    return io::read_tree(path, groups, optional);
}

}  // namespace

void add_validate(CLI::App& app, Context& context)
{
    struct Options
    {
        std::string config;
        std::vector<std::string> settings;
        bool json = false;
    };
    const auto options = std::make_shared<Options>();
    CLI::App* cmd = app.add_subcommand(
        "validate", "Check a run file and all it includes; compute nothing");
    cmd->add_option("config", options->config, "Run file (TOML)")->required();
    add_set_option(*cmd, options->settings);
    cmd->add_flag("--json", options->json, "Print the resolved model");
    on_root(cmd, context, [options] {
        const config::RunConfig config =
            config::load(options->config, overrides_of(options->settings));
        if (options->json) {
            fmt::print("{}\n", config.resolved_json);
        } else {
            fmt::print(
                "{}: ok, {} sectors, {} technologies, {} inputs, "
                "{} scenarios, sha256 {}\n",
                options->config,
                config.model.sectors.size(),
                config.model.n_technologies(),
                config.design.inputs.size(),
                config.model.scenarios.size(),
                config.sha256);
        }
        return ExitCode::done;
    });
}

void add_summary(CLI::App& app, Context& context)
{
    struct Options
    {
        std::string file;
        bool json = false;
    };
    const auto options = std::make_shared<Options>();
    CLI::App* cmd = app.add_subcommand(
        "summary", "Table of a result: 5/50/95 % of each sector");
    cmd->add_option("file", options->file, "Result file")->required();
    cmd->add_flag("--json", options->json, "Every percentile, as JSON");
    on_root(cmd, context, [options] {
        const io::Tree tree =
            read(options->file,
                 {std::begin(campaign::summary_groups),
                  std::end(campaign::summary_groups)},
                 {std::begin(campaign::optional_summary_groups),
                  std::end(campaign::optional_summary_groups)});
        // Labels of a damaged file may be no UTF-8.
        constexpr auto mend = nlohmann::json::error_handler_t::replace;
        fmt::print(
            "{}",
            options->json
                ? campaign::summary_json(tree).dump(2, ' ', false, mend) + "\n"
                : campaign::summary_text(tree));
        return ExitCode::done;
    });
}

void add_replay(CLI::App& app, Context& context)
{
    struct Options
    {
        std::string file;
        std::uint64_t sample = 0;
        bool json = false;
    };
    const auto options = std::make_shared<Options>();
    CLI::App* cmd = app.add_subcommand(
        "replay", "Recompute one sample of a result: inputs and outputs");
    cmd->add_option("file", options->file, "Result file")->required();
    cmd->add_option("--sample", options->sample, "Sample index")->required();
    cmd->add_flag("--json", options->json, "As JSON, every digit");
    on_root(cmd, context, [options] {
        const config::RunConfig config = campaign::stored_config(
            options->file, read(options->file, {"provenance"}));
        const char* wanted = std::getenv("HEPTA_INSTRUCTION_SET");
        const auto replay =
            campaign::replay_json(config,
                                  options->sample,
                                  choose_instruction_set(wanted ? wanted : ""));
        fmt::print("{}",
                   options->json ? replay.dump() + "\n"
                                 : campaign::replay_text(replay));
        return ExitCode::done;
    });
}

std::string version_text()
{
    const BuildInfo build = build_info();
    return fmt::format(
        "hepta {}\nrevision {}\nmodel {}, result format {}\ncompiler {} ({})\n"
        "{}\n{}\nbuilt with {}\ninstruction set {}",
        build.version,
        build.git_revision,
        model_version,
        result_format_version,
        build.compiler,
        build.build_type,
        parallel::mpi_library_version(),
        io::hdf5_version(),
        build.libraries,
        to_string(detect_instruction_set()));
}

}  // namespace hepta::cli
