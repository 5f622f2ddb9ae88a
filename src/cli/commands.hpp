/// \file
/// The subcommands: each registers its options and says what it does.
#pragma once

#include "hepta/core/error.hpp"
#include "hepta/parallel/communicator.hpp"

#include <CLI/CLI.hpp>

#include <functional>
#include <string>

namespace hepta::cli {

/// What the command line was, and what to do once it is parsed.
struct Context
{
    std::string command_line;
    std::function<ExitCode(const parallel::Communicator&)> action;
};

void add_run(CLI::App& app, Context& context);
void add_extend(CLI::App& app, Context& context);
void add_merge(CLI::App& app, Context& context);
void add_validate(CLI::App& app, Context& context);
void add_summary(CLI::App& app, Context& context);
void add_compare(CLI::App& app, Context& context);
void add_replay(CLI::App& app, Context& context);
void add_condition(CLI::App& app, Context& context);
void add_export(CLI::App& app, Context& context);
void add_sensitivity(CLI::App& app, Context& context);
void add_selftest(CLI::App& app, Context& context);

/// Find out what a command line asks for: `context.action`, which refers to
/// the context.
/// \throws InputError if it is wrong
void parse(int argc, const char* const* argv, Context& context);

/// Parse the command line and do what it says.
/// \throws InputError if it is wrong, and what the subcommand throws
ExitCode parse_and_run(int argc,
                       const char* const* argv,
                       const parallel::Communicator& comm);

/// The text of `hepta --version`.
[[nodiscard]] std::string version_text();

}  // namespace hepta::cli
