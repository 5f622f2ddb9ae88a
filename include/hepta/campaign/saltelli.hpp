/// \file
/// First-order and total Sobol indices of groups of inputs, from samples made
/// for them.
#pragma once

#include "hepta/campaign/engine.hpp"
#include "hepta/campaign/headline.hpp"
#include "hepta/parallel/communicator.hpp"
#include "hepta/statistics/sobol_indices.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace hepta::campaign {

/// Inputs that are exchanged together.
struct InputGroup
{
    std::string name;
    std::vector<std::uint32_t> rows;  ///< of the input tile, ascending
};

/// Add the rows that follow from a group's inputs: the knots of their paths.
void add_knots(const sampling::DesignSpec& design, InputGroup& group);

/// One group for each input of the design that is not fixed.
[[nodiscard]] std::vector<InputGroup> single_inputs(
    const sampling::DesignSpec& design);

/// The groups that the inputs say they are of ("demand", "prices", …) and that
/// move trajectories, or those named in `wanted`, each the name of a group or
/// of one input.
/// \throws InputError if a name is neither, naming the groups there are
[[nodiscard]] std::vector<InputGroup> groups_of(
    const sampling::DesignSpec& design,
    const model::Spec& model,
    const std::vector<std::string>& wanted);

/// Inputs of different groups that are correlated: the exchange breaks that,
/// so indices are those of independent groups. "demand and prices", …
[[nodiscard]] std::vector<std::string> correlated_groups(
    const sampling::DesignSpec& design, const std::vector<InputGroup>& groups);

/// A design whose inputs are there twice, independently: rows [0, n) are the
/// matrix A, rows [n, 2 n) the matrix B, n the rows of `design`. The names of
/// the second have a prime.
[[nodiscard]] sampling::DesignSpec doubled(const sampling::DesignSpec& design);

struct SaltelliOptions
{
    std::uint64_t n_points = 4096;  ///< a multiple of 16 tiles, at least 512
    sampling::SamplerKind kind = sampling::SamplerKind::mc;  ///< or sobol
    /// Of sobol, a power of 2 up to 16. Fewer and larger nets have smaller
    /// errors, but intervals are over 16 parts as if these were independent:
    /// with fewer than 16 they are too wide.
    std::uint32_t n_randomisations = 16;
    std::uint64_t seed = 1;
    double confidence = 0.95;
    int n_threads = 1;
};

/// Indices of each output, [output]; (groups + 2) n_points samples (collective,
/// rank 0's result). Of `sobol`, the columns of A and B alternate, in the
/// order of `order` or else of the design.
/// \throws InputError if the number of points does not suit the sampler
[[nodiscard]] std::vector<statistics::SobolIndices> saltelli_indices(
    const Engine& engine,
    const std::vector<HeadlineOutput>& outputs,
    const std::vector<InputGroup>& groups,
    const SaltelliOptions& options,
    const std::vector<std::string>& order,
    const parallel::Communicator& comm);

}  // namespace hepta::campaign
