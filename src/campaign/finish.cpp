#include "finish.hpp"

#include "hepta/campaign/weights.hpp"
#include "hepta/io/tree.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <utility>

namespace hepta::campaign {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() -
                                         start)
        .count();
}

void warn_of_few_effective(const State& state)
{
    constexpr double few = 0.01;
    const double n = effective_samples(state);
    const auto all = static_cast<double>(state.n_samples());
    if (n < few * all) {
        fmt::print(stderr,
                   "hepta: warning: the weights leave {:.0f} effective samples "
                   "of {}: what is far from where the tilt leads is poorly "
                   "known\n  hint: the limits say how poorly; smaller tilts "
                   "leave more\n",
                   n,
                   state.n_samples());
    }
}

void warn_of_clamped(const State& state)
{
    const auto n = std::count_if(
        state.sums.begin(), state.sums.end(), [](const auto& sums) {
            return sums.n_clamped > 0;
        });
    if (n > 0) {
        fmt::print(stderr,
                   "hepta: warning: {} means and deviations leave out how far "
                   "some samples lie beyond those of the pilot\n"
                   "  hint: more pilot_samples; /state/clamped says which\n",
                   n);
    }
}

std::string describe_miss(const Look& look)
{
    return fmt::format(
        "percentile {:g} of {} is known to {:.3g} Mt CO2e/yr with {} samples, "
        "not to {:.3g}\n  hint: it would take about {:.2g} samples",
        look.percentile,
        look.output,
        look.half_width,
        look.n_samples,
        look.target,
        look.n_needed());
}

}  // namespace

std::string now_utc()
{
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                       fmt::gmtime(std::time(nullptr)));
}

std::string host_name()
{
    char name[256] = {};
    gethostname(name, sizeof name - 1);
    return name;
}

RunSummary finish_result(State&& state,
                         const Engine& engine,
                         const config::RunConfig& config,
                         const CellMap& cells,
                         RunRecord record,
                         const Extras& extras,
                         const std::string& output,
                         std::chrono::steady_clock::time_point start)
{
    RunSummary summary;
    warn_of_few_effective(state);
    warn_of_clamped(state);
    summary.n_samples = state.n_samples();
    summary.n_invalid = state.n_invalid;
    const double allowed =
        config.max_invalid_fraction * static_cast<double>(summary.n_samples);
    if (static_cast<double>(summary.n_invalid) > allowed) {
        summary.failure = fmt::format(
            "{} of {} samples are invalid, more than the fraction {:g} that "
            "is allowed\n"
            "  hint: hepta replay {} --sample I, with I from "
            "/state/invalid_samples",
            summary.n_invalid,
            summary.n_samples,
            config.max_invalid_fraction,
            output);
    } else if (!has_room_for_weights(state)) {
        summary.failure =
            "the weights add up to more than 2^32 samples, which bins cannot "
            "hold\n  hint: fewer samples, or smaller tilts";
    } else if (!extras.looks.empty() && !extras.looks.back().is_met()) {
        summary.failure = describe_miss(extras.looks.back());
    }
    if (summary.failed()) {
        record.status = "failed: " + summary.failure;
    }
    record.seconds = seconds_since(start);
    record.end_time = now_utc();
    io::Tree tree = make_result(std::move(state),
                                engine,
                                config,
                                cells,
                                record,
                                extras.exact,
                                record.n_threads);
    if (!extras.looks.empty()) {
        tree.groups.push_back(make_convergence(extras.looks));
    }
    if (!extras.sensitivity.name.empty()) {
        tree.groups.push_back(extras.sensitivity);
    }
    summary.result_hash = std::get<std::string>(
        tree.group("provenance").attribute("result_hash"));
    io::write_tree(output, tree);
    summary.seconds = seconds_since(start);
    return summary;
}

}  // namespace hepta::campaign
