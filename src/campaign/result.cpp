#include "hepta/campaign/result.hpp"

#include "bands.hpp"
#include "hepta/campaign/derived_group.hpp"
#include "hepta/campaign/headline.hpp"
#include "hepta/campaign/stored_config.hpp"
#include "hepta/campaign/weights.hpp"
#include "hepta/core/version.hpp"
#include "hepta/parallel/communicator.hpp"
#include "hepta/parallel/threads.hpp"
#include "hepta/statistics/cell.hpp"
#include "side_group.hpp"
#include "simulate_outputs.hpp"
#include "structure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

namespace hepta::campaign {
namespace {

/// Samples below `n` that the ranges cover.
std::vector<std::uint64_t> first_samples(const std::vector<SampleRange>& ranges,
                                         std::uint64_t n)
{
    std::vector<std::uint64_t> samples;
    for (const SampleRange& range : ranges) {
        for (std::uint64_t i = range.begin; i < std::min(range.end, n); ++i) {
            samples.push_back(i);
        }
    }
    return samples;
}

/// What a reader of a weighted result must know.
void add_weighting(io::Group& provenance,
                   const config::RunConfig& config,
                   double effective)
{
    std::string tilts;
    for (const sampling::Tilt& tilt : config.tilts) {
        tilts += fmt::format(
            "{}{} {:+g}", tilts.empty() ? "" : ", ", tilt.input, tilt.shift);
    }
    provenance.attributes.insert(
        provenance.attributes.end(),
        {{"weighted", std::int64_t{1}},
         {"tilt", tilts},
         {"batches", static_cast<std::int64_t>(config.randomisations)},
         {"effective_samples", effective},
         {"left_out",
          "sensitivity, structure: they take samples of equal weight"}});
}

io::Group make_provenance(const config::RunConfig& config,
                          const Engine& engine,
                          const State& state,
                          const RunRecord& record,
                          double effective,
                          const std::string& hash)
{
    const BuildInfo build = build_info();
    std::string hosts;
    for (const std::string& host : record.hosts) {
        hosts += (hosts.empty() ? "" : ",") + host;
    }
    const char* job = std::getenv("SLURM_JOB_ID");
    io::Group group;
    group.name = "provenance";
    group.attributes = {
        {"config_sha256", config.sha256},
        {"seed", static_cast<std::int64_t>(config.seed)},
        {"sampler", config.sampler},
        {"design", design_text(config)},
        {"samples", static_cast<std::int64_t>(state.n_samples())},
        {"invalid_samples", static_cast<std::int64_t>(state.n_invalid)},
        {"version", build.version},
        {"model_version", std::int64_t{model_version}},
        {"git_revision", build.git_revision},
        {"compiler", build.compiler},
        {"mpi", parallel::mpi_library_version()},
        {"hdf5", io::hdf5_version()},
        {"libraries", build.libraries},
        {"instruction_set", std::string(to_string(engine.instruction_set()))},
        {"hosts", hosts},
        {"ranks", std::int64_t{record.n_ranks}},
        {"threads", std::int64_t{record.n_threads}},
        {"slurm_job", std::string(job == nullptr ? "" : job)},
        {"start_time", record.start_time},
        {"end_time", record.end_time},
        {"wall_seconds", record.seconds},
        {"command_line", record.command_line},
        {"status", record.status},
        {"result_hash", hash}};
    if (engine.is_weighted()) {
        add_weighting(group, config, effective);
    }
    group.variables = configuration_texts(config);
    return group;
}

}  // namespace

std::vector<io::Variable> configuration_texts(const config::RunConfig& config)
{
    const auto text = [](const char* name, std::string value, const char* is) {
        return io::Variable{name,
                            {},
                            std::vector<std::string>{std::move(value)},
                            {{"long_name", is}},
                            false,
                            false};
    };
    return {text("configuration", config.resolved_json, "resolved model, JSON"),
            text("sources",
                 sources_json(config.sources),
                 "texts the configuration was read from, JSON")};
}

std::vector<std::size_t> first_of_tiles(
    const std::vector<std::uint64_t>& samples)
{
    // samples of one tile stand together: tile k holds samples [k, k + 1) L
    std::vector<std::size_t> first;
    for (std::size_t k = 0; k < samples.size(); ++k) {
        if (k == 0 || samples[k] / tile_lanes != samples[k - 1] / tile_lanes) {
            first.push_back(k);
        }
    }
    return first;
}

io::Group make_draws(const Engine& engine,
                     const config::RunConfig& config,
                     const std::vector<SampleRange>& ranges,
                     int n_threads)
{
    const auto samples = first_samples(ranges, config.draws);
    const auto outputs = headline_outputs(config, engine.model().layout());
    std::vector<const sampling::Input*> inputs;
    for (const sampling::Input& input : config.design.inputs) {
        if (!std::holds_alternative<sampling::Fixed>(input.distribution)) {
            inputs.push_back(&input);
        }
    }
    std::vector<double> drawn(samples.size() * inputs.size());
    std::vector<double> found(samples.size() * outputs.size());
    std::vector<double> weights(engine.is_weighted() ? samples.size() : 0);
    auto workers = engine.make_workers(n_threads);
    const std::vector<std::size_t> first_of_tile = first_of_tiles(samples);
    parallel::for_each(
        n_threads, first_of_tile.size(), [&](int thread, std::size_t task) {
            const std::size_t begin = first_of_tile[task];
            const std::size_t end = task + 1 < first_of_tile.size()
                                        ? first_of_tile[task + 1]
                                        : samples.size();
            Engine::Worker& worker = workers[static_cast<std::size_t>(thread)];
            engine.draw(samples[begin] / tile_lanes * tile_lanes, worker);
            const auto each = [&](auto&& body) {
                for (std::size_t k = begin; k < end; ++k) {
                    body(k, samples[k] % tile_lanes);
                }
            };
            each([&](std::size_t k, std::size_t lane) {
                if (engine.is_weighted()) {
                    weights[k] =
                        static_cast<double>(worker.drawing.weights[lane]) /
                        statistics::weight_of_one;
                }
                for (std::size_t i = 0; i < inputs.size(); ++i) {
                    drawn[k * inputs.size() + i] =
                        worker.inputs.row(inputs[i]->row)[lane];
                }
            });
            simulate_outputs(
                engine, worker, outputs, [&](std::size_t o, const double* row) {
                    each([&](std::size_t k, std::size_t lane) {
                        found[k * outputs.size() + o] = row[lane];
                    });
                });
        });

    io::Group group;
    group.name = "draws";
    std::vector<std::string> input_names, input_units, output_names;
    for (const sampling::Input* input : inputs) {
        input_names.push_back(input->name);
        input_units.push_back(input->unit);
    }
    for (const HeadlineOutput& output : outputs) {
        output_names.push_back(output.name);
    }
    group.dimensions = {
        {"draw", samples, {{"long_name", "sample index"}}},
        {"input", input_names, {{"long_name", "uncertain input"}}},
        {"output", output_names, {{"long_name", "headline output"}}}};
    group.variables = {
        {"input_unit", {"input"}, input_units, {}, false, false},
        {"inputs",
         {"draw", "input"},
         std::move(drawn),
         {{"units", "see input_unit"},
          {"long_name", "inputs of the first samples"},
          {"coordinates", "input_unit"}},
         false,
         true},
        {"outputs",
         {"draw", "output"},
         std::move(found),
         {{"units", "Mt CO2e/yr"},
          {"long_name", "headline outputs of the first samples"}},
         false,
         true}};
    if (engine.is_weighted()) {
        group.variables.push_back(
            {"weight",
             {"draw"},
             std::move(weights),
             {{"units", "1"},
              {"long_name", "likelihood weight that the sample counts by"}},
             false,
             true});
    }
    return group;
}

io::Tree make_result(State&& state,
                     const Engine& engine,
                     const config::RunConfig& config,
                     const CellMap& cells,
                     const RunRecord& record,
                     const ExactPercentiles& exact,
                     int n_threads)
{
    io::Tree tree;
    tree.attributes = {
        {"format", "hepta-result"},
        {"format_version", std::int64_t{result_format_version}},
        {"title", "Emissions of hard-to-abate sectors under uncertainty"},
        {"name", config.name}};
    BandGroups bands = make_bands(
        state, config, engine.model().layout(), cells, exact, n_threads);
    tree.groups.push_back(std::move(bands.headline));
    tree.groups.push_back(std::move(bands.bands));
    tree.groups.push_back(std::move(bands.moments));
    for (io::Group& group :
         make_side_groups(state, config, engine.side(), cells)) {
        tree.groups.push_back(std::move(group));
    }
    const DerivedPlan derived = plan_derived(config, engine.model().layout());
    tree.groups.push_back(make_derived(state, config, derived));
    io::Group probability = make_probabilities(state, config);
    add_joint_probabilities(probability, state, config, derived);
    if (!probability.variables.empty()) {
        tree.groups.push_back(std::move(probability));
    }
    io::Group draws = make_draws(engine, config, state.ranges, n_threads);
    io::Group structure;
    if (!engine.is_weighted()) {
        structure = make_structure(draws, config, engine.model().layout());
    }
    tree.groups.push_back(std::move(draws));
    if (!structure.name.empty()) {
        tree.groups.push_back(std::move(structure));
    }
    const double effective = effective_samples(state);
    tree.groups.push_back(make_state_group(std::move(state), config));
    const std::string hash =
        result_hash(tree.groups.back(), identity_of(config));
    // Only the large arrays of the state were moved.
    // NOLINTBEGIN(bugprone-use-after-move)
    tree.groups.push_back(
        make_provenance(config, engine, state, record, effective, hash));
    // NOLINTEND(bugprone-use-after-move)
    return tree;
}

}  // namespace hepta::campaign
