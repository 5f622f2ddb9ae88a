/// \file
/// `hepta export FILE --format iamc`: a result in the form of others.
#include "commands.hpp"
#include "hepta/campaign/export_iamc.hpp"
#include "hepta/core/version.hpp"
#include "hepta/io/text_file.hpp"
#include "hepta/io/tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace hepta::cli {
namespace {

bool has_group(const io::Tree& tree, const std::string& name)
{
    return std::any_of(tree.groups.begin(),
                       tree.groups.end(),
                       [&](const io::Group& g) { return g.name == name; });
}

}  // namespace

void add_export(CLI::App& app, Context& context)
{
    struct Options
    {
        std::string file, output, format = "iamc", model, meta;
        bool wide = false;
    };
    const auto options = std::make_shared<Options>();
    CLI::App* cmd =
        app.add_subcommand("export", "A result's bands in the form of others");
    cmd->add_option("file", options->file, "Result file")->required();
    cmd->add_option(
           "--format", options->format, "iamc: a table for pyam [iamc]")
        ->check(CLI::IsMember({"iamc"}));
    cmd->add_option("-o,--output", options->output, "Table (.csv)")->required();
    cmd->add_option(
        "--model", options->model, "Name of the model [hepta x.y.z]");
    cmd->add_flag("--wide", options->wide, "A column for each year, not a row");
    cmd->add_option("--meta",
                    options->meta,
                    "Table of what has no year, by scenario: probabilities, "
                    "years of tipping, commitments (.csv)");
    cmd->callback([options, &context] {
        context.action = [options](const parallel::Communicator& comm) {
            if (!comm.is_root()) {
                return ExitCode::done;
            }
            const std::vector<std::string> without_years = {
                "probability", "derived", "commitments"};
            std::vector<std::string> optional = without_years;
            optional.emplace_back("pipeline");
            std::vector<std::string> groups = optional;
            groups.insert(groups.end(), {"bands", "provenance"});
            const io::Tree tree =
                io::read_tree(options->file, groups, optional);
            const std::string model = options->model.empty()
                                          ? "hepta " + build_info().version
                                          : options->model;
            io::write_text(
                options->output,
                campaign::export_iamc(
                    tree,
                    model,
                    options->wide ? campaign::IamcLayout::columns_of_years
                                  : campaign::IamcLayout::rows_of_years));
            if (!options->meta.empty()) {
                io::write_text(options->meta,
                               campaign::export_iamc_meta(tree, model));
                return ExitCode::done;
            }
            for (const std::string& name : without_years) {
                if (has_group(tree, name)) {
                    fmt::print(stderr,
                               "hepta: note: /{} has no years and is not in "
                               "the table; --meta FILE writes it\n",
                               name);
                }
            }
            return ExitCode::done;
        };
    });
}

}  // namespace hepta::cli
