/// \file
/// A register of eight doubles, by AVX-512; sources include simd.hpp.
#pragma once

#include "hepta/core/kernel.hpp"

#include <immintrin.h>
#include <sleef.h>

#include <cstddef>
#include <cstdint>

namespace hepta::simd {
inline namespace HEPTA_ISA {

inline constexpr std::size_t width = 8;

/// One bit or lane mask per double.
struct Mask
{
    __mmask8 m;
};
struct Vec
{
    __m512d v;
};
/// 64-bit integers in the same register.
struct Int
{
    __m512i v;
};

HEPTA_INLINE Vec load(const double* p)
{
    return {_mm512_load_pd(p)};
}
HEPTA_INLINE void store(double* p, Vec a)
{
    _mm512_store_pd(p, a.v);
}
HEPTA_INLINE Vec set(double x)
{
    return {_mm512_set1_pd(x)};
}
HEPTA_INLINE Vec operator+(Vec a, Vec b)
{
    return {_mm512_add_pd(a.v, b.v)};
}
HEPTA_INLINE Vec operator-(Vec a, Vec b)
{
    return {_mm512_sub_pd(a.v, b.v)};
}
HEPTA_INLINE Vec operator*(Vec a, Vec b)
{
    return {_mm512_mul_pd(a.v, b.v)};
}
HEPTA_INLINE Vec operator/(Vec a, Vec b)
{
    return {_mm512_div_pd(a.v, b.v)};
}
/// a b + c, rounded once.
HEPTA_INLINE Vec fma(Vec a, Vec b, Vec c)
{
    return {_mm512_fmadd_pd(a.v, b.v, c.v)};
}
/// a b - c, rounded once.
HEPTA_INLINE Vec fms(Vec a, Vec b, Vec c)
{
    return {_mm512_fmsub_pd(a.v, b.v, c.v)};
}
/// c - a b, rounded once.
HEPTA_INLINE Vec fnma(Vec a, Vec b, Vec c)
{
    return {_mm512_fnmadd_pd(a.v, b.v, c.v)};
}
/// The second argument where either is NaN, as the instruction defines it.
HEPTA_INLINE Vec min(Vec a, Vec b)
{
    return {_mm512_min_pd(a.v, b.v)};
}
HEPTA_INLINE Vec max(Vec a, Vec b)
{
    return {_mm512_max_pd(a.v, b.v)};
}
HEPTA_INLINE Vec sqrt(Vec a)
{
    return {_mm512_sqrt_pd(a.v)};
}
HEPTA_INLINE Vec floor(Vec a)
{
    return {
        _mm512_roundscale_pd(a.v, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC)};
}
HEPTA_INLINE Mask operator<(Vec a, Vec b)
{
    return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_LT_OQ)};
}
HEPTA_INLINE Mask operator<=(Vec a, Vec b)
{
    return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_LE_OQ)};
}
HEPTA_INLINE Mask operator==(Vec a, Vec b)
{
    return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_EQ_OQ)};
}
HEPTA_INLINE Mask operator&(Mask a, Mask b)
{
    return {static_cast<__mmask8>(a.m & b.m)};
}
HEPTA_INLINE Mask operator|(Mask a, Mask b)
{
    return {static_cast<__mmask8>(a.m | b.m)};
}
HEPTA_INLINE Mask operator!(Mask a)
{
    return {static_cast<__mmask8>(~a.m)};
}
HEPTA_INLINE bool any(Mask a)
{
    return a.m != 0;
}
HEPTA_INLINE bool all(Mask a)
{
    return a.m == 0xff;
}
/// Bit i is lane i.
HEPTA_INLINE unsigned bits_of(Mask a)
{
    return a.m;
}
/// `a` where the mask is set, else `b`.
HEPTA_INLINE Vec select(Mask m, Vec a, Vec b)
{
    return {_mm512_mask_blend_pd(m.m, b.v, a.v)};
}
/// `a` where the mask is set, else 0.
HEPTA_INLINE Vec keep(Mask m, Vec a)
{
    return {_mm512_maskz_mov_pd(m.m, a.v)};
}
/// table[i] for each lane; indices within the table.
HEPTA_INLINE Vec gather(const double* table, Int i)
{
    return {_mm512_i64gather_pd(i.v, table, 8)};
}
HEPTA_INLINE Int bits(Vec a)
{
    return {_mm512_castpd_si512(a.v)};
}
HEPTA_INLINE Vec from_bits(Int a)
{
    return {_mm512_castsi512_pd(a.v)};
}
HEPTA_INLINE Int set_int(std::int64_t x)
{
    return {_mm512_set1_epi64(x)};
}
HEPTA_INLINE Int load_int(const std::int64_t* p)
{
    return {_mm512_load_si512(p)};
}
HEPTA_INLINE void store_int(std::int64_t* p, Int a)
{
    _mm512_store_si512(p, a.v);
}
HEPTA_INLINE Int operator+(Int a, Int b)
{
    return {_mm512_add_epi64(a.v, b.v)};
}
HEPTA_INLINE Int operator-(Int a, Int b)
{
    return {_mm512_sub_epi64(a.v, b.v)};
}
HEPTA_INLINE Int operator&(Int a, Int b)
{
    return {_mm512_and_si512(a.v, b.v)};
}
HEPTA_INLINE Int operator|(Int a, Int b)
{
    return {_mm512_or_si512(a.v, b.v)};
}
HEPTA_INLINE Int operator^(Int a, Int b)
{
    return {_mm512_xor_si512(a.v, b.v)};
}
template <int n>
HEPTA_INLINE Int shift_right(Int a)
{
    return {_mm512_srli_epi64(a.v, n)};
}
template <int n>
HEPTA_INLINE Int shift_left(Int a)
{
    return {_mm512_slli_epi64(a.v, n)};
}
/// 64-bit product of the low 32 bits of each lane, unsigned.
HEPTA_INLINE Int multiply_low32(Int a, Int b)
{
    return {_mm512_mul_epu32(a.v, b.v)};
}
HEPTA_INLINE Vec exp(Vec a)
{
    return {Sleef_finz_expd8_u10avx512f(a.v)};
}
HEPTA_INLINE Vec log(Vec a)
{
    return {Sleef_finz_logd8_u10avx512f(a.v)};
}

}  // namespace HEPTA_ISA
}  // namespace hepta::simd
