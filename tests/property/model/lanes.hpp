/// \file
/// Samples of random models, by the kernels and by the reference, and how far
/// apart the two are.
#pragma once

#include "hepta/core/error.hpp"
#include "hepta/model/model.hpp"
#include "reference/scalar_model.hpp"
#include "support/random_model.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

namespace hepta::tests {

using model::Metric;
using model::Model;
using reference::Trajectory;

/// Outputs of a tile as [scenario][year].
using Outputs = std::vector<std::vector<Tile>>;

inline Outputs run(const Model& model, const Tile& inputs)
{
    Outputs out(model.spec().scenarios.size());
    Model::Workspace workspace = model.make_workspace();
    model.prepare(inputs, workspace);
    for (std::uint32_t s = 0; s < out.size(); ++s) {
        model.begin(s, workspace);
        for (int t = 0; t < model.spec().n_years(); ++t) {
            out[s].push_back(model.make_outputs());
            model.advance(
                s, static_cast<std::size_t>(t), workspace, out[s].back());
        }
    }
    return out;
}

/// What is not a number has a sign, which does not matter.
inline bool same_bits(const Outputs& a, const Outputs& b)
{
    for (std::size_t s = 0; s < a.size(); ++s) {
        for (std::size_t t = 0; t < a[s].size(); ++t) {
            const double* x = a[s][t].data();
            const double* y = b[s][t].data();
            for (std::size_t i = 0; i < a[s][t].n_rows() * tile_lanes; ++i) {
                if (std::bit_cast<std::uint64_t>(x[i]) !=
                        std::bit_cast<std::uint64_t>(y[i]) &&
                    !(std::isnan(x[i]) && std::isnan(y[i]))) {
                    return false;
                }
            }
        }
    }
    return true;
}

/// One sample of a model, as the engine would see it.
struct Lane
{
    const RandomModel& model;
    const model::OutputLayout& layout;
    const Outputs& out;
    std::size_t lane;

    [[nodiscard]] double at(std::size_t scenario,
                            std::size_t t,
                            std::size_t row) const
    {
        return out[scenario][t].row(row)[lane];
    }
    /// Rows that have a meaning in year t.
    [[nodiscard]] std::size_t n_rows(std::size_t t) const
    {
        return t + 1 < static_cast<std::size_t>(model.spec.n_years())
                   ? layout.n_rows()
                   : layout.n_stock_rows();
    }
    [[nodiscard]] bool is_finite() const
    {
        for (std::size_t z = 0; z < out.size(); ++z) {
            for (std::size_t t = 0; t < out[z].size(); ++t) {
                for (std::size_t row = 0; row < n_rows(t); ++row) {
                    if (!std::isfinite(at(z, t, row))) {
                        return false;
                    }
                }
            }
        }
        return true;
    }
};

inline std::optional<Trajectory> simulate(const model::Spec& spec,
                                          const std::vector<double>& input)
{
    try {
        return reference::simulate(spec, input);
    } catch (const RunError&) {
        return std::nullopt;
    }
}

/// Largest magnitude of `n` rows over all years and scenarios.
inline double largest(const Trajectory& trajectory,
                      std::uint32_t first_row,
                      std::uint32_t n = 1)
{
    double magnitude = 0.0;
    for (const auto& years : trajectory) {
        for (const auto& rows : years) {
            for (std::uint32_t k = 0; k < n; ++k) {
                const double value = std::fabs(rows[first_row + k]);
                magnitude = std::isfinite(value) ? std::max(magnitude, value)
                                                 : magnitude;
            }
        }
    }
    return magnitude;
}

inline double largest(const Trajectory& trajectory, const Metric& metric)
{
    return largest(
        trajectory, metric.first_row, metric.n_items * metric.n_inner);
}

/// What a difference of two trajectories is held to: the largest magnitude of
/// the output; where that is itself a difference of quantities that may be
/// nearly equal, theirs.
inline double scale_of(const model::OutputLayout& layout,
                       const Trajectory& slow,
                       const Metric& metric,
                       std::uint32_t item,
                       std::uint32_t row)
{
    if (metric.name == "early_retirement") {
        return largest(slow, layout.activity.row(item));
    }
    if (metric.name == "avoided_emissions" ||
        metric.name == "avoided_by_cause") {
        return largest(slow, layout.emissions.row(item), model::n_scopes) +
               largest(slow, layout.captured_co2.row(item));
    }
    if (metric.name == "green_premium") {
        return largest(slow, layout.levelised_cost);
    }
    if (metric.name == "extra_cost") {
        return largest(slow, layout.levelised_cost) *
               largest(slow, layout.activity) * 1e6;
    }
    if (metric.name == "experience") {
        // what is built, activity times about 1, is what is rounded
        return largest(slow, row) + largest(slow, layout.activity);
    }
    return largest(slow, row);
}

/// Largest difference of `other(z, t, row)` from a trajectory, metric by
/// metric; what binds is not a number and left out.
template <class Other>
std::vector<double> differences(const model::OutputLayout& layout,
                                const Trajectory& slow,
                                Other other)
{
    std::vector<double> worst;
    for (const Metric& metric : layout.metrics()) {
        double& largest = worst.emplace_back(0.0);
        if (metric.name == "limit_binding") {
            continue;
        }
        for (std::uint32_t k = 0; k < metric.n_items * metric.n_inner; ++k) {
            const std::uint32_t row = metric.first_row + k;
            const double scale =
                scale_of(layout, slow, metric, k / metric.n_inner, row);
            for (std::size_t z = 0; z < slow.size(); ++z) {
                const std::size_t n_years =
                    slow[z].size() - (metric.is_flow ? 1 : 0);
                for (std::size_t t = 0; t < n_years; ++t) {
                    const double difference =
                        std::fabs(slow[z][t][row] - other(z, t, row));
                    const double relative =
                        scale > 0.0 ? difference / scale : difference;
                    if (!(relative <= largest)) {
                        largest = relative;
                    }
                }
            }
        }
    }
    return worst;
}

}  // namespace hepta::tests
