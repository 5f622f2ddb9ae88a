#include "sample_values.hpp"

#include "hepta/parallel/threads.hpp"
#include "hepta/statistics/weighted.hpp"

#include <algorithm>
#include <utility>

namespace hepta::campaign {

SampleValues::SampleValues(std::size_t n_scenarios,
                           Kept kept,
                           std::vector<Condition> conditions,
                           const std::vector<SampleRange>& ranges)
    : n_scenarios_(n_scenarios),
      kept_(std::move(kept)),
      conditions_(std::move(conditions))
{
    for (const SampleRange& range : ranges) {
        for (std::uint64_t s = range.begin; s < range.end; ++s) {
            samples_.push_back(s);
        }
    }
    values_.resize(n_scenarios_ * kept_.outputs.size() * samples_.size());
    side_values_.resize(kept_.side_rows.size() * samples_.size());
    if (kept_.derived != nullptr) {
        years_.resize(n_scenarios_ * kept_.derived->n_rules() *
                      samples_.size());
    }
    met_.assign(n_scenarios_ * samples_.size(), 1);
    weights_.assign(samples_.size(), 1.0);
}

void SampleValues::compute(const Engine& engine, int n_threads)
{
    std::vector<std::size_t> first_of_tile;
    for (std::size_t k = 0; k < samples_.size(); ++k) {
        if (k == 0 ||
            samples_[k] / tile_lanes != samples_[k - 1] / tile_lanes) {
            first_of_tile.push_back(k);
        }
    }
    first_of_tile.push_back(samples_.size());
    std::vector<Worker> workers;
    for (Engine::Worker& worker : engine.make_workers(n_threads)) {
        workers.push_back({std::move(worker), {}});
        if (kept_.derived != nullptr) {
            workers.back().years = kept_.derived->first_years.make_workspace();
        }
    }
    parallel::for_each(
        n_threads, first_of_tile.size() - 1, [&](int thread, std::size_t t) {
            compute_tile(engine,
                         workers[static_cast<std::size_t>(thread)],
                         first_of_tile[t],
                         first_of_tile[t + 1]);
        });
}

std::size_t SampleValues::n_met(std::size_t scenario) const
{
    const auto first =
        met_.begin() + static_cast<std::ptrdiff_t>(scenario * samples_.size());
    return static_cast<std::size_t>(
        std::count(first,
                   first + static_cast<std::ptrdiff_t>(samples_.size()),
                   std::uint8_t{1}));
}

void SampleValues::compute_tile(const Engine& engine,
                                Worker& of_thread,
                                std::size_t begin,
                                std::size_t end)
{
    Engine::Worker& worker = of_thread.engine;
    engine.draw(samples_[begin] / tile_lanes * tile_lanes, worker);
    for (std::size_t k = begin; k < end && engine.is_weighted(); ++k) {
        weights_[k] = static_cast<double>(
                          worker.drawing.weights[samples_[k] % tile_lanes]) /
                      statistics::weight_of_one;
    }
    for (std::size_t s = 0; s < n_scenarios_; ++s) {
        look_at(worker.inputs, true, s, 0, begin, end);
    }
    if (!kept_.side_rows.empty()) {
        engine.evaluate_side(worker);
        for (std::size_t r = 0; r < kept_.side_rows.size(); ++r) {
            for (std::size_t k = begin; k < end; ++k) {
                side_values_[r * samples_.size() + k] = worker.side.row(
                    kept_.side_rows[r])[samples_[k] % tile_lanes];
            }
        }
    }
    engine.simulate(
        worker, [&](std::uint32_t s, std::size_t year, const Tile& outputs) {
            look_at(outputs, false, s, year, begin, end);
            keep_outputs(outputs, s, year, begin, end);
            if (kept_.derived == nullptr) {
                return;
            }
            kept_.derived->first_years.observe(
                engine.instruction_set(), year, outputs, of_thread.years);
            if (year + 1 == kept_.derived->n_years) {
                keep_years(of_thread.years, s, begin, end);
            }
        });
}

void SampleValues::keep_outputs(const Tile& outputs,
                                std::size_t scenario,
                                std::size_t year,
                                std::size_t begin,
                                std::size_t end)
{
    for (std::size_t o = 0; o < kept_.outputs.size(); ++o) {
        if (kept_.outputs[o].year != year) {
            continue;
        }
        double* to = values_.data() +
                     (scenario * kept_.outputs.size() + o) * samples_.size();
        for (std::size_t k = begin; k < end; ++k) {
            to[k] = outputs.row(kept_.outputs[o].row)[samples_[k] % tile_lanes];
        }
    }
}

void SampleValues::keep_years(const model::FirstYears::Workspace& found,
                              std::size_t scenario,
                              std::size_t begin,
                              std::size_t end)
{
    const std::size_t n_rules = kept_.derived->n_rules();
    for (std::size_t r = 0; r < n_rules; ++r) {
        std::int16_t* to =
            years_.data() + (scenario * n_rules + r) * samples_.size();
        for (std::size_t k = begin; k < end; ++k) {
            to[k] = static_cast<std::int16_t>(
                model::FirstYears::year_of(found, r, samples_[k] % tile_lanes));
        }
    }
}

void SampleValues::look_at(const Tile& values,
                           bool are_inputs,
                           std::size_t scenario,
                           std::size_t year,
                           std::size_t begin,
                           std::size_t end)
{
    for (const Condition& condition : conditions_) {
        if (condition.is_input != are_inputs || condition.year != year) {
            continue;
        }
        for (std::size_t k = begin; k < end; ++k) {
            const double value =
                values.row(condition.row)[samples_[k] % tile_lanes];
            if (!condition.is_met(value)) {
                met_[scenario * samples_.size() + k] = 0;
            }
        }
    }
}

}  // namespace hepta::campaign
