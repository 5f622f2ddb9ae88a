/// \file
/// Scrambled Sobol points over one tile, for kernels only.
#pragma once

#include "hepta/core/simd.hpp"
#include "hepta/core/tile.hpp"
#include "normal.hpp"
#include "philox.hpp"
#include "plan.hpp"

namespace hepta::sampling::HEPTA_ISA {

using namespace hepta::simd;

/// Neighbouring groups of n bits change places; m has ones in every other one.
template <int n>
HEPTA_INLINE Int swap_bits(Int x, std::int64_t m)
{
    return (shift_right<n>(x) & set_int(m)) | (shift_left<n>(x) & set_int(~m));
}

/// The lower halves become the upper ones, their bits in reverse order; what
/// is below is zero.
HEPTA_INLINE void reverse_into_upper(Int& a, Int& b)
{
    const Int lower = set_int(0xffffffff);
    Int x = (a & lower) | shift_left<32>(b);
    x = swap_bits<1>(x, 0x5555555555555555);
    x = swap_bits<2>(x, 0x3333333333333333);
    x = swap_bits<4>(x, 0x0f0f0f0f0f0f0f0f);
    x = swap_bits<8>(x, 0x00ff00ff00ff00ff);
    x = swap_bits<16>(x, 0x0000ffff0000ffff);
    a = shift_left<32>(x);
    b = x & set_int(~std::int64_t{0xffffffff});
}

/// The upper 32 bits of a coordinate, in reverse order in the lower half of
/// `x`, scrambled: bit i of the result is bit i of `x`, flipped or not by what
/// the key makes of the bits below it. What is in the upper half never matters.
HEPTA_INLINE Int scramble(Int x, Int key01, Int key23)
{
    x = x ^ multiply_low32(x, set_word(0x3d20adea));
    x = multiply_low32(x + key01, shift_right<32>(key01));
    x = multiply_low32(x, x + x + set_int(1)) + key23;
    x = x ^ multiply_low32(x, set_word(0x05526c56));
    x = multiply_low32(x, shift_right<32>(key23));
    return x ^ multiply_low32(x, set_word(0x53a22864));
}

/// What flips the lower 32 bits of a coordinate: the same for all points whose
/// scrambled upper bits are the same. The upper half never matters.
HEPTA_INLINE Int flips_of_lower(Int scrambled, Int key23)
{
    const Int p = multiply_low32(scrambled, set_word(philox_m0));
    return multiply_low32(p ^ shift_right<32>(p) ^ key23, set_word(philox_m1));
}

/// Writes the uniform draws of one coordinate after another.
class SobolTile
{
  public:
    HEPTA_INLINE SobolTile(const Plan& plan, std::uint64_t first_sample)
        : table_(plan.sampler.sobol),
          keys_(plan.keys),
          counters_(count_tile(plan.keys, first_sample, Purpose::draw)),
          first_key_(first_sample & (table_.key_period - 1))
    {
        std::uint64_t point = first_sample >> table_.log2_randomisations;
        for (std::uint32_t bit = 0; point != 0; ++bit, point >>= 1) {
            if (point % 2 != 0) {
                set_bits_[n_set_++] = bit * sobol_batch;
            }
        }
        while ((tile_lanes >> table_.log2_randomisations) >> n_low_ > 1) {
            for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
                const std::size_t p = lane >> table_.log2_randomisations;
                low_bits_[n_low_][lane] = (p >> n_low_) % 2 != 0 ? -1 : 0;
            }
            ++n_low_;
        }
    }

    HEPTA_INLINE void operator()(std::size_t coordinate,
                                 std::uint32_t id,
                                 double* u)
    {
        const std::size_t at = coordinate % sobol_batch;
        if (at == 0) {
            begin_batch(coordinate / sobol_batch);
        }
        const std::int64_t* keys = table_.keys[coordinate];
        if (keys == nullptr) {
            return draw_uniforms(keys_, counters_, id, u);
        }
        for (std::size_t i = 0; i < tile_lanes; i += batch * width) {
            Int x[batch];
            points(at, i, x);
            uniforms(keys, i, x, u);
        }
    }

  private:
    /// First points of the tile for the next coordinates.
    HEPTA_INLINE void begin_batch(std::size_t index)
    {
        directions_ =
            table_.directions + index * sobol_directions * sobol_batch;
        for (std::size_t i = 0; i < sobol_batch; i += width) {
            Int x = set_int(0);
            for (std::size_t k = 0; k < n_set_; ++k) {
                x = x ^ load_int(directions_ + set_bits_[k] + i);
            }
            store_int(first_ + i, x);
        }
    }

    template <std::size_t n>
    HEPTA_INLINE void points(std::size_t at,
                             std::size_t lane,
                             Int (&x)[n]) const
    {
        for (Int& lanes : x) {
            lanes = set_int(first_[at]);
        }
        for (std::size_t k = 0; k < n_low_; ++k) {
            const Int direction = set_int(directions_[k * sobol_batch + at]);
            for (std::size_t j = 0; j < n; ++j) {
                const Int mask = load_int(low_bits_[k] + lane + j * width);
                x[j] = x[j] ^ (mask & direction);
            }
        }
    }

    template <std::size_t n>
    HEPTA_INLINE void uniforms(const std::int64_t* keys,
                               std::size_t lane,
                               Int (&x)[n],
                               double* u) const
    {
        Int lower[n];
        for (std::size_t j = 0; j < n; ++j) {
            const std::int64_t* key = keys + ((first_key_ + lane + j * width) &
                                              (table_.key_period - 1));
            const Int key01 = load_int(key);
            const Int key23 = load_int(key + table_.key_period);
            lower[j] = shift_right<32>(x[j]);
            x[j] = scramble(x[j], key01, key23);
            lower[j] = lower[j] ^ flips_of_lower(x[j], key23);
        }
        for (std::size_t j = 0; j < n; j += 2) {
            reverse_into_upper(x[j], x[j + 1]);
        }
        for (std::size_t j = 0; j < n; ++j) {
            const Int word = x[j] | (lower[j] & set_int(0xffffffff));
            store(u + lane + j * width, to_uniform(word));
        }
    }

    const SobolTable& table_;
    const RoundKeys& keys_;
    TileCounters counters_;
    std::size_t first_key_;
    /// Bits of the tile's first point, as offsets into the directions.
    std::size_t n_set_ = 0;
    std::size_t set_bits_[sobol_directions];
    /// Bits that tell its other points from the first: [bit][lane], all ones
    /// where set.
    std::size_t n_low_ = 0;
    alignas(row_alignment) std::int64_t low_bits_[5][tile_lanes];
    const std::int64_t* directions_ = nullptr;
    alignas(row_alignment) std::int64_t first_[sobol_batch];
};

}  // namespace hepta::sampling::HEPTA_ISA
