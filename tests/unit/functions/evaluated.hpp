/// \file
/// Values of a test function at the draws of a run.
#pragma once

#include "hepta/functions/functions.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hepta::functions {

/// The function at samples 0 ... n - 1 of its plain Monte Carlo design.
inline std::vector<double> evaluate_draws(const TestFunction& function,
                                          std::uint64_t seed,
                                          std::size_t n)
{
    const InstructionSet set = detect_instruction_set();
    const sampling::Design design(function.design(), seed, set);
    Tile inputs(function.inputs.size());
    sampling::Design::Workspace workspace = design.make_workspace();
    Tile out(n / tile_lanes);
    for (std::size_t i = 0; i < out.n_rows(); ++i) {
        design.draw(i * tile_lanes, inputs, workspace);
        function.evaluate(set, inputs, out.row(i));
    }
    return {out.data(), out.data() + n};
}

}  // namespace hepta::functions
