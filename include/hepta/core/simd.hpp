/// \file
/// A register of doubles with the operations the kernels need.
///
/// Sources that include this header are compiled once per instruction set,
/// with HEPTA_ISA defined as `avx2` or `avx512` (see cmake/HeptaKernels.cmake)
/// and everything they define inside `namespace HEPTA_ISA`. The two sets give
/// the same bits lane by lane: each operation here is correctly rounded, is an
/// exact bit operation, or is a deterministic function of SLEEF.
#pragma once

#if defined(__AVX512F__)
#include "hepta/core/simd_avx512.hpp"
#elif defined(__AVX2__) && defined(__FMA__)
#include "hepta/core/simd_avx2.hpp"
#else
#error "kernels need AVX2 and FMA, or AVX-512"
#endif

namespace hepta::simd {
inline namespace HEPTA_ISA {

HEPTA_INLINE Vec abs(Vec a)
{
    return from_bits(bits(a) & set_int(0x7fffffffffffffff));
}
/// |a| with the sign of b.
HEPTA_INLINE Vec copysign(Vec a, Vec b)
{
    return from_bits((bits(a) & set_int(0x7fffffffffffffff)) |
                     (bits(b) & set_int(INT64_MIN)));
}
HEPTA_INLINE Vec& operator+=(Vec& a, Vec b)
{
    return a = a + b;
}
HEPTA_INLINE Vec& operator-=(Vec& a, Vec b)
{
    return a = a - b;
}
HEPTA_INLINE Vec& operator*=(Vec& a, Vec b)
{
    return a = a * b;
}

/// The non-negative integers below 2^52 in `a`, as doubles (exact).
HEPTA_INLINE Vec to_double(Int a)
{
    const Int magic = set_int(0x4330000000000000);  // the bits of 2^52
    return from_bits(a | magic) - from_bits(magic);
}
/// round(a) as an integer, ties to even; |a| < 2^51.
HEPTA_INLINE Int to_int(Vec a)
{
    const Vec magic = set(6755399441055744.0);  // 1.5 2^52
    return bits(a + magic) - bits(magic);
}

}  // namespace HEPTA_ISA
}  // namespace hepta::simd
