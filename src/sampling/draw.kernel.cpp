// GCC 12 reports the undefined register that its own AVX-512 intrinsics pass on
// purpose (GCC bug 105593).
#pragma GCC diagnostic ignored "-Wuninitialized"

#include "draw.hpp"

#include "evaluate.hpp"
#include "hepta/core/simd.hpp"
#include "hepta/core/tile.hpp"
#include "normal.hpp"
#include "philox.hpp"
#include "plan.hpp"

namespace hepta::sampling::HEPTA_ISA {
namespace {

struct alignas(row_alignment) Row
{
    double lane[tile_lanes];
};

HEPTA_INLINE double* row_of(double* tile, std::size_t row)
{
    return tile + row * tile_lanes;
}

void row_of_scores(const double* u, double* z)
{
    for (std::size_t lane = 0; lane < tile_lanes; lane += batch * width) {
        scores_of(u + lane, z + lane);
    }
}

void row_of_probabilities(const double* z, double* u)
{
    for (std::size_t lane = 0; lane < tile_lanes; lane += batch * width) {
        probabilities_of(z + lane, u + lane);
    }
}

void draw_independent(const Plan& plan,
                      const TileCounters& counters,
                      double* inputs)
{
    Row numbers;
    for (std::size_t i = 0; i < plan.draws.n; ++i) {
        const Value& value = plan.draws.data[i];
        draw_uniforms(plan.keys, counters, value.from, numbers.lane);
        if (takes_score(value.quantile.shape)) {
            row_of_scores(numbers.lane, numbers.lane);
        }
        evaluate(value.quantile, numbers.lane, row_of(inputs, value.row));
    }
}

/// Scores of the block become its factor times themselves, from the last
/// member up, since member i needs the draws of members 0 ... i.
void correlate(const Block& block, double* scores)
{
    double* z = row_of(scores, block.first);
    for (std::size_t i = block.n; i-- > 0;) {
        const double* factor = block.factor + i * (i + 1) / 2;
        for (std::size_t lane = 0; lane < tile_lanes; lane += width) {
            Vec sum = set(factor[0]) * load(z + lane);
            for (std::size_t j = 1; j <= i; ++j) {
                sum = fma(set(factor[j]), load(row_of(z, j) + lane), sum);
            }
            store(row_of(z, i) + lane, sum);
        }
    }
}

void add_factor(const Loading& loading, double* scores)
{
    double* z = row_of(scores, loading.score);
    const double* factor = row_of(scores, loading.factor);
    for (std::size_t lane = 0; lane < tile_lanes; lane += width) {
        const Vec own = set(loading.own) * load(z + lane);
        store(z + lane, fma(set(loading.loading), load(factor + lane), own));
    }
}

void draw_correlated(const Plan& plan,
                     const TileCounters& counters,
                     double* inputs,
                     double* scores)
{
    for (std::size_t i = 0; i < plan.score_ids.n; ++i) {
        double* z = row_of(scores, i);
        draw_uniforms(plan.keys, counters, plan.score_ids.data[i], z);
        row_of_scores(z, z);
    }
    for (std::size_t i = 0; i < plan.blocks.n; ++i) {
        correlate(plan.blocks.data[i], scores);
    }
    for (std::size_t i = 0; i < plan.loadings.n; ++i) {
        add_factor(plan.loadings.data[i], scores);
    }
    Row u;
    for (std::size_t i = 0; i < plan.correlated.n; ++i) {
        const Value& value = plan.correlated.data[i];
        const double* numbers = row_of(scores, value.from);
        if (!takes_score(value.quantile.shape)) {
            row_of_probabilities(numbers, u.lane);
            numbers = u.lane;
        }
        evaluate(value.quantile, numbers, row_of(inputs, value.row));
    }
}

}  // namespace

void draw(const Plan& plan,
          std::uint64_t first_sample,
          double* inputs,
          double* scores)
{
    const TileCounters counters = count_tile(plan.keys, first_sample);
    draw_independent(plan, counters, inputs);
    draw_correlated(plan, counters, inputs, scores);
    place_knots(plan, inputs);
}

void place_knots(const Plan& plan, double* inputs)
{
    Row u, z;
    for (std::size_t i = 0; i < plan.knot_groups.n; ++i) {
        const KnotGroup& group = plan.knot_groups.data[i];
        for_row(row_of(inputs, group.quantile_row), u.lane, [](Vec x) {
            return max(min(x, set(1.0 - 0x1p-53)), set(0x1p-53));
        });
        row_of_scores(u.lane, z.lane);
        for (std::size_t k = 0; k < group.n; ++k) {
            const Value& knot = plan.knots.data[group.first + k];
            evaluate(knot.quantile,
                     takes_score(knot.quantile.shape) ? z.lane : u.lane,
                     row_of(inputs, knot.row));
        }
    }
}

}  // namespace hepta::sampling::HEPTA_ISA
