/// \file
/// A Latin hypercube over one tile, for kernels only.
#pragma once

#include "hepta/core/simd.hpp"
#include "hepta/core/tile.hpp"
#include "normal.hpp"
#include "philox.hpp"
#include "plan.hpp"

namespace hepta::sampling::HEPTA_ISA {

using namespace hepta::simd;

/// An index of low_bits + high_bits bits, in two parts.
struct Index
{
    Int low, high;
};

/// Bits of a keyed mixture of the lower halves.
HEPTA_INLINE Int mixture(Int x, std::int64_t key)
{
    const Int p = multiply_low32(x + set_int(key), set_word(philox_m0));
    const Int q = multiply_low32(p ^ shift_right<32>(p), set_word(philox_m1));
    return shift_right<32>(q);
}

class LhsTile
{
  public:
    HEPTA_INLINE LhsTile(const Plan& plan, std::uint64_t first_sample)
        : table_(plan.sampler.lhs),
          keys_(plan.keys),
          counters_(count_tile(plan.keys, first_sample, Purpose::jitter))
    {
        const std::uint32_t n_bits = table_.low_bits + table_.high_bits;
        n_ = static_cast<double>(table_.n_samples);
        low_mask_ = (std::int64_t{1} << table_.low_bits) - 1;
        high_mask_ = (std::int64_t{1} << table_.high_bits) - 1;
        n_low_ = static_cast<double>(low_mask_ + 1);
        n_jitters_ = static_cast<double>(std::int64_t{1} << (52 - n_bits));
        for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
            std::uint64_t s = first_sample + lane;
            s = s < table_.n_samples ? s : table_.n_samples - 1;
            low_[lane] = static_cast<std::int64_t>(s) & low_mask_;
            high_[lane] = static_cast<std::int64_t>(s >> table_.low_bits);
        }
    }

    HEPTA_INLINE void operator()(std::size_t coordinate,
                                 std::uint32_t id,
                                 double* u) const
    {
        const std::int64_t* key = table_.keys + coordinate * lhs_key_words;
        draw_uniforms(keys_, counters_, id, u);
        for (std::size_t i = 0; i < tile_lanes; i += batch * width) {
            Vec stratum[batch];
            strata(key, i, stratum);
            for (std::size_t j = 0; j < batch; ++j) {
                double* lanes = u + i + j * width;
                const Vec jitter =
                    floor(load(lanes) * set(n_jitters_)) + set(0.5);
                const Vec place =
                    fma(jitter, set(1.0 / n_jitters_), stratum[j]);
                store(lanes, place / set(n_));
            }
        }
    }

  private:
    /// Permutations of the power of two above, repeated until below n, then a
    /// rotation.
    HEPTA_INLINE void strata(const std::int64_t* key,
                             std::size_t lane,
                             Vec (&stratum)[batch]) const
    {
        Index index[batch];
        for (std::size_t j = 0; j < batch; ++j) {
            index[j] = {load_int(low_ + lane + j * width),
                        load_int(high_ + lane + j * width)};
        }
        permute(key, index);
        const Vec rotation = set(static_cast<double>(key[lhs_key_words - 1]));
        for (std::size_t j = 0; j < batch; ++j) {
            const Vec rotated = inside(key, index[j]) + rotation;
            stratum[j] = rotated - keep(set(n_) <= rotated, set(n_));
        }
    }

    HEPTA_INLINE Vec inside(const std::int64_t* key,
                            const Index& permuted) const
    {
        Index index[1] = {permuted};
        Vec result = number_of(permuted);
        Mask done = result < set(n_);
        while (!all(done)) {
            permute(key, index);
            result = select(done, result, number_of(index[0]));
            done = result < set(n_);
        }
        return result;
    }

    HEPTA_INLINE Vec number_of(const Index& index) const
    {
        return fma(to_double(index.high), set(n_low_), to_double(index.low));
    }

    /// A Feistel network of parts of unequal size, six rounds.
    template <std::size_t n>
    HEPTA_INLINE void permute(const std::int64_t* key, Index (&index)[n]) const
    {
#pragma GCC unroll 3
        for (int round = 0; round < 6; round += 2) {
            for (Index& i : index) {
                i.low =
                    i.low ^ (mixture(i.high, key[round]) & set_int(low_mask_));
            }
            for (Index& i : index) {
                i.high = i.high ^
                         (mixture(i.low, key[round + 1]) & set_int(high_mask_));
            }
        }
    }

    const LhsTable& table_;
    const RoundKeys& keys_;
    TileCounters counters_;
    double n_, n_low_, n_jitters_;
    std::int64_t low_mask_, high_mask_;
    alignas(row_alignment) std::int64_t low_[tile_lanes];
    alignas(row_alignment) std::int64_t high_[tile_lanes];
};

}  // namespace hepta::sampling::HEPTA_ISA
