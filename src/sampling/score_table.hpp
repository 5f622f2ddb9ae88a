/// \file
/// A quantile function of the normal score as piecewise polynomials.
#pragma once

#include "hepta/sampling/distribution.hpp"
#include "plan.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace hepta::sampling {

/// Pieces of equal length, each a polynomial of degree 7 in the distance r
/// from its middle, in units of its length (-1/2 ... 1/2): [piece][power],
/// highest power first. Adjacent pieces meet.
struct ScoreTable
{
    std::size_t n_pieces = 0;
    std::vector<double> coefficients;
};

/// Table of quantile(distribution, Phi(z)), which interpolates at the
/// Chebyshev-Lobatto points of each piece.
///
/// Pieces are halved until the error, measured in their middles, is below
/// 1e-13 of the range of values; nothing if that takes more than 2048 pieces
/// (a beta distribution that is nearly two points).
[[nodiscard]] std::optional<ScoreTable> tabulate(
    const Distribution& distribution);

}  // namespace hepta::sampling
