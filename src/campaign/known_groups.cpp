#include "known_groups.hpp"

#include <algorithm>

namespace hepta::campaign {
namespace {

/// The correlated inputs of the groups.
std::vector<sampling::ScorePair> pairs_of(const sampling::DesignSpec& single,
                                          const sampling::Design& twice,
                                          const std::vector<InputGroup>& groups)
{
    std::vector<sampling::ScorePair> pairs;
    for (const sampling::Input& input : single.inputs) {
        const auto row = twice.score_row(input.name);
        if (!row) {
            continue;
        }
        for (std::size_t g = 0; g < groups.size(); ++g) {
            if (std::binary_search(
                    groups[g].rows.begin(), groups[g].rows.end(), input.row)) {
                pairs.push_back({input.name,
                                 static_cast<std::uint32_t>(g),
                                 *row,
                                 twice.score_row(input.name + "'").value()});
            }
        }
    }
    return pairs;
}

void copy_lanes(const double* from, std::uint32_t lanes, double* to)
{
    if (lanes == ~0U) {
        std::copy_n(from, tile_lanes, to);
        return;
    }
    for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
        if ((lanes >> lane & 1U) != 0) {
            to[lane] = from[lane];
        }
    }
}

}  // namespace

KnownGroups::KnownGroups(const sampling::DesignSpec& single,
                         const sampling::Design& twice,
                         const std::vector<InputGroup>& groups)
    : twice_(twice),
      groups_(groups),
      n_rows_(single.n_rows),
      both_(twice.spec().n_rows),
      drawing_(twice.make_workspace()),
      conditional_(single, pairs_of(single, twice, groups))
{
    static_assert(tile_lanes == 32);
    twice.fill_fixed(both_);
}

void KnownGroups::draw(std::uint64_t first_point)
{
    twice_.draw(first_point, both_, drawing_);
    if (conditional_.is_needed()) {
        const Tile& scores = drawing_.scratch;
        scores_.assign(scores.row(0), scores.row(scores.n_rows()));
    }
}

void KnownGroups::take(const std::vector<std::uint32_t>& known, Tile& inputs)
{
    if (conditional_.is_needed()) {
        std::copy(scores_.begin(), scores_.end(), drawing_.scratch.data());
        conditional_.condition(known, drawing_.scratch);
        twice_.place_scores(both_, drawing_);
    }
    std::copy_n(both_.row(n_rows_), n_rows_ * tile_lanes, inputs.row(0));
    for (std::size_t g = 0; g < groups_.size(); ++g) {
        if (known[g] == 0) {
            continue;
        }
        for (const std::uint32_t row : groups_[g].rows) {
            copy_lanes(both_.row(row), known[g], inputs.row(row));
        }
    }
}

}  // namespace hepta::campaign
