/// \file
/// `hepta compare A B`: what differs between two results.
#include "commands.hpp"
#include "hepta/campaign/compare.hpp"
#include "hepta/io/text_file.hpp"
#include "hepta/io/tree.hpp"

#include <fmt/format.h>

#include <memory>
#include <utility>

namespace hepta::cli {
namespace {

struct Options
{
    std::string first, second;
    bool statistical = false;
    std::string junit, markdown;
};

ExitCode execute(const Options& options)
{
    io::Tree first = io::read_tree(options.first);
    io::Tree second = io::read_tree(options.second);
    const campaign::Comparison comparison =
        options.statistical ? campaign::compare_statistically(std::move(first),
                                                              std::move(second))
                            : campaign::compare(first, second);
    if (!options.junit.empty()) {
        io::write_text(options.junit, campaign::comparison_junit(comparison));
    }
    if (!options.markdown.empty()) {
        io::write_text(
            options.markdown,
            campaign::comparison_markdown(
                comparison,
                fmt::format("{} against {}", options.first, options.second)));
    }
    fmt::print("{}", campaign::comparison_text(comparison));
    return comparison.n_different() == 0 ? ExitCode::done : ExitCode::different;
}

}  // namespace

void add_compare(CLI::App& app, Context& context)
{
    const auto options = std::make_shared<Options>();
    CLI::App* cmd = app.add_subcommand(
        "compare", "Compare two results: 0 same, 1 different");
    cmd->add_option("first", options->first, "Result file")->required();
    cmd->add_option("second", options->second, "Result file")->required();
    cmd->add_flag("--statistical",
                  options->statistical,
                  "In standard errors of independent samples, not bit by bit");
    cmd->add_option("--junit", options->junit, "Report for a test server");
    cmd->add_option("--markdown", options->markdown, "Report as a table");
    cmd->callback([options, &context] {
        context.action = [options](const parallel::Communicator& comm) {
            return comm.is_root() ? execute(*options) : ExitCode::done;
        };
    });
}

}  // namespace hepta::cli
