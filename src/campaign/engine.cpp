#include "hepta/campaign/engine.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace hepta::campaign {

sampling::SamplerPlan sampler_of(const config::RunConfig& config)
{
    sampling::SamplerPlan plan;
    if (config.sampler == "sobol") {
        plan.kind = sampling::SamplerKind::sobol;
    } else if (config.sampler == "lhs") {
        plan.kind = sampling::SamplerKind::lhs;
        plan.n_samples = config.samples;
    }
    plan.n_randomisations = config.randomisations;
    plan.antithetic = config.antithetic;
    plan.tilts = config.tilts;
    return plan;
}

std::uint32_t batches_of(const sampling::SamplerPlan& sampler)
{
    return sampler.kind == sampling::SamplerKind::sobol ||
                   !sampler.tilts.empty()
               ? sampler.n_randomisations
               : 0;
}

std::string design_text(const config::RunConfig& config)
{
    if (config.sampler == "sobol") {
        return config.sampler + ", " + std::to_string(config.randomisations) +
               " randomisations";
    }
    if (config.sampler == "lhs") {
        return config.sampler + " of " + std::to_string(config.samples);
    }
    if (!config.tilts.empty()) {
        return config.sampler + ", " + std::to_string(config.randomisations) +
               " batches";
    }
    return config.sampler + (config.antithetic ? ", antithetic" : "");
}

Engine::Engine(const config::RunConfig& config, InstructionSet set)
    : set_(set),
      sampler_(sampler_of(config)),
      pilot_design_(config.design, pilot_seed, set),
      side_(config)
{
    model_.emplace(config.model, set);
    make_tilted_pilot();
    if (sampler_.kind == sampling::SamplerKind::sobol) {
        sampler_.order = importance_order(*this, config);
    }
    design_.emplace(config.design, config.seed, set, sampler_);
}

Engine::Engine(const functions::TestFunction& function,
               const sampling::SamplerPlan& sampler,
               std::uint64_t seed,
               InstructionSet set)
    : set_(set),
      sampler_(sampler),
      pilot_design_(function.design(), pilot_seed, set),
      function_(&function)
{
    make_tilted_pilot();
    design_.emplace(function.design(), seed, set, sampler_);
}

void Engine::make_tilted_pilot()
{
    if (is_weighted()) {
        sampling::SamplerPlan plan;
        plan.tilts = sampler_.tilts;
        tilted_pilot_.emplace(pilot_design_.spec(), pilot_seed, set_, plan);
    }
}

Engine::Worker Engine::make_worker() const
{
    const sampling::Design& widest =
        tilted_pilot_ ? *tilted_pilot_ : pilot_design_;
    Worker worker{Tile(pilot_design_.spec().n_rows),
                  model_ ? model_->make_outputs() : Tile(1),
                  model_ ? model_->make_workspace() : model::Model::Workspace{},
                  widest.make_workspace(),
                  Tile(side_.n_rows())};
    pilot_design_.fill_fixed(worker.inputs);
    return worker;
}

std::vector<Engine::Worker> Engine::make_workers(int n) const
{
    std::vector<Worker> workers;
    for (int i = 0; i < n; ++i) {
        workers.push_back(make_worker());
    }
    return workers;
}

void Engine::draw(std::uint64_t first_sample, Worker& worker) const
{
    design_->draw(first_sample, worker.inputs, worker.drawing);
}

void Engine::draw_pilot(std::uint64_t first_sample, Worker& worker) const
{
    const bool is_tilted = tilted_pilot_ && first_sample / tile_lanes % 2 == 1;
    const sampling::Design& design = is_tilted ? *tilted_pilot_ : pilot_design_;
    design.draw(first_sample, worker.inputs, worker.drawing);
}

void Engine::simulate(Worker& worker, const YearSink& sink) const
{
    if (function_ != nullptr) {
        function_->evaluate(set_, worker.inputs, worker.outputs.row(0));
        sink(0, 0, worker.outputs);
        return;
    }
    const model::Spec& spec = model_->spec();
    const auto n_scenarios = static_cast<std::uint32_t>(spec.scenarios.size());
    const auto n_years = static_cast<std::size_t>(spec.n_years());
    model_->prepare(worker.inputs, worker.state);
    for (std::uint32_t k = 0; k < n_scenarios; ++k) {
        // the baseline, then the others in their order
        std::uint32_t scenario = spec.baseline_scenario;
        if (k > 0) {
            scenario = k <= spec.baseline_scenario ? k - 1 : k;
        }
        model_->begin(scenario, worker.state);
        for (std::size_t year = 0; year < n_years; ++year) {
            model_->advance(scenario, year, worker.state, worker.outputs);
            sink(scenario, year, worker.outputs);
        }
    }
}

}  // namespace hepta::campaign
