/// \file
/// A design with every kind of distribution, alone, in a block, loaded on a
/// factor, and as a knot.
#pragma once

#include "hepta/sampling/design.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace hepta::sampling {

inline std::vector<Distribution> example_distributions()
{
    return {
        Uniform{-2.0, 5.0},
        Triangular{1.0, 1.5, 4.0},
        Triangular{0.0, 0.0, 1.0},
        Triangular{0.0, 1.0, 1.0},
        Normal{3.0, 0.5},
        Lognormal{2.0, 0.3, 0.6},
        Lognormal{1.5e-3, 1.2, 1.2},
        TruncatedNormal{10.0, 3.0, 8.0, 20.0},
        TruncatedNormal{0.0, 1.0, 0.5, std::numeric_limits<double>::infinity()},
        pert(10.0, 12.0, 20.0),
        Beta{2.0, 5.0, -1.0, 1.0},
        Discrete{{1.0, 2.0, 5.0}, {0.5, 0.3, 0.2}},
        Discrete{{7.0}, {1.0}},
        Empirical{{0.0, 0.2, 0.9, 1.0}, {0.0, 3.0, 4.0, 9.0}},
        Empirical{{0.0, 1.0}, {2.0, 3.0}},
        Fixed{42.0}};
}

inline std::string numbered(const std::string& name, std::size_t i)
{
    return name + "/" + std::to_string(i);
}

/// Inputs alone/i, block/i, loaded/i, a path quantile and knot/i.
inline DesignSpec example_spec()
{
    const std::vector<Distribution> kinds = example_distributions();
    const std::size_t n = kinds.size();
    DesignSpec spec;
    const auto next_row = [&] { return spec.n_rows++; };
    for (const std::string name : {"alone", "block", "loaded"}) {
        for (std::size_t i = 0; i < n; ++i) {
            spec.inputs.push_back({numbered(name, i), kinds[i], next_row()});
        }
    }
    spec.inputs.push_back({"path", Uniform{0.0, 1.0}, next_row()});
    spec.latents = {{"push"}, {"unused"}};

    CorrelatedBlock block;
    for (std::size_t i = 0; i < n; ++i) {
        block.members.push_back(numbered("block", i));
    }
    block.members.push_back("push");
    block.members.push_back("path");
    const std::size_t n_members = block.members.size();
    for (std::size_t i = 0; i < n_members; ++i) {
        for (std::size_t j = 0; j < n_members; ++j) {
            const double distance = static_cast<double>(i > j ? i - j : j - i);
            block.correlation.push_back(std::pow(-0.7, distance));
        }
    }
    spec.blocks = {block};
    for (std::size_t i = 0; i < n; ++i) {
        const double loading = 0.9 - 0.1 * static_cast<double>(i);
        spec.loadings.push_back(
            {numbered("loaded", i), i % 2 == 0 ? "push" : "common", loading});
        spec.knots.push_back({static_cast<std::uint32_t>(3 * n),
                              kinds[i],
                              next_row(),
                              numbered("knot", i)});
    }
    spec.latents.push_back({"common"});
    return spec;
}

}  // namespace hepta::sampling
