#include "sensitivity.hpp"

#include "broadcast.hpp"
#include "hepta/campaign/headline.hpp"
#include "hepta/parallel/threads.hpp"
#include "hepta/statistics/given_data.hpp"
#include "simulate_outputs.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <span>
#include <string>
#include <utility>
#include <variant>

namespace hepta::campaign {
namespace {

constexpr std::uint64_t fewest_samples = 256;
constexpr std::uint64_t fewest_of_large_runs = 4096;
/// Inputs that are drawn again at once.
constexpr std::size_t inputs_at_once = 128;

/// Statistics of one pair of output and input, in the order of `columns`.
constexpr std::size_t n_columns = 10;

struct Column
{
    const char* name;
    const char* meaning;
};
constexpr Column columns[n_columns] = {
    {"first_order", "share of the variance that the input alone explains"},
    {"first_order_lower", "lower confidence limit of first_order"},
    {"first_order_upper", "upper confidence limit of first_order"},
    {"spearman", "correlation of ranks"},
    {"spearman_lower", "lower confidence limit of spearman"},
    {"spearman_upper", "upper confidence limit of spearman"},
    {"pawn", "median Kolmogorov distance of conditional distributions"},
    {"pawn_noise", "what pawn would be without dependence"},
    {"delta", "Borgonovo's delta"},
    {"delta_noise", "what delta would be without dependence"}};

/// Whole tiles that hold the first samples, and which of their lanes count.
struct FirstSamples
{
    std::vector<std::uint64_t> tiles;    ///< first sample of each
    std::vector<std::uint64_t> samples;  ///< ascending

    FirstSamples(const std::vector<SampleRange>& ranges, std::uint64_t n)
    {
        for (const SampleRange& range : ranges) {
            for (std::uint64_t s = range.begin;
                 s < range.end && samples.size() < n;
                 ++s) {
                samples.push_back(s);
                const std::uint64_t tile = s / tile_lanes * tile_lanes;
                if (tiles.empty() || tiles.back() != tile) {
                    tiles.push_back(tile);
                }
            }
        }
    }

    /// Samples [first, end) of a tile, as positions in `samples`.
    [[nodiscard]] std::pair<std::size_t, std::size_t> of_tile(
        std::size_t tile) const
    {
        const auto at = [this](std::uint64_t sample) {
            return static_cast<std::size_t>(
                std::lower_bound(samples.begin(), samples.end(), sample) -
                samples.begin());
        };
        return {at(tiles[tile]), at(tiles[tile] + tile_lanes)};
    }
};

/// [output][sample] on every rank, each rank computing its share of tiles.
std::vector<std::vector<double>> compute_outputs(
    const Engine& engine,
    const std::vector<HeadlineOutput>& outputs,
    const FirstSamples& first,
    int n_threads,
    const parallel::Communicator& comm)
{
    const std::size_t n = first.samples.size();
    std::vector<std::uint64_t> bits(outputs.size() * n, 0);
    auto workers = engine.make_workers(n_threads);
    const auto n_ranks = static_cast<std::size_t>(comm.size());
    const auto rank = static_cast<std::size_t>(comm.rank());
    const std::size_t n_mine =
        (first.tiles.size() + n_ranks - 1 - rank) / n_ranks;
    parallel::for_each(n_threads, n_mine, [&](int thread, std::size_t k) {
        const std::size_t tile = k * n_ranks + rank;
        const auto [begin, end] = first.of_tile(tile);
        Engine::Worker& worker = workers[static_cast<std::size_t>(thread)];
        engine.draw(first.tiles[tile], worker);
        simulate_outputs(
            engine,
            worker,
            outputs,
            [&, begin = begin, end = end](std::size_t o, const double* row) {
                for (std::size_t s = begin; s < end; ++s) {
                    bits[o * n + s] = std::bit_cast<std::uint64_t>(
                        row[first.samples[s] % tile_lanes]);
                }
            });
    });
    comm.sum_to_root(std::span(bits));  // a sample is one rank's
    bits = broadcast(bits, comm);
    std::vector<std::vector<double>> out(outputs.size(),
                                         std::vector<double>(n));
    for (std::size_t o = 0; o < outputs.size(); ++o) {
        for (std::size_t s = 0; s < n; ++s) {
            out[o][s] = std::bit_cast<double>(bits[o * n + s]);
        }
    }
    return out;
}

/// Leave out the samples that have an output that is not finite.
void keep_finite(FirstSamples& first, std::vector<std::vector<double>>& outputs)
{
    std::size_t kept = 0;
    for (std::size_t s = 0; s < first.samples.size(); ++s) {
        const bool is_finite =
            std::all_of(outputs.begin(), outputs.end(), [s](const auto& y) {
                return std::isfinite(y[s]);
            });
        if (!is_finite) {
            continue;
        }
        first.samples[kept] = first.samples[s];
        for (auto& y : outputs) {
            y[kept] = y[s];
        }
        ++kept;
    }
    first.samples.resize(kept);
    for (auto& y : outputs) {
        y.resize(kept);
    }
}

/// [input][output][column] for inputs [begin, end).
std::vector<double> depend_on(const Engine& engine,
                              const statistics::GivenData& data,
                              std::size_t n_outputs,
                              const std::vector<const sampling::Input*>& inputs,
                              std::size_t begin,
                              std::size_t end,
                              const FirstSamples& first,
                              std::vector<Engine::Worker>& workers)
{
    const int n_threads = static_cast<int>(workers.size());
    std::vector<std::vector<double>> x(
        end - begin, std::vector<double>(first.samples.size()));
    parallel::for_each(
        n_threads, first.tiles.size(), [&](int thread, std::size_t tile) {
            Engine::Worker& worker = workers[static_cast<std::size_t>(thread)];
            const auto [from, to] = first.of_tile(tile);
            engine.draw(first.tiles[tile], worker);
            for (std::size_t i = begin; i < end; ++i) {
                const double* row = worker.inputs.row(inputs[i]->row);
                for (std::size_t s = from; s < to; ++s) {
                    x[i - begin][s] = row[first.samples[s] % tile_lanes];
                }
            }
        });
    std::vector<double> out((end - begin) * n_outputs * n_columns);
    parallel::for_each(n_threads, x.size(), [&](int, std::size_t i) {
        double* at = out.data() + i * n_outputs * n_columns;
        for (const statistics::Dependence& d : data.on(x[i])) {
            const double found[n_columns] = {d.first_order.value,
                                             d.first_order.lower,
                                             d.first_order.upper,
                                             d.rank_correlation.value,
                                             d.rank_correlation.lower,
                                             d.rank_correlation.upper,
                                             d.pawn_median,
                                             d.pawn_noise,
                                             d.delta,
                                             d.delta_noise};
            at = std::copy_n(found, n_columns, at);
        }
    });
    return out;
}

io::Group make_group(const std::vector<HeadlineOutput>& outputs,
                     const std::vector<const sampling::Input*>& inputs,
                     const std::vector<double>& found,
                     std::size_t n_samples,
                     double confidence)
{
    io::Group group;
    group.name = "sensitivity";
    group.attributes = {
        {"description",
         "what the headline totals depend on, from the first samples of the "
         "run"},
        {"samples", static_cast<std::int64_t>(n_samples)},
        {"confidence", confidence}};
    std::vector<std::string> output_names, input_names, input_groups;
    for (const HeadlineOutput& output : outputs) {
        output_names.push_back(output.name);
    }
    for (const sampling::Input* input : inputs) {
        input_names.push_back(input->name);
        input_groups.push_back(input->group);
    }
    group.dimensions = {
        {"output", output_names, {{"long_name", "headline total"}}},
        {"input", input_names, {{"long_name", "uncertain input"}}}};
    group.variables.push_back({"input_group",
                               {"input"},
                               input_groups,
                               {{"long_name", "what kind of input it is"}},
                               false,
                               false});
    for (std::size_t c = 0; c < n_columns; ++c) {
        std::vector<double> values(outputs.size() * inputs.size());
        for (std::size_t o = 0; o < outputs.size(); ++o) {
            for (std::size_t i = 0; i < inputs.size(); ++i) {
                values[o * inputs.size() + i] =
                    found[(i * outputs.size() + o) * n_columns + c];
            }
        }
        group.variables.push_back(
            {columns[c].name,
             {"output", "input"},
             std::move(values),
             {{"units", "1"}, {"long_name", columns[c].meaning}},
             true,
             true});
    }
    return group;
}

}  // namespace

std::uint64_t sensitivity_samples(const config::RunConfig& config,
                                  std::uint64_t n_samples)
{
    const std::uint64_t n =
        std::min({config.sensitivity_samples,
                  std::max(n_samples / 16, fewest_of_large_runs),
                  n_samples});
    return n < fewest_samples ? 0 : n;
}

io::Group make_sensitivity(const Engine& engine,
                           const config::RunConfig& config,
                           const std::vector<SampleRange>& ranges,
                           int n_threads,
                           const parallel::Communicator& comm)
{
    const auto covered = broadcast(ranges, comm);
    std::uint64_t n_samples = 0;
    for (const SampleRange& range : covered) {
        n_samples += range.end - range.begin;
    }
    const std::uint64_t n = sensitivity_samples(config, n_samples);
    if (n == 0 || engine.is_weighted()) {
        return {};
    }
    FirstSamples first(covered, n);
    const auto outputs = headline_totals(config, engine.model().layout());
    auto y = compute_outputs(engine, outputs, first, n_threads, comm);
    keep_finite(first, y);
    if (first.samples.size() < fewest_samples) {
        return {};
    }
    statistics::GivenDataOptions options;
    options.confidence = config.confidence;
    const std::vector<std::span<const double>> spans(y.begin(), y.end());
    const statistics::GivenData data(spans, options);

    std::vector<const sampling::Input*> inputs;
    for (const sampling::Input& input : config.design.inputs) {
        if (!std::holds_alternative<sampling::Fixed>(input.distribution)) {
            inputs.push_back(&input);
        }
    }
    auto workers = engine.make_workers(n_threads);
    const auto n_ranks = static_cast<std::size_t>(comm.size());
    const auto rank = static_cast<std::size_t>(comm.rank());
    const std::size_t begin = inputs.size() * rank / n_ranks;
    const std::size_t end = inputs.size() * (rank + 1) / n_ranks;
    std::vector<double> mine;
    for (std::size_t i = begin; i < end; i += inputs_at_once) {
        const auto some = depend_on(engine,
                                    data,
                                    outputs.size(),
                                    inputs,
                                    i,
                                    std::min(i + inputs_at_once, end),
                                    first,
                                    workers);
        mine.insert(mine.end(), some.begin(), some.end());
    }
    const auto found = gather(mine, comm);
    if (!comm.is_root()) {
        return {};
    }
    return make_group(
        outputs, inputs, found, first.samples.size(), config.confidence);
}

}  // namespace hepta::campaign
