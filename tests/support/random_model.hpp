/// \file
/// Random small models at the edges of what a configuration may ask for.
#pragma once

#include "hepta/core/tile.hpp"
#include "hepta/model/spec.hpp"

#include <cstdint>
#include <vector>

namespace hepta::tests {

/// A model, and a tile of samples of it.
struct RandomModel
{
    model::Spec spec;
    Tile inputs;
    /// The first technology of each sector uses no limited resource, and
    /// nothing takes its share.
    bool has_free_technology = false;

    /// One sample, by row.
    [[nodiscard]] std::vector<double> sample(std::size_t lane) const;
};

/// The model of a seed; the same everywhere.
///
/// One to three sectors of one to eight technologies, some without any
/// advantage over each other, newcomers, ceilings of nearly 0, lives of 1 and
/// 100 years, everything ended; prices of 0 and 1e6; converters that feed
/// each other; resources of which there is none; minimum and maximum shares,
/// premiums, some of them multiplied by inputs.
/// Excluded, as the equations have no answer: committed seeds that sum to
/// more than 1.
[[nodiscard]] RandomModel random_model(std::uint64_t seed);

}  // namespace hepta::tests
