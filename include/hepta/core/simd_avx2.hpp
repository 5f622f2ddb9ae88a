/// \file
/// A register of four doubles, by AVX2 and FMA; sources include simd.hpp. What
/// the operations mean is said in simd_avx512.hpp.
#pragma once

#include "hepta/core/kernel.hpp"

#include <immintrin.h>
#include <sleef.h>

#include <cstddef>
#include <cstdint>

namespace hepta::simd {
inline namespace HEPTA_ISA {

inline constexpr std::size_t width = 4;

struct Mask
{
    __m256d m;
};
struct Vec
{
    __m256d v;
};
struct Int
{
    __m256i v;
};

HEPTA_INLINE Vec load(const double* p)
{
    return {_mm256_load_pd(p)};
}
HEPTA_INLINE void store(double* p, Vec a)
{
    _mm256_store_pd(p, a.v);
}
HEPTA_INLINE Vec set(double x)
{
    return {_mm256_set1_pd(x)};
}
HEPTA_INLINE Vec operator+(Vec a, Vec b)
{
    return {_mm256_add_pd(a.v, b.v)};
}
HEPTA_INLINE Vec operator-(Vec a, Vec b)
{
    return {_mm256_sub_pd(a.v, b.v)};
}
HEPTA_INLINE Vec operator*(Vec a, Vec b)
{
    return {_mm256_mul_pd(a.v, b.v)};
}
HEPTA_INLINE Vec operator/(Vec a, Vec b)
{
    return {_mm256_div_pd(a.v, b.v)};
}
HEPTA_INLINE Vec fma(Vec a, Vec b, Vec c)
{
    return {_mm256_fmadd_pd(a.v, b.v, c.v)};
}
HEPTA_INLINE Vec fms(Vec a, Vec b, Vec c)
{
    return {_mm256_fmsub_pd(a.v, b.v, c.v)};
}
HEPTA_INLINE Vec fnma(Vec a, Vec b, Vec c)
{
    return {_mm256_fnmadd_pd(a.v, b.v, c.v)};
}
HEPTA_INLINE Vec min(Vec a, Vec b)
{
    return {_mm256_min_pd(a.v, b.v)};
}
HEPTA_INLINE Vec max(Vec a, Vec b)
{
    return {_mm256_max_pd(a.v, b.v)};
}
HEPTA_INLINE Vec sqrt(Vec a)
{
    return {_mm256_sqrt_pd(a.v)};
}
HEPTA_INLINE Vec floor(Vec a)
{
    return {_mm256_floor_pd(a.v)};
}
HEPTA_INLINE Mask operator<(Vec a, Vec b)
{
    return {_mm256_cmp_pd(a.v, b.v, _CMP_LT_OQ)};
}
HEPTA_INLINE Mask operator<=(Vec a, Vec b)
{
    return {_mm256_cmp_pd(a.v, b.v, _CMP_LE_OQ)};
}
HEPTA_INLINE Mask operator==(Vec a, Vec b)
{
    return {_mm256_cmp_pd(a.v, b.v, _CMP_EQ_OQ)};
}
HEPTA_INLINE Mask operator&(Mask a, Mask b)
{
    return {_mm256_and_pd(a.m, b.m)};
}
HEPTA_INLINE Mask operator|(Mask a, Mask b)
{
    return {_mm256_or_pd(a.m, b.m)};
}
HEPTA_INLINE Mask operator!(Mask a)
{
    return {_mm256_xor_pd(a.m, _mm256_castsi256_pd(_mm256_set1_epi64x(-1)))};
}
HEPTA_INLINE unsigned bits_of(Mask a)
{
    return static_cast<unsigned>(_mm256_movemask_pd(a.m));
}
HEPTA_INLINE bool any(Mask a)
{
    return bits_of(a) != 0;
}
HEPTA_INLINE bool all(Mask a)
{
    return bits_of(a) == 0xf;
}
HEPTA_INLINE Vec select(Mask m, Vec a, Vec b)
{
    return {_mm256_blendv_pd(b.v, a.v, m.m)};
}
HEPTA_INLINE Vec keep(Mask m, Vec a)
{
    return {_mm256_and_pd(m.m, a.v)};
}
HEPTA_INLINE Vec gather(const double* table, Int i)
{
    return {_mm256_i64gather_pd(table, i.v, 8)};
}
HEPTA_INLINE Int bits(Vec a)
{
    return {_mm256_castpd_si256(a.v)};
}
HEPTA_INLINE Vec from_bits(Int a)
{
    return {_mm256_castsi256_pd(a.v)};
}
HEPTA_INLINE Int set_int(std::int64_t x)
{
    return {_mm256_set1_epi64x(x)};
}
HEPTA_INLINE Int load_int(const std::int64_t* p)
{
    return {_mm256_load_si256(reinterpret_cast<const __m256i*>(p))};
}
HEPTA_INLINE void store_int(std::int64_t* p, Int a)
{
    _mm256_store_si256(reinterpret_cast<__m256i*>(p), a.v);
}
HEPTA_INLINE Int operator+(Int a, Int b)
{
    return {_mm256_add_epi64(a.v, b.v)};
}
HEPTA_INLINE Int operator-(Int a, Int b)
{
    return {_mm256_sub_epi64(a.v, b.v)};
}
HEPTA_INLINE Int operator&(Int a, Int b)
{
    return {_mm256_and_si256(a.v, b.v)};
}
HEPTA_INLINE Int operator|(Int a, Int b)
{
    return {_mm256_or_si256(a.v, b.v)};
}
HEPTA_INLINE Int operator^(Int a, Int b)
{
    return {_mm256_xor_si256(a.v, b.v)};
}
template <int n>
HEPTA_INLINE Int shift_right(Int a)
{
    return {_mm256_srli_epi64(a.v, n)};
}
template <int n>
HEPTA_INLINE Int shift_left(Int a)
{
    return {_mm256_slli_epi64(a.v, n)};
}
HEPTA_INLINE Int multiply_low32(Int a, Int b)
{
    return {_mm256_mul_epu32(a.v, b.v)};
}
HEPTA_INLINE Vec exp(Vec a)
{
    return {Sleef_finz_expd4_u10avx2(a.v)};
}
HEPTA_INLINE Vec log(Vec a)
{
    return {Sleef_finz_logd4_u10avx2(a.v)};
}

}  // namespace HEPTA_ISA
}  // namespace hepta::simd
