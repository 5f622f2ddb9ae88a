/// \file
/// Sobol points before scrambling.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hepta::sampling {

/// Dimensions that there are direction numbers for: the table of Boost.Random,
/// an excerpt of Joe & Kuo (2008), doi:10.1137/070709359.
inline constexpr std::size_t max_sobol_dimensions = 3667;

/// Direction numbers of the first dimensions, as fractions of 2^64:
/// [dimension][bit of the point's index], 64 of each dimension.
/// \pre n_dimensions <= max_sobol_dimensions
[[nodiscard]] std::vector<std::uint64_t> direction_numbers(
    std::size_t n_dimensions);

/// Coordinate of a point, as a fraction of 2^64: the exclusive or of the
/// direction numbers of the bits of `point` (not of its Gray code).
/// \param directions  [64], of one dimension
[[nodiscard]] std::uint64_t sobol_integer(const std::uint64_t* directions,
                                          std::uint64_t point) noexcept;

}  // namespace hepta::sampling
