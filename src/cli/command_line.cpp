/// \file
/// Parse the command line and run one subcommand.
#include "commands.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <sstream>

namespace hepta::cli {
namespace {

std::string join_arguments(int argc, const char* const* argv)
{
    std::string line;
    for (int i = 0; i < argc; ++i) {
        line += (i == 0 ? "" : " ") + std::string(argv[i]);
    }
    return line;
}

}  // namespace

void parse(int argc, const char* const* argv, Context& context)
{
    context.command_line = join_arguments(argc, argv);
    CLI::App app(
        "Monte Carlo uncertainty engine for the hard-to-abate sectors");
    app.name("hepta");
    app.require_subcommand(0, 1);  // an unknown one is named as unexpected
    app.set_version_flag("--version", version_text());
    add_run(app, context);
    add_extend(app, context);
    add_merge(app, context);
    add_validate(app, context);
    add_summary(app, context);
    add_compare(app, context);
    add_replay(app, context);
    add_condition(app, context);
    add_export(app, context);
    add_sensitivity(app, context);
    add_selftest(app, context);
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& request) {  // --help, --version
        std::ostringstream text;
        app.exit(request, text);
        context.action = [said =
                              text.str()](const parallel::Communicator& comm) {
            if (comm.is_root()) {
                fmt::print("{}", said);
            }
            return ExitCode::done;
        };
    } catch (const CLI::ParseError& error) {
        throw InputError(fmt::format(
            "command line: {}\n  hint: hepta --help, or hepta COMMAND --help",
            error.what()));
    }
    if (!context.action) {
        throw InputError(
            "command line: a command is missing\n  hint: hepta --help");
    }
}

ExitCode parse_and_run(int argc,
                       const char* const* argv,
                       const parallel::Communicator& comm)
{
    Context context;
    parse(argc, argv, context);
    return context.action(comm);
}

}  // namespace hepta::cli
