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

struct Plan
{
    RoundKeys keys;
    Array<Value> draws;              ///< independent inputs
    Array<std::uint32_t> score_ids;  ///< of the rows of scores
    Array<Block> blocks;
    Array<Loading> loadings;
    Array<Value> correlated;  ///< inputs made from rows of scores
    Array<KnotGroup> knot_groups;
    Array<Value> knots;
};

}  // namespace hepta::sampling
