/// \file
/// What a design compiles to: plain arrays that the kernels walk.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hepta::sampling {

/// Quantile functions that the kernels know. The first four take the
/// probability, the others the standard normal score.
enum class Shape : std::uint32_t
{
    uniform,
    triangular,
    discrete,
    empirical,
    normal,
    lognormal,
    tabulated,
};

[[nodiscard]] constexpr bool takes_score(Shape shape) noexcept
{
    return shape >= Shape::normal;
}

/// A quantile function; the meaning of a ... e and of the table belongs to the
/// shape (see evaluate.hpp, its reader, and compile_quantile.cpp, its writer).
struct Quantile
{
    Shape shape = Shape::uniform;
    std::uint32_t n = 0;
    double a = 0.0, b = 0.0, c = 0.0, d = 0.0, e = 0.0;
    const double* table = nullptr;
};

/// Value of an input made from the number `from`: an input id for a draw, a
/// row of scores for a correlated input, nothing for a knot.
struct Value
{
    std::uint32_t from = 0;
    std::uint32_t row = 0;
    Quantile quantile;
};

/// Scores first ... first + n - 1 become `factor` times themselves; the
/// factor is lower triangular, packed by rows.
struct Block
{
    std::uint32_t first = 0;
    std::uint32_t n = 0;
    const double* factor = nullptr;
};

/// score = loading * score of factor + own * score
struct Loading
{
    std::uint32_t score = 0;
    std::uint32_t factor = 0;
    double loading = 0.0;
    double own = 1.0;
};

/// Knots first ... first + n - 1 share the quantile in `quantile_row`.
struct KnotGroup
{
    std::uint32_t quantile_row = 0;
    std::uint32_t first = 0;
    std::uint32_t n = 0;
};

/// Tables span [-score_limit, score_limit]; the scores of uniform draws stay
/// within 8.21.
inline constexpr double score_limit = 8.25;
inline constexpr std::size_t coefficients_per_piece = 8;

template <class T>
struct Array
{
    const T* data = nullptr;
    std::size_t n = 0;
};

/// Round keys of Philox: the seed, bumped by the Weyl constants; words of 32
/// bits in 64-bit lanes.
struct RoundKeys
{
    std::int64_t low[10] = {};
    std::int64_t high[10] = {};
};

/// Last word of a counter of Philox: what its output is for.
enum class Purpose : std::uint32_t
{
    draw = 0,
    scramble = 1,
    permute = 2,
    jitter = 3,
};

enum class Method : std::uint32_t
{
    plain,
    antithetic,
    sobol,
    lhs,
};

/// Coordinates whose directions stand side by side, and bits of a point.
inline constexpr std::size_t sobol_batch = 8;
inline constexpr std::size_t sobol_directions = 64;

struct SobolTable
{
    /// [coordinate / 8][bit of the point][coordinate % 8]: the upper 32 bits of
    /// the direction number in reverse order, below its lower 32 bits.
    const std::int64_t* directions = nullptr;
    /// By coordinate, null if padded: [2][key_period], the words (0, 1) and (2,
    /// 3) of each randomisation's key, words 1 and 3 odd.
    const std::int64_t* const* keys = nullptr;
    std::uint32_t log2_randomisations = 0;
    std::size_t key_period = 0;  ///< a power of two, at least 8
};

/// Words of a permutation's key: six rounds and the rotation.
inline constexpr std::size_t lhs_key_words = 7;

struct LhsTable
{
    const std::int64_t* keys = nullptr;  ///< [coordinate][lhs_key_words]
    std::uint64_t n_samples = 1;
    std::uint32_t low_bits = 0, high_bits = 0;  ///< of a sample's index
};

struct SamplerTable
{
    Method method = Method::plain;
    SobolTable sobol;
    LhsTable lhs;
};

/// score += shift, which the likelihood weight undoes
struct TiltedScore
{
    std::uint32_t score = 0;
    double shift = 0.0;
};

/// Coordinates of a sample are counted through `draws`, then `score_ids`.
struct Plan
{
    RoundKeys keys;
    SamplerTable sampler;
    Array<Value> draws;              ///< independent inputs
    Array<std::uint32_t> score_ids;  ///< of the rows of scores
    Array<TiltedScore> tilts;
    double half_sum_of_squared_shifts = 0.0;
    Array<Block> blocks;
    Array<Loading> loadings;
    Array<Value> correlated;  ///< inputs made from rows of scores
    Array<KnotGroup> knot_groups;
    Array<Value> knots;
};

}  // namespace hepta::sampling
