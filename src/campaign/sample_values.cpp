#include "sample_values.hpp"

#include "hepta/parallel/threads.hpp"
#include "hepta/statistics/weighted.hpp"

#include <algorithm>
#include <utility>

namespace hepta::campaign {

SampleValues::SampleValues(std::size_t n_scenarios,
                           std::vector<RowOfYear> outputs,
                           std::vector<Condition> conditions,
                           const std::vector<SampleRange>& ranges)
    : n_scenarios_(n_scenarios),
      outputs_(std::move(outputs)),
      conditions_(std::move(conditions))
{
    for (const SampleRange& range : ranges) {
        for (std::uint64_t s = range.begin; s < range.end; ++s) {
            samples_.push_back(s);
        }
    }
    values_.resize(n_scenarios_ * outputs_.size() * samples_.size());
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
    auto workers = engine.make_workers(n_threads);
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
                                Engine::Worker& worker,
                                std::size_t begin,
                                std::size_t end)
{
    engine.draw(samples_[begin] / tile_lanes * tile_lanes, worker);
    for (std::size_t k = begin; k < end && engine.is_weighted(); ++k) {
        weights_[k] = static_cast<double>(
                          worker.drawing.weights[samples_[k] % tile_lanes]) /
                      statistics::weight_of_one;
    }
    for (std::size_t s = 0; s < n_scenarios_; ++s) {
        look_at(worker.inputs, true, s, 0, begin, end);
    }
    engine.simulate(
        worker, [&](std::uint32_t s, std::size_t year, const Tile& outputs) {
            look_at(outputs, false, s, year, begin, end);
            for (std::size_t o = 0; o < outputs_.size(); ++o) {
                if (outputs_[o].year != year) {
                    continue;
                }
                for (std::size_t k = begin; k < end; ++k) {
                    values_[(s * outputs_.size() + o) * samples_.size() + k] =
                        outputs.row(outputs_[o].row)[samples_[k] % tile_lanes];
                }
            }
        });
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
