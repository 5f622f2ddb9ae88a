/// \file
/// Exponential and logarithm that the compiler can inline.
///
/// A call to SLEEF makes its caller store every register it still needs, and
/// takes twice the instructions: it covers all arguments. These cover what a
/// stage of the integration needs, and are not worth it anywhere else.
#pragma once

#include "hepta/core/simd.hpp"

namespace hepta::simd {
inline namespace HEPTA_ISA {

/// exp(a) within 1.1 ulp for |a| <= 700; NaN where `a` is NaN; outside, any
/// number.
///
/// 2^n exp(r), n = round(a / ln 2), with the polynomial of degree 11 that
/// interpolates (exp(r) - 1 - r) / r^2 at the Chebyshev nodes of |r| <= ln 2/2
/// (relative error of exp 1.3e-17).
HEPTA_INLINE Vec exp_inline(Vec a)
{
    const Vec magic = set(6755399441055744.0);  // 1.5 2^52
    const Vec shifted = fma(a, set(0x1.71547652b82fep+0), magic);
    const Vec n = shifted - magic;
    Vec r = fnma(n, set(0x1.62e42fef00000p-1), a);
    r = fnma(n, set(0x1.473de6af278edp-34), r);
    const Vec r2 = r * r;
    const Vec r4 = r2 * r2;
    const Vec p01 =
        fma(r, set(0x1.5555555555556p-3), set(0x1.0000000000001p-1));
    const Vec p23 =
        fma(r, set(0x1.11111111109adp-7), set(0x1.5555555553d4fp-5));
    const Vec p45 =
        fma(r, set(0x1.a01a01a7c8d47p-13), set(0x1.6c16c17893833p-10));
    const Vec p67 =
        fma(r, set(0x1.71de0d9c145d0p-19), set(0x1.a019b8ef67c6cp-16));
    const Vec p89 =
        fma(r, set(0x1.af38d53857513p-26), set(0x1.2891a8c1d838dp-22));
    const Vec p03 = fma(p23, r2, p01);
    const Vec p47 = fma(p67, r2, p45);
    const Vec p49 = fma(p89, r4, p47);
    const Vec p = fma(p49, r4, p03);
    const Vec power_of_2 =
        from_bits(shift_left<52>(bits(shifted)) + bits(set(1.0)));
    return fma(fma(p, r2, r), power_of_2, power_of_2);
}

/// ln(a) within 3 ulp for normal a > 0, infinite where `a` is; NaN where `a` is
/// NaN or not positive.
///
/// k ln 2 + ln(m), sqrt(1/2) <= m < sqrt(2), and ln(m) = 2 artanh(s) with
/// s = (m - 1) / (m + 1), by the minimax polynomial of degree 6 in s^2
/// (relative error 2.3e-18). The reciprocal starts from a straight line (error
/// 1.5 %), cubed twice.
HEPTA_INLINE Vec log_inline(Vec a)
{
    const std::int64_t sqrt_half = 0x3fe6a09e667f3bcd;
    const Vec one = set(1.0);
    const Int u = bits(a) + set_int(0x3ff0000000000000 - sqrt_half);
    const Vec k = to_double(shift_right<52>(u)) - set(1023.0);
    const Vec m =
        from_bits((u & set_int(0x000fffffffffffff)) + set_int(sqrt_half));
    const Vec sum = m + one;
    Vec inverse = fnma(sum, set(0.23903344017979297), set(0.9850931364310559));
#pragma GCC unroll 2
    for (int step = 0; step < 2; ++step) {
        const Vec e = fnma(sum, inverse, one);
        inverse = fma(inverse, fma(e, e, e), inverse);
    }
    const Vec s = (m - one) * inverse;
    const Vec z = s * s;
    const Vec z2 = z * z;
    const Vec p01 =
        fma(z, set(0x1.99999999847bfp-2), set(0x1.555555555557cp-1));
    const Vec p23 =
        fma(z, set(0x1.c71c52b77d515p-3), set(0x1.2492493fb33ebp-2));
    const Vec p45 =
        fma(z, set(0x1.399cf39f0e310p-3), set(0x1.746649a8b1dcep-3));
    const Vec p46 = fma(set(0x1.2f534dabbe84cp-3), z2, p45);
    const Vec p = fma(fma(p46, z2, p23), z2, p01);
    const Vec tail = fma(k, set(0x1.473de6af278edp-34), s * z * p);
    const Vec result = fma(k, set(0x1.62e42fef00000p-1), s + s + tail);
    const Vec infinity = from_bits(set_int(0x7ff0000000000000));
    const Vec nan = from_bits(set_int(0x7ff8000000000000));
    const Mask positive = set(0.0) < a;
    return select(positive & (a < infinity), result, select(positive, a, nan));
}

}  // namespace HEPTA_ISA
}  // namespace hepta::simd
