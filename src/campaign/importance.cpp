/// \file
/// Which inputs the headline totals depend on most: the order of the
/// dimensions of a low-discrepancy sequence.
#include "hepta/campaign/engine.hpp"
#include "hepta/campaign/headline.hpp"
#include "hepta/campaign/side_outputs.hpp"
#include "simulate_outputs.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace hepta::campaign {
namespace {

/// Ranks from -1/2 to 1/2, without ties in mind: outputs are continuous, and
/// of a discrete input any order will do.
std::vector<double> centred_ranks(const std::vector<double>& x)
{
    std::vector<std::size_t> order(x.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(
        order.begin(), order.end(), [&x](std::size_t a, std::size_t b) {
            return x[a] < x[b];
        });
    std::vector<double> ranks(x.size());
    for (std::size_t k = 0; k < order.size(); ++k) {
        ranks[order[k]] =
            static_cast<double>(k) / static_cast<double>(x.size() - 1) - 0.5;
    }
    return ranks;
}

}  // namespace

std::vector<std::string> importance_order(const Engine& engine,
                                          const config::RunConfig& config)
{
    const auto outputs = headline_totals(config, engine.model().layout());
    std::vector<const sampling::Input*> inputs;
    for (const sampling::Input& input : config.design.inputs) {
        // chance alone would rank inputs that move no trajectory, and so give
        // the dimensions of others away
        if (!std::holds_alternative<sampling::Fixed>(input.distribution) &&
            !is_side_input(input, config.model)) {
            inputs.push_back(&input);
        }
    }
    std::vector<std::vector<double>> x(inputs.size());
    std::vector<std::vector<double>> y(outputs.size());
    Engine::Worker worker = engine.make_worker();
    for (std::uint64_t first = 0; first < importance_samples;
         first += tile_lanes) {
        engine.draw_pilot(first, worker);
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            const double* row = worker.inputs.row(inputs[i]->row);
            x[i].insert(x[i].end(), row, row + tile_lanes);
        }
        simulate_outputs(
            engine, worker, outputs, [&](std::size_t o, const double* row) {
                y[o].insert(y[o].end(), row, row + tile_lanes);
            });
    }
    for (auto& values : y) {
        values = centred_ranks(values);
    }
    std::vector<std::pair<double, std::string>> order;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const auto ranks = centred_ranks(x[i]);
        double largest = 0.0;
        for (const auto& values : y) {
            largest =
                std::max(largest,
                         std::abs(std::inner_product(
                             ranks.begin(), ranks.end(), values.begin(), 0.0)));
        }
        order.emplace_back(-largest, inputs[i]->name);
    }
    std::sort(order.begin(), order.end());
    // factors that no input carries move many of them
    std::vector<std::string> names;
    for (const sampling::Latent& latent : config.design.latents) {
        const bool is_input = std::any_of(
            order.begin(), order.end(), [&latent](const auto& item) {
                return item.second == latent.name;
            });
        if (!is_input) {
            names.push_back(latent.name);
        }
    }
    for (auto& item : order) {
        names.push_back(std::move(item.second));
    }
    return names;
}

}  // namespace hepta::campaign
