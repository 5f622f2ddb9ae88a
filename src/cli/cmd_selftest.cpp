/// \file
/// `hepta selftest`: functions with known answers.
#include "commands.hpp"
#include "hepta/campaign/selftest.hpp"
#include "hepta/core/instruction_set.hpp"
#include "hepta/parallel/threads.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace hepta::cli {
namespace {

ExitCode execute(campaign::SelftestOptions options,
                 bool as_json,
                 const parallel::Communicator& comm)
{
    const char* wanted = std::getenv("HEPTA_INSTRUCTION_SET");
    options.instruction_set = choose_instruction_set(wanted ? wanted : "");
    options.n_threads = parallel::choose_threads(options.n_threads).n_threads;
    const auto checks = campaign::selftest(options, comm);
    if (!comm.is_root()) {
        return ExitCode::done;
    }
    if (as_json) {
        fmt::print("{}\n", campaign::selftest_json(checks).dump(2));
    } else {
        fmt::print("{}", campaign::selftest_text(checks));
    }
    std::fflush(stdout);
    const auto n_failed =
        std::count_if(checks.begin(), checks.end(), [](const auto& check) {
            return !check.has_passed();
        });
    if (n_failed > 0) {
        throw RunError(fmt::format(
            "{} of {} statistics are further from their reference than 5 "
            "standard errors",
            n_failed,
            checks.size()));
    }
    return ExitCode::done;
}

}  // namespace

void add_selftest(CLI::App& app, Context& context)
{
    const auto options = std::make_shared<campaign::SelftestOptions>();
    const auto as_json = std::make_shared<bool>(false);
    options->n_threads = 0;
    CLI::App* cmd =
        app.add_subcommand("selftest", "Functions with known answers");
    cmd->add_option(
        "--function", options->functions, "Only this one; repeatable");
    cmd->add_option(
        "--sampler", options->samplers, "mc, sobol or lhs; repeatable [all]");
    cmd->add_option("--samples", options->samples, "Number of samples [2^20]")
        ->check(CLI::Range(std::uint64_t{1024}, std::uint64_t{1} << 40));
    cmd->add_option("--seed", options->seed, "Seed of the draws [1]");
    cmd->add_option("--threads",
                    options->n_threads,
                    "Threads per rank [what the scheduler gave]")
        ->check(CLI::Range(1, 4096));
    cmd->add_flag("--json", *as_json, "For programs");
    cmd->callback([options, as_json, &context] {
        context.action = [options,
                          as_json](const parallel::Communicator& comm) {
            return execute(*options, *as_json, comm);
        };
    });
}

}  // namespace hepta::cli
