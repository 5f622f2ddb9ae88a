/// \file
/// Designs that the benchmarks draw.
#pragma once

#include "hepta/sampling/design.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace hepta::sampling {

inline void add_inputs(DesignSpec& spec,
                       const std::string& name,
                       std::uint32_t n,
                       const Distribution& distribution)
{
    for (std::uint32_t i = 0; i < n; ++i) {
        spec.inputs.push_back(
            {name + "/" + std::to_string(i), distribution, spec.n_rows++});
    }
}

/// Independent inputs of one kind.
inline DesignSpec alike(const Distribution& distribution, std::uint32_t n = 200)
{
    DesignSpec spec;
    add_inputs(spec, "input", n, distribution);
    return spec;
}

/// 200 inputs with loadings on ten factors.
inline DesignSpec loaded(const Distribution& distribution)
{
    DesignSpec spec = alike(distribution);
    for (int i = 0; i < 10; ++i) {
        spec.latents.push_back({"factor/" + std::to_string(i)});
    }
    for (std::size_t i = 0; i < spec.inputs.size(); ++i) {
        spec.loadings.push_back(
            {spec.inputs[i].name, spec.latents[i % 10].name, 0.7});
    }
    return spec;
}

inline CorrelatedBlock equal_block(std::vector<std::string> members, double r)
{
    const std::size_t n = members.size();
    std::vector<double> correlation(n * n, r);
    for (std::size_t i = 0; i < n; ++i) {
        correlation[i * n + i] = 1.0;
    }
    return {std::move(members), std::move(correlation)};
}

/// About the size and mix of the shipped configuration: 1,000 scalar inputs,
/// half of them loaded on a factor; 30 years of innovations of 20 prices and
/// activities (correlated each year) and of 13 components; 28 paths with 140
/// knots.
inline DesignSpec like_shipped()
{
    DesignSpec spec;
    add_inputs(spec, "triangular", 300, Triangular{1.0, 2.0, 4.0});
    add_inputs(spec, "lognormal", 120, Lognormal{2.0, 0.3, 0.5});
    add_inputs(spec, "normal", 60, Normal{1.0, 0.1});
    add_inputs(spec, "pert", 12, pert(1.0, 2.0, 4.0));
    add_inputs(spec, "uniform", 8, Uniform{0.0, 2.0});
    const std::size_t first_loaded = spec.inputs.size();
    add_inputs(spec, "block", 500, Triangular{1.0, 2.0, 4.0});
    for (std::size_t i = first_loaded; i < spec.inputs.size(); ++i) {
        const std::string factor = "factor/" + std::to_string(i % 40);
        if (i < first_loaded + 40) {
            spec.latents.push_back({factor});
        }
        spec.loadings.push_back({spec.inputs[i].name, factor, 0.7});
    }
    for (int year = 0; year < 30; ++year) {
        const std::size_t first = spec.inputs.size();
        const std::string name = "year/" + std::to_string(year);
        add_inputs(spec, name + "/price", 20, Normal{});
        std::vector<std::string> members;
        for (std::size_t i = first; i < spec.inputs.size(); ++i) {
            members.push_back(spec.inputs[i].name);
        }
        spec.blocks.push_back(equal_block(std::move(members), 0.3));
        add_inputs(spec, name + "/component", 13, Normal{});
    }
    const std::uint32_t first_path = spec.n_rows;
    add_inputs(spec, "path", 28, Uniform{0.0, 1.0});
    for (std::uint32_t i = 0; i < 140; ++i) {
        spec.knots.push_back({first_path + i % 28,
                              Lognormal{2.0, 0.3, 0.5},
                              spec.n_rows++,
                              "knot/" + std::to_string(i)});
    }
    return spec;
}

}  // namespace hepta::sampling
