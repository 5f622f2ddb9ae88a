/// \file
/// From (seed, sample index) to a tile of inputs: a pure function.
#pragma once

#include "hepta/core/instruction_set.hpp"
#include "hepta/core/tile.hpp"
#include "hepta/sampling/distribution.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
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

enum class SamplerKind
{
    mc,
    sobol,
    lhs,
};

/// Importance sampling of one input: the standard normal that it is made of is
/// drawn about `shift` instead of 0.
struct Tilt
{
    std::string input;   ///< or a latent
    double shift = 0.0;  ///< standard deviations, in [-8, 8]
};

/// How the samples of a run are placed.
struct SamplerPlan
{
    SamplerKind kind = SamplerKind::mc;

    /// lhs: strata of the hypercube, 1 ... 2^48.
    std::uint64_t n_samples = 0;

    /// sobol: independent randomisations, a power of two in [1, 64].
    std::uint32_t n_randomisations = 16;

    /// sobol: inputs and latents in the order of the sequence's dimensions,
    /// the most important first. Each named one holds its dimension, drawn or
    /// not; what is drawn and not named here follows in order of name.
    std::vector<std::string> order;

    /// mc: sample 2 k + 1 mirrors sample 2 k.
    bool antithetic = false;

    std::vector<Tilt> tilts;
};

/// Draws of a run.
///
/// Every input of every sample is a function of (seed, sampler, sample s, name)
/// alone, made from one uniform number u = (k + 1/2) 2^-52. Numbers that are
/// not those of the sampler come from Philox4x32-10 with key = seed and counter
/// = (two words, input id, purpose).
///
/// `mc`: counter (c, input id, 0), c = 8 floor(s / 16) + s mod 8 in two words;
/// k is the upper 52 bits of the first two words of the output (second word
/// high) if floor(s / 8) is even, else of the last two. `antithetic` keeps even
/// samples; odd ones have 1 - u of the sample before.
///
/// `sobol`: sample s is point floor(s / R) of randomisation r = s mod R. Point
/// p of dimension d is the exclusive or of the direction numbers of the bits of
/// p (natural order, point 0 kept), 64 bits, from the table of Boost.Random: an
/// excerpt of Joe & Kuo (2008), doi:10.1137/070709359. Its upper and lower 32
/// bits H, L are scrambled (a nested uniform scramble, Owen 1995), with
/// k0 ... k3 the output of counter (r, 0, input id, 1) and all arithmetic
/// modulo 2^32 unless said otherwise:
///
///     x = H with its bits in reverse order
///     x ^= 0x3d20adea x;   x = (x + k0) (k1 | 1);   x = x (2 x + 1) + k2
///     x ^= 0x05526c56 x;   x = x (k3 | 1);          x ^= 0x53a22864 x
///     p = 0xd2511f53 x in 64 bits
///     q = 0xcd9e8d57 (p ^ floor(p / 2^32) ^ k2)
///
/// k is the upper 52 bits of the reverse of x (32 bits) followed by L ^ q. The
/// form is that of Laine & Karras (2011), doi:10.1111/j.1467-8659.2011.01978.x,
/// with the constants of Vegdahl (2021), psychopath.io, Building a Better LK
/// Hash, wider keys and a quadratic step. Dimensions beyond the table's 3,667
/// are drawn as in `mc`.
///
/// `lhs`: with N samples and b the bits of N - 1, an index i of b bits is split
/// into its lower floor(b / 2) bits l and the rest h. One pass is, for t = 0,
/// 2, 4: l ^= f(h, t), h ^= f(l, t + 1), each cut to its bits, where f(x, t) =
/// floor(0xcd9e8d57 (p ^ floor(p / 2^32) mod 2^32) / 2^32), p = 0xd2511f53
/// (x + k_t mod 2^32), in 64 bits. From i = s, passes are made until i < N;
/// the stratum is (i + w) mod N. Here k_0 ... k_3 are the output of counter (0,
/// 0, input id, 2), k_4, k_5 the first two words of that of (1, 0, input id,
/// 2), and w its last two (last word high).
/// u = (stratum + (j + 1/2) 2^(b - 52)) / N, rounded once, j the upper 52 - b
/// bits of the number k that `mc` would make with the purpose 3. Every sample
/// is equally likely to be in every stratum; pairs are, to what 2e5 keys can
/// tell, from N = 20 on.
///
/// Inputs that take a normal score z are the quantile at z(u), all others that
/// at u. A tilted one has z + shift instead, or the probability of that.
class Design
{
  public:
    /// Likelihood weights are in units of 2^-32.
    static constexpr std::uint64_t weight_of_one = std::uint64_t{1} << 32;

    /// Scratch of one thread.
    struct Workspace
    {
        Tile scratch;
        /// Of the tile drawn last: the product over the tilts of exp(-shift z +
        /// shift^2 / 2), z the tilted score, rounded, 2^30 at most.
        std::array<std::uint64_t, tile_lanes> weights;
    };

    /// Plain Monte Carlo.
    /// \throws InputError if two names share an id, if a name in a block or
    ///         loading is unknown, or if a correlation matrix is not positive
    ///         definite (naming the pair that breaks it)
    Design(DesignSpec spec, std::uint64_t seed, InstructionSet set);

    /// \throws InputError as well if the sampler's plan is outside the ranges
    ///         of SamplerPlan, names what is unknown, or asks for antithetic
    ///         samples of another sampler than `mc`
    Design(DesignSpec spec,
           std::uint64_t seed,
           InstructionSet set,
           SamplerPlan sampler);
    ~Design();
    Design(Design&&) noexcept;

    /// Fixed inputs, once per tile buffer: their rows never change.
    void fill_fixed(Tile& inputs) const;

    /// Draw the inputs of samples `first_sample` ... + tile_lanes - 1 and
    /// place the knots of paths. `first_sample` is a multiple of tile_lanes.
    /// Does not allocate. In the last tile of `lhs`, lanes beyond the hypercube
    /// repeat its last sample.
    /// \throws InputError if `first_sample` is beyond the hypercube of `lhs`
    [[nodiscard]] Workspace make_workspace() const;
    void draw(std::uint64_t first_sample, Tile& inputs, Workspace&) const;

    /// Place the knots of paths from the quantile rows already in `inputs`:
    /// the second half of `draw`, for inputs that came from elsewhere.
    void place_knots(Tile& inputs, Workspace&) const;

    /// Row of a workspace's scratch that holds the normal score of an input or
    /// latent after a draw; nothing if it takes part in no correlation.
    [[nodiscard]] std::optional<std::size_t> score_row(
        std::string_view name) const;

    /// Place the inputs that are made from normal scores, from those in the
    /// workspace's scratch, and the knots of paths: the last part of `draw`,
    /// for scores that were changed after it.
    void place_scores(Tile& inputs, Workspace&) const;

    [[nodiscard]] const DesignSpec& spec() const noexcept;
    [[nodiscard]] const SamplerPlan& sampler() const noexcept;

    /// Inputs and latents drawn as in `mc` because `sobol` has no more
    /// dimensions.
    [[nodiscard]] std::size_t n_padded() const noexcept;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hepta::sampling
