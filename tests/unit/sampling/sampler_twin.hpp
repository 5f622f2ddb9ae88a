/// \file
/// One uniform number of each sampler at a time, written from the text at class
/// Design, with Random123 and Boost.Random.
#pragma once

#include "hepta/sampling/design.hpp"
#include "hepta/sampling/sobol_points.hpp"
#include "scalar_twin.hpp"

#include <bit>
#include <cstdint>
#include <string_view>

namespace hepta::sampling {

inline std::uint32_t reverse_bits(std::uint32_t x)
{
    std::uint32_t reversed = 0;
    for (int bit = 0; bit < 32; ++bit) {
        reversed = reversed << 1 | (x >> bit & 1);
    }
    return reversed;
}

/// \param directions  [64], of the input's dimension
inline double twin_sobol(std::uint64_t seed,
                         std::uint64_t sample,
                         std::string_view name,
                         const std::uint64_t* directions,
                         std::uint32_t n_randomisations)
{
    const std::uint64_t point =
        sobol_integer(directions, sample / n_randomisations);
    const auto k = twin_words(seed, sample % n_randomisations, name, 1);
    std::uint32_t x = reverse_bits(static_cast<std::uint32_t>(point >> 32));
    x ^= 0x3d20adeau * x;
    x = (x + k[0]) * (k[1] | 1);
    x = x * (2 * x + 1) + k[2];
    x ^= 0x05526c56u * x;
    x = x * (k[3] | 1);
    x ^= 0x53a22864u * x;
    const std::uint64_t p = std::uint64_t{0xd2511f53} * x;
    const auto q =
        static_cast<std::uint32_t>(0xcd9e8d57u * (p ^ p >> 32 ^ k[2]));
    const std::uint64_t word = std::uint64_t{reverse_bits(x)} << 32 |
                               (static_cast<std::uint32_t>(point) ^ q);
    return twin_uniform(word >> 12);
}

/// Stratum of a sample in a hypercube of n.
inline std::uint64_t twin_stratum(std::uint64_t seed,
                                  std::uint64_t sample,
                                  std::string_view name,
                                  std::uint64_t n)
{
    const auto first = twin_words(seed, 0, name, 2);
    const auto second = twin_words(seed, 1, name, 2);
    const std::uint32_t key[] = {
        first[0], first[1], first[2], first[3], second[0], second[1]};
    const std::uint64_t w = std::uint64_t{second[3]} << 32 | second[2];
    const auto f = [&](std::uint64_t x, int t) {
        const std::uint64_t p =
            std::uint64_t{0xd2511f53} * static_cast<std::uint32_t>(x + key[t]);
        const auto mixed = static_cast<std::uint32_t>(p ^ p >> 32);
        return std::uint64_t{0xcd9e8d57} * mixed >> 32;
    };
    const auto n_bits = static_cast<int>(std::bit_width(n - 1));
    const int n_low = n_bits / 2;
    const std::uint64_t low_mask = (std::uint64_t{1} << n_low) - 1;
    const std::uint64_t high_mask = (std::uint64_t{1} << (n_bits - n_low)) - 1;
    std::uint64_t i = sample;
    do {
        std::uint64_t low = i & low_mask, high = i >> n_low;
        for (int t = 0; t < 6; t += 2) {
            low ^= f(high, t) & low_mask;
            high ^= f(low, t + 1) & high_mask;
        }
        i = high << n_low | low;
    } while (i >= n);
    return (i + w % n) % n;
}

inline double twin_lhs(std::uint64_t seed,
                       std::uint64_t sample,
                       std::string_view name,
                       std::uint64_t n)
{
    const auto n_bits = static_cast<int>(std::bit_width(n - 1));
    const std::uint64_t j = twin_number(seed, sample, name, 3) >> n_bits;
    const double place =
        static_cast<double>(twin_stratum(seed, sample, name, n)) +
        (static_cast<double>(j) + 0.5) * std::ldexp(1.0, n_bits - 52);
    return place / static_cast<double>(n);
}

/// Stratum of u among n, without rounding.
inline std::uint64_t stratum_of(double u, std::uint64_t n)
{
    __extension__ typedef unsigned __int128 Wide;
    const auto scaled = static_cast<std::uint64_t>(std::ldexp(u, 53));
    return static_cast<std::uint64_t>(Wide{scaled} * n >> 53);
}

}  // namespace hepta::sampling
