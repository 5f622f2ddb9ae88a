/// \file
/// From (seed, sample index) to a tile of inputs: a pure function.
#pragma once

#include "hepta/core/instruction_set.hpp"
#include "hepta/core/tile.hpp"
#include "hepta/sampling/distribution.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hepta::sampling {

/// Number of an input in the counter of the generator: a hash of its name, so
/// that no other input's presence or order changes its draws.
/// FNV-1a (32 bits) followed by the 32-bit finaliser of MurmurHash3.
[[nodiscard]] std::uint32_t input_id(std::string_view name) noexcept;

/// One named input of a run.
struct Input
{
    std::string name;
    Distribution distribution;
    std::uint32_t row = 0;  ///< of the input tile that receives its value
    std::string unit;
    std::string source;
    std::string group;  ///< demand, technology_cost, adoption, prices, …
    std::string description;
};

/// A standard normal that correlated inputs are made of. It may be the normal
/// score of an input, or a factor that no input carries (a policy push).
struct Latent
{
    std::string name;
};

/// Inputs whose normal scores are jointly Gaussian. `correlation` is that of
/// the scores (2 sin(pi r / 6) of the rank correlation r), row-major, unit
/// diagonal, positive definite; factorised by Cholesky in the order given.
struct CorrelatedBlock
{
    std::vector<std::string> members;  ///< names of inputs or latents
    std::vector<double> correlation;   ///< [n x n]
};

/// Normal score of `input` = loading * score of `factor` + sqrt(1 -
/// loading^2) * own draw. The factor is a latent or a member of a block.
struct FactorLoading
{
    std::string input;
    std::string factor;
    double loading = 0.0;  ///< in (-1, 1)
};

/// A path's knot: the quantile of its distribution at the value of `quantile`
/// (an input uniform on (0, 1)), written to `row`.
struct PathKnot
{
    std::uint32_t quantile_row = 0;
    Distribution distribution;
    std::uint32_t row = 0;
    std::string name;  ///< "driver/coal/central/2030"
    std::string unit;
    std::string source;
};

struct DesignSpec
{
    std::vector<Input> inputs;
    std::vector<Latent> latents;
    std::vector<CorrelatedBlock> blocks;
    std::vector<FactorLoading> loadings;
    std::vector<PathKnot> knots;
    std::uint32_t n_rows = 0;  ///< of the input tile
};

/// The plain Monte Carlo design (`mc`).
///
/// Every input of every sample is a function of (seed, sample, name) alone:
/// Philox4x32-10 with key = seed and counter = (c, input id, 0), where sample
/// s uses c = 8 floor(s / 16) + s mod 8 and the first two words of the output
/// if floor(s / 8) is even, else the last two; u = (k + 1/2) 2^-52 with k the
/// upper 52 bits of the two words (second word high).
class Design
{
  public:
    /// Scratch of one thread.
    struct Workspace
    {
        Tile scratch;
    };

    /// \throws InputError if two names share an id, if a name in a block or
    ///         loading is unknown, or if a correlation matrix is not positive
    ///         definite (naming the pair that breaks it)
    Design(DesignSpec spec, std::uint64_t seed, InstructionSet set);
    ~Design();
    Design(Design&&) noexcept;

    /// Fixed inputs, once per tile buffer: their rows never change.
    void fill_fixed(Tile& inputs) const;

    /// Draw the inputs of samples `first_sample` ... + tile_lanes - 1 and
    /// place the knots of paths. `first_sample` is a multiple of tile_lanes.
    /// Does not allocate.
    [[nodiscard]] Workspace make_workspace() const;
    void draw(std::uint64_t first_sample, Tile& inputs, Workspace&) const;

    /// Place the knots of paths from the quantile rows already in `inputs`:
    /// the second half of `draw`, for inputs that came from elsewhere.
    void place_knots(Tile& inputs, Workspace&) const;

    [[nodiscard]] const DesignSpec& spec() const noexcept;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hepta::sampling
