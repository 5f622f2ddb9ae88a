#include "hepta/campaign/merge.hpp"

#include "finish.hpp"
#include "hepta/campaign/engine.hpp"
#include "hepta/campaign/part.hpp"
#include "hepta/campaign/stored_config.hpp"
#include "hepta/core/error.hpp"
#include "hepta/io/tree.hpp"
#include "sensitivity.hpp"
#include "state_shape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

namespace hepta::campaign {
namespace {

/// Samples covered so far and the parts they are from, by first sample.
class Coverage
{
  public:
    void add(const Part& part)
    {
        for (const SampleRange& range : part.state.ranges) {
            for (const auto& [begin, other] : taken_) {
                if (begin < range.end && range.begin < other.end) {
                    throw ResultError(fmt::format(
                        "{}: samples {} are in {} too\n"
                        "  hint: parts must not overlap; leave one out",
                        part.path,
                        to_string({{std::max(begin, range.begin),
                                    std::min(other.end, range.end)}}),
                        other.path));
                }
            }
            taken_[range.begin] = {range.end, part.path};
        }
    }

  private:
    struct Taken
    {
        std::uint64_t end = 0;
        std::string path;
    };
    std::map<std::uint64_t, Taken> taken_;
};

void check_gaps(const std::vector<SampleRange>& ranges)
{
    const auto gaps =
        missing_ranges({ranges.front().begin, ranges.back().end}, ranges);
    if (!gaps.empty()) {
        throw ResultError(fmt::format(
            "the parts leave out samples {}\n"
            "  hint: compute them (hepta run --range), or merge without "
            "--no-gaps",
            to_string(gaps)));
    }
}

/// The part that begins first gives the configuration's texts, so that the
/// order of the parts does not matter.
struct Sum
{
    State state;
    Part first;
};

Sum add_parts(const std::vector<std::string>& paths)
{
    Sum sum;
    Coverage coverage;
    std::uint64_t first_sample = 0;
    for (const std::string& path : paths) {
        Part part = read_part(path);
        if (part.state.ranges.empty()) {
            throw ResultError(path + ": has no samples");
        }
        const std::uint64_t begin = part.state.ranges.front().begin;
        const bool is_first = sum.first.path.empty();
        if (!is_first) {
            check_identity(path, part.identity, sum.first.identity);
        }
        coverage.add(part);
        add(sum.state, std::move(part.state));
        if (is_first || begin < first_sample) {
            first_sample = begin;
            part.state = {};
            sum.first = std::move(part);
        }
    }
    return sum;
}

}  // namespace

RunSummary merge(const MergeOptions& options)
{
    const auto start = std::chrono::steady_clock::now();
    RunRecord record;
    record.command_line = options.run.command_line;
    record.start_time = now_utc();
    record.hosts = {host_name()};
    record.n_threads = options.run.n_threads;
    io::check_writable(options.run.output);

    Sum sum = add_parts(options.parts);
    if (options.refuse_gaps) {
        check_gaps(sum.state.ranges);
    }
    const config::RunConfig config =
        stored_config(sum.first.path, sum.first.provenance);
    check_identity(sum.first.path, sum.first.identity, identity_of(config));
    const Engine engine(config, options.run.instruction_set);
    const CellMap cells(config, engine.model().layout());
    check_shape(sum.first.path, sum.state, config, engine, cells);
    Extras extras;
    extras.sensitivity = make_sensitivity(engine,
                                          config,
                                          sum.state.ranges,
                                          options.run.n_threads,
                                          parallel::Communicator());
    return finish_result(std::move(sum.state),
                         engine,
                         config,
                         cells,
                         std::move(record),
                         extras,
                         options.run.output,
                         start);
}

config::RunConfig longer_config(const std::string& path,
                                std::uint64_t n_samples)
{
    const config::RunConfig stored =
        stored_config(path, io::read_tree(path, {"provenance"}));
    if (stored.sampler == "lhs") {
        throw InputError(fmt::format(
            "{}: a Latin hypercube has as many strata as samples, so it cannot "
            "be extended\n  hint: run it anew with --samples {}",
            path,
            n_samples));
    }
    config::Sources sources = stored.sources;
    std::erase_if(sources.overrides, [](const config::Override& override) {
        return override.key == "samples";
    });
    sources.overrides.push_back({"samples", std::to_string(n_samples)});
    return config::load(sources);
}

}  // namespace hepta::campaign
