/// \file
/// Philox4x32-10 over the counters of one tile, for kernels only.
///
/// Source: Salmon, Moraes, Dror & Shaw (2011), doi:10.1145/2063384.2063405.
/// Words live in the low halves of 64-bit lanes; what the high halves hold
/// never matters.
#pragma once

#include "hepta/core/simd.hpp"
#include "hepta/core/tile.hpp"
#include "plan.hpp"

namespace hepta::sampling::HEPTA_ISA {

using namespace hepta::simd;

inline constexpr std::uint32_t philox_m0 = 0xD2511F53;
inline constexpr std::uint32_t philox_m1 = 0xCD9E8D57;

/// Counters of a tile: 16, each of which serves two samples.
inline constexpr std::size_t n_counters = tile_lanes / 2;
inline constexpr std::size_t counter_vectors = n_counters / width;

struct Words
{
    Int w0, w1, w2, w3;
};

/// What the first two rounds make of the counters alone, before an input id
/// enters: the same for all inputs of a tile.
struct TileCounters
{
    std::uint32_t high;  ///< upper word of the counter, the same in all lanes
    Int w0[counter_vectors], w1[counter_vectors], w2[counter_vectors];
};

HEPTA_INLINE Int set_word(std::uint32_t x)
{
    return set_int(static_cast<std::int64_t>(x));
}

HEPTA_INLINE TileCounters count_tile(const RoundKeys& keys,
                                     std::uint64_t first_sample,
                                     Purpose purpose)
{
    const Int last_word = set_word(static_cast<std::uint32_t>(purpose));
    const std::uint64_t first = first_sample / 2;
    TileCounters counters;
    counters.high = static_cast<std::uint32_t>(first >> 32);
    for (std::size_t i = 0; i < counter_vectors; ++i) {
        alignas(row_alignment) std::int64_t c[width];
        for (std::size_t lane = 0; lane < width; ++lane) {
            c[lane] = static_cast<std::int64_t>(first + i * width + lane);
        }
        const Int p0 = multiply_low32(load_int(c), set_word(philox_m0));
        const Int w2 = shift_right<32>(p0) ^ last_word ^ set_int(keys.high[0]);
        const Int p1 = multiply_low32(w2, set_word(philox_m1));
        counters.w0[i] = shift_right<32>(p1) ^ set_int(keys.low[1]);
        counters.w1[i] = p1;
        counters.w2[i] = p0 ^ set_int(keys.high[1]);
    }
    return counters;
}

/// The part of the first two rounds that is the same in all lanes.
struct InputWords
{
    Int w0, w2, w3;
};

HEPTA_INLINE InputWords begin_input(const RoundKeys& keys,
                                    std::uint32_t counter_high,
                                    std::uint32_t id)
{
    const std::uint64_t p1 = std::uint64_t{philox_m1} * id;
    const auto w0 = static_cast<std::uint32_t>(p1 >> 32) ^ counter_high ^
                    static_cast<std::uint32_t>(keys.low[0]);
    const std::uint64_t p0 = std::uint64_t{philox_m0} * w0;
    return {set_word(static_cast<std::uint32_t>(p1)),
            set_word(static_cast<std::uint32_t>(p0 >> 32)),
            set_word(static_cast<std::uint32_t>(p0))};
}

/// Rounds 3 to 10 of two counters together: the latency of one hides behind
/// the other.
HEPTA_INLINE void finish_rounds(const RoundKeys& keys, Words (&pair)[2])
{
    const Int m0 = set_word(philox_m0), m1 = set_word(philox_m1);
#pragma GCC unroll 8
    for (int round = 2; round < 10; ++round) {
        const Int low = set_int(keys.low[round]);
        const Int high = set_int(keys.high[round]);
        for (Words& w : pair) {
            const Int p0 = multiply_low32(w.w0, m0);
            const Int p1 = multiply_low32(w.w2, m1);
            w = {shift_right<32>(p1) ^ w.w1 ^ low,
                 p1,
                 shift_right<32>(p0) ^ w.w3 ^ high,
                 p0};
        }
    }
}

/// Output of the counters in registers i and i + 1.
HEPTA_INLINE void philox(const RoundKeys& keys,
                         const TileCounters& counters,
                         const InputWords& input,
                         std::size_t i,
                         Words (&pair)[2])
{
    for (std::size_t j = 0; j < 2; ++j) {
        pair[j] = {counters.w0[i + j] ^ input.w0,
                   counters.w1[i + j],
                   counters.w2[i + j] ^ input.w2,
                   input.w3};
    }
    finish_rounds(keys, pair);
}

/// (k + 1/2) 2^-52 with k the upper 52 bits of the word.
HEPTA_INLINE Vec to_uniform(Int word)
{
    const Int k = shift_right<12>(word);
    const Vec one_to_two = from_bits(k | set_int(0x3ff0000000000000));
    return one_to_two - set(1.0 - 0x1p-53);
}

HEPTA_INLINE Vec to_uniform(Int low, Int high)
{
    return to_uniform(shift_left<32>(high) | (low & set_int(0xffffffff)));
}

/// Uniform draws of input `id` for the 32 samples of the tile.
HEPTA_INLINE void draw_uniforms(const RoundKeys& keys,
                                const TileCounters& counters,
                                std::uint32_t id,
                                double* u)
{
    const InputWords input = begin_input(keys, counters.high, id);
    for (std::size_t i = 0; i < counter_vectors; i += 2) {
        Words pair[2];
        philox(keys, counters, input, i, pair);
        for (std::size_t j = 0; j < 2; ++j) {
            // Eight counters serve sixteen samples, the first eight of them
            // from words 0 and 1.
            const std::size_t counter = (i + j) * width;
            double* lanes = u + counter / 8 * 16 + counter % 8;
            store(lanes, to_uniform(pair[j].w0, pair[j].w1));
            store(lanes + 8, to_uniform(pair[j].w2, pair[j].w3));
        }
    }
}

}  // namespace hepta::sampling::HEPTA_ISA
