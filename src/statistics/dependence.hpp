/// \file
/// The passes over samples behind GivenData, eight outputs at a time.
#pragma once

#include "hepta/core/tile.hpp"
#include "hepta/statistics/given_data.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace hepta::statistics {

inline constexpr std::size_t block_width = 8;
inline constexpr std::uint32_t n_output_classes = 64;

/// Up to eight outputs, sample by sample: [n][block_width], what is over is 0.
struct OutputBlock
{
    std::size_t n_outputs = 0;
    AlignedArray<double> value;               ///< mean 0, variance 1
    AlignedArray<float> centered_rank;        ///< twice: rank less mean rank
    double rank_squares[block_width] = {};    ///< sums of those squared
    AlignedArray<std::uint8_t> output_class;  ///< of n_output_classes
};

/// An input's ranks, and its classes for either purpose.
struct RankedInput
{
    RankedInput(std::span<const double> x, const GivenDataOptions& options);

    std::vector<std::uint32_t> doubled_rank;
    std::vector<std::uint16_t> bin, condition;
};

void add_first_order(const RankedInput& input,
                     const OutputBlock& block,
                     const GivenDataOptions& options,
                     std::span<Dependence> out);
void add_rank_correlation(const RankedInput& input,
                          const OutputBlock& block,
                          const GivenDataOptions& options,
                          std::span<Dependence> out);
void add_distances(const RankedInput& input,
                   const OutputBlock& block,
                   const GivenDataOptions& options,
                   std::span<Dependence> out);

}  // namespace hepta::statistics
