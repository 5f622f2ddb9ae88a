/// \file
/// Sine and cosine of a register, for kernels only: SLEEF's functions that
/// give the same bits for both instruction sets, error below 1.0 ulp.
#pragma once

#include "hepta/core/simd.hpp"

namespace hepta::functions::HEPTA_ISA {

using simd::Vec;

HEPTA_INLINE Vec sin(Vec a)
{
#if defined(__AVX512F__)
    return {Sleef_finz_sind8_u10avx512f(a.v)};
#else
    return {Sleef_finz_sind4_u10avx2(a.v)};
#endif
}

HEPTA_INLINE Vec cos(Vec a)
{
#if defined(__AVX512F__)
    return {Sleef_finz_cosd8_u10avx512f(a.v)};
#else
    return {Sleef_finz_cosd4_u10avx2(a.v)};
#endif
}

}  // namespace hepta::functions::HEPTA_ISA
