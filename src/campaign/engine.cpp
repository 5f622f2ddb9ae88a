#include "hepta/campaign/engine.hpp"

namespace hepta::campaign {

Engine::Engine(const config::RunConfig& config, InstructionSet set)
    : set_(set),
      design_(config.design, config.seed, set),
      pilot_design_(config.design, pilot_seed, set),
      model_(config.model, set)
{
}

Engine::Worker Engine::make_worker() const
{
    Worker worker{model_.make_inputs(),
                  model_.make_outputs(),
                  model_.make_workspace(),
                  design_.make_workspace()};
    design_.fill_fixed(worker.inputs);
    return worker;
}

void Engine::draw(std::uint64_t first_sample, Worker& worker) const
{
    design_.draw(first_sample, worker.inputs, worker.drawing);
}

void Engine::draw_pilot(std::uint64_t first_sample, Worker& worker) const
{
    pilot_design_.draw(first_sample, worker.inputs, worker.drawing);
}

void Engine::simulate(Worker& worker, const YearSink& sink) const
{
    const model::Spec& spec = model_.spec();
    const auto n_scenarios = static_cast<std::uint32_t>(spec.scenarios.size());
    const auto n_years = static_cast<std::size_t>(spec.n_years());
    model_.prepare(worker.inputs, worker.state);
    for (std::uint32_t k = 0; k < n_scenarios; ++k) {
        // the baseline, then the others in their order
        std::uint32_t scenario = spec.baseline_scenario;
        if (k > 0) {
            scenario = k <= spec.baseline_scenario ? k - 1 : k;
        }
        model_.begin(scenario, worker.state);
        for (std::size_t year = 0; year < n_years; ++year) {
            model_.advance(scenario, year, worker.state, worker.outputs);
            sink(scenario, year, worker.outputs);
        }
    }
}

}  // namespace hepta::campaign
