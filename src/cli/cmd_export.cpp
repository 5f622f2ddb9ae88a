/// \file
/// `hepta export FILE --format iamc`: a result in the form of others.
#include "commands.hpp"
#include "hepta/campaign/export_iamc.hpp"
#include "hepta/core/version.hpp"
#include "hepta/io/text_file.hpp"
#include "hepta/io/tree.hpp"

#include <fmt/format.h>

#include <memory>

namespace hepta::cli {

void add_export(CLI::App& app, Context& context)
{
    struct Options
    {
        std::string file, output, format = "iamc", model;
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
    cmd->callback([options, &context] {
        context.action = [options](const parallel::Communicator& comm) {
            if (!comm.is_root()) {
                return ExitCode::done;
            }
            const io::Tree tree =
                io::read_tree(options->file, {"bands", "provenance"});
            io::write_text(
                options->output,
                campaign::export_iamc(
                    tree,
                    options->model.empty() ? "hepta " + build_info().version
                                           : options->model,
                    options->wide ? campaign::IamcLayout::columns_of_years
                                  : campaign::IamcLayout::rows_of_years));
            return ExitCode::done;
        };
    });
}

}  // namespace hepta::cli
