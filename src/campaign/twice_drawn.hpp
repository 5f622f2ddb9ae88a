/// \file
/// Designs whose inputs are there twice, and the outputs at their points.
#pragma once

#include "hepta/campaign/saltelli.hpp"
#include "hepta/parallel/communicator.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace hepta::campaign {

/// Parts that intervals come from: randomisations or stretches of them, or
/// every 16th point.
inline constexpr std::uint32_t n_batches = 16;

/// Some numbers of each output at each point: [kind][output][point], the
/// points batch by batch.
class PointValues
{
  public:
    PointValues(std::size_t n_kinds,
                std::size_t n_outputs,
                const SaltelliOptions& options);

    /// Those of the tile of points from `first` on, [tile_lanes].
    void put(std::size_t kind,
             std::size_t output,
             std::uint64_t first,
             const double* row);

    /// All ranks' points on rank 0 (collective). A point is put by one rank.
    void reduce(const parallel::Communicator& comm);

    /// After `reduce`, on rank 0.
    [[nodiscard]] std::span<const double> of(std::size_t kind,
                                             std::size_t output) const;
    [[nodiscard]] std::span<const double> of(std::size_t kind,
                                             std::size_t output,
                                             std::uint32_t batch) const;

  private:
    std::size_t n_outputs_;
    std::uint64_t n_;
    std::uint64_t n_sets_;  ///< that take turns at the points
    std::vector<std::uint64_t> bits_;
    std::vector<double> values_;
};

/// \param twice   `doubled(single)`, perhaps with more inputs
/// \param order   of the inputs of `single`, the most important first; empty:
///                as they are
[[nodiscard]] sampling::Design make_design(
    sampling::DesignSpec twice,
    const sampling::DesignSpec& single,
    const SaltelliOptions& options,
    const std::vector<std::string>& order,
    InstructionSet set);

/// \throws InputError if the number of points does not suit the sampler
void check_size(const SaltelliOptions& options);

/// Run `body` for the first point of each tile that is this rank's.
void for_each_tile(
    const SaltelliOptions& options,
    const parallel::Communicator& comm,
    const std::function<void(int thread, std::uint64_t first)>& body);

}  // namespace hepta::campaign
