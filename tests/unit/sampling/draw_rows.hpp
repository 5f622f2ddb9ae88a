/// \file
/// Draws of a design, row by row.
#pragma once

#include "hepta/core/instruction_set.hpp"
#include "hepta/sampling/design.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace hepta::sampling {

/// [row][sample]
using Rows = std::vector<std::vector<double>>;

inline Rows draw_rows(const Design& design,
                      std::uint64_t first_sample,
                      std::size_t n_samples)
{
    Tile inputs(design.spec().n_rows);
    design.fill_fixed(inputs);
    Design::Workspace workspace = design.make_workspace();
    Rows rows(design.spec().n_rows);
    for (std::size_t s = 0; s < n_samples; s += tile_lanes) {
        design.draw(first_sample + s, inputs, workspace);
        for (std::size_t row = 0; row < rows.size(); ++row) {
            rows[row].insert(
                rows[row].end(), inputs.row(row), inputs.row(row) + tile_lanes);
        }
    }
    return rows;
}

inline Rows draw_rows(DesignSpec spec,
                      std::uint64_t seed,
                      std::uint64_t first_sample,
                      std::size_t n_samples)
{
    return draw_rows(Design(std::move(spec), seed, detect_instruction_set()),
                     first_sample,
                     n_samples);
}

/// Independent inputs "input/0" ... in rows 0 ...
inline DesignSpec independent(const std::vector<Distribution>& distributions)
{
    DesignSpec spec;
    for (const Distribution& distribution : distributions) {
        spec.inputs.push_back({"input/" + std::to_string(spec.n_rows),
                               distribution,
                               spec.n_rows});
        ++spec.n_rows;
    }
    return spec;
}

/// The kernel's quantiles of `distribution` at the probabilities `u`: knots at
/// them.
inline std::vector<double> kernel_quantiles(const Distribution& distribution,
                                            const std::vector<double>& u,
                                            InstructionSet set)
{
    DesignSpec spec;
    spec.inputs = {{"path", Uniform{}, 0}};
    spec.knots = {{0, distribution, 1, "knot"}};
    spec.n_rows = 2;
    const Design design(std::move(spec), 0, set);
    Tile inputs(2);
    design.fill_fixed(inputs);
    Design::Workspace workspace = design.make_workspace();
    std::vector<double> result;
    for (std::size_t first = 0; first < u.size(); first += tile_lanes) {
        const std::size_t n = std::min(tile_lanes, u.size() - first);
        std::fill_n(inputs.row(0), tile_lanes, 0.5);
        std::copy_n(u.data() + first, n, inputs.row(0));
        design.place_knots(inputs, workspace);
        result.insert(result.end(), inputs.row(1), inputs.row(1) + n);
    }
    return result;
}

inline std::vector<InstructionSet> supported_sets()
{
    if (detect_instruction_set() == InstructionSet::avx512) {
        return {InstructionSet::avx2, InstructionSet::avx512};
    }
    return {InstructionSet::avx2};
}

}  // namespace hepta::sampling
