/// \file
/// Samples of a range, counted block by block or looked at one by one.
#pragma once

#include "hepta/campaign/accumulator.hpp"
#include "hepta/campaign/engine.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace hepta::campaign::testing {

/// All blocks of the range, added to an empty accumulator.
inline State count_blocks(Accumulator& accumulator,
                          SampleRange range,
                          std::uint64_t block_size)
{
    for (std::uint64_t at = range.begin; at < range.end;) {
        const std::uint64_t end =
            std::min(range.end, (at / block_size + 1) * block_size);
        accumulator.add({at, end});
        at = end;
    }
    State state = accumulator.take();
    state.ranges = {range};
    return state;
}

/// Call `see(scenario, year, outputs, worker, begin, end)` for every tile of
/// outputs, [begin, end) the lanes that are samples of the range.
template <class See>
void for_each_tile(const Engine& engine, SampleRange range, const See& see)
{
    Engine::Worker worker = engine.make_worker();
    for (std::uint64_t first = range.begin / tile_lanes * tile_lanes;
         first < range.end;
         first += tile_lanes) {
        const std::size_t begin = std::max(range.begin, first) - first;
        const std::size_t end = std::min(range.end, first + tile_lanes) - first;
        engine.draw(first, worker);
        engine.simulate(
            worker,
            [&](std::uint32_t scenario, std::size_t year, const Tile& outputs) {
                see(scenario, year, outputs, worker, begin, end);
            });
    }
}

}  // namespace hepta::campaign::testing
