// GCC 12 reports the undefined register that its own AVX-512 intrinsics pass on
// purpose (GCC bug 105593).
#pragma GCC diagnostic ignored "-Wuninitialized"

#include "draw.hpp"

#include "evaluate.hpp"
#include "hepta/core/simd.hpp"
#include "hepta/core/tile.hpp"
#include "latin_hypercube.hpp"
#include "normal.hpp"
#include "philox.hpp"
#include "plan.hpp"
#include "sobol.hpp"

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

/// Out of line, since each sampler's loops call it.
void value_of(const Quantile& quantile, const double* numbers, double* value)
{
    evaluate(quantile, numbers, value);
}

// Samplers write the uniform draws of a coordinate, whose input has this id,
// for the samples of a tile; coordinates are asked for in ascending order.

class PlainTile
{
  public:
    HEPTA_INLINE PlainTile(const Plan& plan, std::uint64_t first_sample)
        : keys_(plan.keys),
          counters_(count_tile(plan.keys, first_sample, Purpose::draw))
    {
    }

    HEPTA_INLINE void operator()(std::size_t, std::uint32_t id, double* u) const
    {
        draw_uniforms(keys_, counters_, id, u);
    }

  private:
    const RoundKeys& keys_;
    TileCounters counters_;
};

class AntitheticTile
{
  public:
    HEPTA_INLINE AntitheticTile(const Plan& plan, std::uint64_t first_sample)
        : plain_(plan, first_sample)
    {
    }

    HEPTA_INLINE void operator()(std::size_t coordinate,
                                 std::uint32_t id,
                                 double* u) const
    {
        plain_(coordinate, id, u);
        for (std::size_t lane = 0; lane < tile_lanes; lane += 2) {
            u[lane + 1] = 1.0 - u[lane];
        }
    }

  private:
    PlainTile plain_;
};

template <class Sampler>
void draw_independent(const Plan& plan, Sampler& sampler, double* inputs)
{
    Row numbers;
    for (std::size_t i = 0; i < plan.draws.n; ++i) {
        const Value& value = plan.draws.data[i];
        sampler(i, value.from, numbers.lane);
        if (takes_score(value.quantile.shape)) {
            row_of_scores(numbers.lane, numbers.lane);
        }
        value_of(value.quantile, numbers.lane, row_of(inputs, value.row));
    }
}

template <class Sampler>
void draw_scores(const Plan& plan, Sampler& sampler, double* scores)
{
    for (std::size_t i = 0; i < plan.score_ids.n; ++i) {
        double* z = row_of(scores, i);
        sampler(plan.draws.n + i, plan.score_ids.data[i], z);
        row_of_scores(z, z);
    }
}

/// Shift the tilted scores; their likelihood weights follow the scores.
void tilt(const Plan& plan, double* scores)
{
    double* weights = row_of(scores, plan.score_ids.n);
    for (std::size_t lane = 0; lane < tile_lanes; lane += width) {
        Vec log_weight = set(plan.half_sum_of_squared_shifts);
        for (std::size_t i = 0; i < plan.tilts.n; ++i) {
            const TiltedScore& tilted = plan.tilts.data[i];
            double* z = row_of(scores, tilted.score) + lane;
            const Vec shifted = load(z) + set(tilted.shift);
            store(z, shifted);
            log_weight = fnma(set(tilted.shift), shifted, log_weight);
        }
        store(weights + lane, exp(log_weight));
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

/// Scores of the plan's draws become those of its inputs.
void correlate_all(const Plan& plan, double* scores)
{
    if (plan.tilts.n > 0) {
        tilt(plan, scores);
    }
    for (std::size_t i = 0; i < plan.blocks.n; ++i) {
        correlate(plan.blocks.data[i], scores);
    }
    for (std::size_t i = 0; i < plan.loadings.n; ++i) {
        add_factor(plan.loadings.data[i], scores);
    }
}

void place_correlated(const Plan& plan, double* inputs, const double* scores)
{
    Row u;
    for (std::size_t i = 0; i < plan.correlated.n; ++i) {
        const Value& value = plan.correlated.data[i];
        const double* numbers = scores + value.from * tile_lanes;
        if (!takes_score(value.quantile.shape)) {
            row_of_probabilities(numbers, u.lane);
            numbers = u.lane;
        }
        value_of(value.quantile, numbers, row_of(inputs, value.row));
    }
}

template <class Sampler>
void draw_with(const Plan& plan,
               std::uint64_t first_sample,
               double* inputs,
               double* scores)
{
    Sampler sampler(plan, first_sample);
    draw_independent(plan, sampler, inputs);
    draw_scores(plan, sampler, scores);
    correlate_all(plan, scores);
    place_correlated(plan, inputs, scores);
    place_knots(plan, inputs);
}

}  // namespace

void draw(const Plan& plan,
          std::uint64_t first_sample,
          double* inputs,
          double* scores)
{
    switch (plan.sampler.method) {
        case Method::plain:
            return draw_with<PlainTile>(plan, first_sample, inputs, scores);
        case Method::antithetic:
            return draw_with<AntitheticTile>(
                plan, first_sample, inputs, scores);
        case Method::sobol:
            return draw_with<SobolTile>(plan, first_sample, inputs, scores);
        case Method::lhs:
            return draw_with<LhsTile>(plan, first_sample, inputs, scores);
    }
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
            value_of(knot.quantile,
                     takes_score(knot.quantile.shape) ? z.lane : u.lane,
                     row_of(inputs, knot.row));
        }
    }
}

void place_scores(const Plan& plan, double* inputs, const double* scores)
{
    place_correlated(plan, inputs, scores);
    place_knots(plan, inputs);
}

void philox_words(const RoundKeys& keys,
                  std::uint32_t first,
                  std::uint32_t id,
                  Purpose purpose,
                  std::uint32_t* words)
{
    static_assert(philox_batch == n_counters);
    const TileCounters counters =
        count_tile(keys, std::uint64_t{2} * first, purpose);
    const InputWords input = begin_input(keys, counters.high, id);
    alignas(row_alignment) std::int64_t lanes[4][n_counters];
    for (std::size_t i = 0; i < counter_vectors; i += 2) {
        Words pair[2];
        philox(keys, counters, input, i, pair);
        for (std::size_t j = 0; j < 2; ++j) {
            const std::size_t at = (i + j) * width;
            store_int(lanes[0] + at, pair[j].w0);
            store_int(lanes[1] + at, pair[j].w1);
            store_int(lanes[2] + at, pair[j].w2);
            store_int(lanes[3] + at, pair[j].w3);
        }
    }
    for (std::size_t i = 0; i < 4 * n_counters; ++i) {
        words[i] =
            static_cast<std::uint32_t>(lanes[i / n_counters][i % n_counters]);
    }
}

}  // namespace hepta::sampling::HEPTA_ISA
