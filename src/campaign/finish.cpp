#include "finish.hpp"

#include "hepta/io/tree.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

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
                         const std::string& output,
                         std::chrono::steady_clock::time_point start)
{
    RunSummary summary;
    summary.n_samples = state.n_samples();
    summary.n_invalid = state.n_invalid;
    const double allowed =
        config.max_invalid_fraction * static_cast<double>(summary.n_samples);
    summary.failed = static_cast<double>(summary.n_invalid) > allowed;
    if (summary.failed) {
        record.status = fmt::format(
            "failed: {} of {} samples are invalid, more than the fraction {:g}",
            summary.n_invalid,
            summary.n_samples,
            config.max_invalid_fraction);
    }
    record.seconds = seconds_since(start);
    record.end_time = now_utc();
    const io::Tree tree = make_result(
        std::move(state), engine, config, cells, record, record.n_threads);
    io::write_tree(output, tree);
    summary.result_hash = std::get<std::string>(
        tree.group("provenance").attribute("result_hash"));
    summary.seconds = seconds_since(start);
    return summary;
}

}  // namespace hepta::campaign
