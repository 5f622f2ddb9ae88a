/// \file
/// Shapley effects of groups of inputs, from samples made for them.
#pragma once

#include "hepta/campaign/saltelli.hpp"
#include "hepta/statistics/shapley_indices.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace hepta::campaign {

/// In which order the groups become known.
enum class ShapleyMethod
{
    subsets,  ///< all orders, by all sets of groups
    orders,   ///< one at random, another one at every point
};

/// Most groups for which all sets cost less than random orders do for the same
/// error: 2^g samples a point instead of g + 1.
inline constexpr std::size_t most_groups_of_subsets = 5;

/// The groups, and one called "others" of all inputs that are in none of them
/// and move trajectories: without it the effects would not add up.
/// \throws InputError if an input is in two groups, naming it
[[nodiscard]] std::vector<InputGroup> with_others(
    const sampling::DesignSpec& design,
    const model::Spec& model,
    std::vector<InputGroup> groups);

/// Samples of each point.
/// \throws InputError if there are more groups than `subsets` can have
[[nodiscard]] std::uint64_t samples_of_point(ShapleyMethod method,
                                             std::size_t n_groups);

/// Effects of each output, [output]; samples_of_point() n_points samples
/// (collective, rank 0's result). The inputs keep their correlations: what is
/// not known is drawn given what is. First and total indices come with the
/// method `subsets`.
/// \pre the groups hold all inputs that matter (`with_others`)
/// \throws InputError as `samples_of_point`, and if the number of points does
///         not suit the sampler
[[nodiscard]] std::vector<statistics::ShapleyIndices> shapley_indices(
    const Engine& engine,
    const std::vector<HeadlineOutput>& outputs,
    const std::vector<InputGroup>& groups,
    ShapleyMethod method,
    const SaltelliOptions& options,
    const std::vector<std::string>& order,
    const parallel::Communicator& comm);

}  // namespace hepta::campaign
