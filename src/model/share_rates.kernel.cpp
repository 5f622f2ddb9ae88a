/// \file
/// The share kernel on a tile, for tests and benchmarks.
#include "hepta/model/share_rates.hpp"

#include "kernel/shares.hpp"

namespace hepta::model {
namespace HEPTA_ISA {

void share_rates_of_tile(ShareForm form, const ShareTile& tile)
{
    for (std::size_t lane = 0; lane < tile_lanes; lane += width) {
        Vec share[max_technologies_per_sector];
        Vec preference[max_technologies_per_sector];
        Vec entry[max_technologies_per_sector];
        Vec turnover[max_technologies_per_sector];
        Vec rate[max_technologies_per_sector];
        for (std::uint32_t i = 0; i < tile.n; ++i) {
            const std::size_t at = i * tile_lanes + lane;
            share[i] = load(tile.share + at);
            preference[i] = load(tile.preference + at);
            entry[i] = load(tile.entry + at);
            turnover[i] = load(tile.turnover + at);
        }
        const ShareStage stage{tile.n, share, preference, entry, turnover};
        with_constant_size(tile.n, [&](auto n) {
            if (form == ShareForm::replicator) {
                replicator_rates_of<n()>(stage, rate);
            } else {
                vintage_rates_of<n()>(stage, rate);
            }
        });
        for (std::uint32_t i = 0; i < tile.n; ++i) {
            store(tile.rate + i * tile_lanes + lane, rate[i]);
        }
    }
}

}  // namespace HEPTA_ISA
}  // namespace hepta::model
