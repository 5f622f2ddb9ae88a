/// \file
/// The rows of chosen outputs as a trajectory passes them.
#pragma once

#include "hepta/campaign/engine.hpp"
#include "hepta/campaign/headline.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hepta::campaign {

/// Simulate the worker's inputs, and hand the row of each output to
/// `take(index of the output, row)`, in the order in which they are computed.
template <class Take>
void simulate_outputs(const Engine& engine,
                      Engine::Worker& worker,
                      const std::vector<HeadlineOutput>& outputs,
                      const Take& take)
{
    engine.simulate(
        worker,
        [&](std::uint32_t scenario, std::size_t year, const Tile& tile) {
            for (std::size_t o = 0; o < outputs.size(); ++o) {
                if (outputs[o].scenario == scenario &&
                    outputs[o].year == year) {
                    take(o, tile.row(outputs[o].row));
                }
            }
        });
}

}  // namespace hepta::campaign
