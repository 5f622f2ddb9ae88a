#include "resume.hpp"

#include "broadcast.hpp"
#include "hepta/campaign/part.hpp"
#include "hepta/core/error.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <utility>

namespace hepta::campaign {
namespace {

/// Samples outside of what is asked for cannot be taken out again.
void check_within(const std::string& path,
                  const State& state,
                  SampleRange range)
{
    if (state.ranges.empty()) {
        return;
    }
    if (state.ranges.front().begin < range.begin ||
        state.ranges.back().end > range.end) {
        throw ResultError(fmt::format(
            "{}: it covers samples {}, more than {} that are asked for\n"
            "  hint: ask for at least what it has, or remove it",
            path,
            to_string(state.ranges),
            to_string({range})));
    }
}

void say(bool quiet, const std::string& what)
{
    if (!quiet) {
        fmt::print(stderr, "hepta: {}\n", what);
        std::fflush(stderr);
    }
}

State load_start(const config::RunConfig& config,
                 const RunOptions& options,
                 const Checkpoint& checkpoint,
                 SampleRange range)
{
    if (options.resume) {
        std::string warning;
        if (std::optional<State> state = checkpoint.load(warning)) {
            if (!warning.empty()) {
                fmt::print(stderr,
                           "hepta: warning: {}\n  the checkpoint before it "
                           "serves\n",
                           warning);
            }
            check_within(checkpoint.path(), *state, range);
            say(options.quiet,
                fmt::format("{} samples are in the checkpoint",
                            state->n_samples()));
            return *std::move(state);
        }
        say(options.quiet,
            fmt::format("no checkpoint {}: starting anew", checkpoint.path()));
    } else if (checkpoint.exists()) {
        fmt::print(stderr,
                   "hepta: warning: {} is there and will be replaced\n"
                   "  hint: --resume continues from it\n",
                   checkpoint.path());
    }
    if (options.base.empty()) {
        return {};
    }
    Part part = read_part(options.base);
    check_identity(part.path, part.identity, identity_of(config));
    check_within(part.path, part.state, range);
    return std::move(part.state);
}

}  // namespace

State find_start(const config::RunConfig& config,
                 const RunOptions& options,
                 const Checkpoint& checkpoint,
                 SampleRange range,
                 const parallel::Communicator& comm)
{
    State start;
    if (comm.is_root()) {
        start = load_start(config, options, checkpoint, range);
    }
    start.ranges = broadcast(start.ranges, comm);
    start.plans = broadcast(start.plans, comm);
    return start;
}

}  // namespace hepta::campaign
