/// \file
/// Two registers of doubles that take every step together.
///
/// The operations of simd.hpp, on twice as many lanes. What finds a row serves
/// both registers, and a processor that waits for one has the other to go on
/// with. Lane by lane the results are those of one register, to the bit.
#pragma once

#include "hepta/core/simd.hpp"
#include "hepta/core/simd_math.hpp"

namespace hepta::simd {
inline namespace HEPTA_ISA {
namespace pairs {

inline constexpr std::size_t width = 2 * simd::width;

struct Mask
{
    simd::Mask low, high;
};
struct Vec
{
    simd::Vec low, high;
};
struct Int
{
    simd::Int low, high;
};

HEPTA_INLINE Vec load(const double* p)
{
    return {simd::load(p), simd::load(p + simd::width)};
}
HEPTA_INLINE void store(double* p, Vec a)
{
    simd::store(p, a.low);
    simd::store(p + simd::width, a.high);
}
HEPTA_INLINE Vec set(double x)
{
    return {simd::set(x), simd::set(x)};
}
HEPTA_INLINE Int set_int(std::int64_t x)
{
    return {simd::set_int(x), simd::set_int(x)};
}

HEPTA_INLINE Vec operator+(Vec a, Vec b)
{
    return {a.low + b.low, a.high + b.high};
}
HEPTA_INLINE Vec operator-(Vec a, Vec b)
{
    return {a.low - b.low, a.high - b.high};
}
HEPTA_INLINE Vec operator*(Vec a, Vec b)
{
    return {a.low * b.low, a.high * b.high};
}
HEPTA_INLINE Vec operator/(Vec a, Vec b)
{
    return {a.low / b.low, a.high / b.high};
}
HEPTA_INLINE Vec& operator+=(Vec& a, Vec b)
{
    return a = a + b;
}
HEPTA_INLINE Vec fma(Vec a, Vec b, Vec c)
{
    return {simd::fma(a.low, b.low, c.low), simd::fma(a.high, b.high, c.high)};
}
HEPTA_INLINE Vec fms(Vec a, Vec b, Vec c)
{
    return {simd::fms(a.low, b.low, c.low), simd::fms(a.high, b.high, c.high)};
}
HEPTA_INLINE Vec fnma(Vec a, Vec b, Vec c)
{
    return {simd::fnma(a.low, b.low, c.low),
            simd::fnma(a.high, b.high, c.high)};
}
HEPTA_INLINE Vec min(Vec a, Vec b)
{
    return {simd::min(a.low, b.low), simd::min(a.high, b.high)};
}
HEPTA_INLINE Vec max(Vec a, Vec b)
{
    return {simd::max(a.low, b.low), simd::max(a.high, b.high)};
}
HEPTA_INLINE Vec sqrt(Vec a)
{
    return {simd::sqrt(a.low), simd::sqrt(a.high)};
}
HEPTA_INLINE Vec floor(Vec a)
{
    return {simd::floor(a.low), simd::floor(a.high)};
}
HEPTA_INLINE Vec abs(Vec a)
{
    return {simd::abs(a.low), simd::abs(a.high)};
}
HEPTA_INLINE Vec exp(Vec a)
{
    return {simd::exp(a.low), simd::exp(a.high)};
}
HEPTA_INLINE Vec log(Vec a)
{
    return {simd::log(a.low), simd::log(a.high)};
}
HEPTA_INLINE Vec exp_inline(Vec a)
{
    return {simd::exp_inline(a.low), simd::exp_inline(a.high)};
}
HEPTA_INLINE Vec log_inline(Vec a)
{
    return {simd::log_inline(a.low), simd::log_inline(a.high)};
}

HEPTA_INLINE Mask operator<(Vec a, Vec b)
{
    return {a.low < b.low, a.high < b.high};
}
HEPTA_INLINE Mask operator<=(Vec a, Vec b)
{
    return {a.low <= b.low, a.high <= b.high};
}
HEPTA_INLINE Mask operator==(Vec a, Vec b)
{
    return {a.low == b.low, a.high == b.high};
}
HEPTA_INLINE Mask operator&(Mask a, Mask b)
{
    return {a.low & b.low, a.high & b.high};
}
HEPTA_INLINE Mask operator|(Mask a, Mask b)
{
    return {a.low | b.low, a.high | b.high};
}
HEPTA_INLINE Mask operator!(Mask a)
{
    return {!a.low, !a.high};
}
HEPTA_INLINE bool any(Mask a)
{
    return simd::any(a.low | a.high);
}
HEPTA_INLINE bool all(Mask a)
{
    return simd::all(a.low & a.high);
}
HEPTA_INLINE Vec select(Mask m, Vec a, Vec b)
{
    return {simd::select(m.low, a.low, b.low),
            simd::select(m.high, a.high, b.high)};
}
HEPTA_INLINE Vec keep(Mask m, Vec a)
{
    return {simd::keep(m.low, a.low), simd::keep(m.high, a.high)};
}

HEPTA_INLINE Int bits(Vec a)
{
    return {simd::bits(a.low), simd::bits(a.high)};
}
HEPTA_INLINE Vec from_bits(Int a)
{
    return {simd::from_bits(a.low), simd::from_bits(a.high)};
}
HEPTA_INLINE Int operator-(Int a, Int b)
{
    return {a.low - b.low, a.high - b.high};
}

}  // namespace pairs
}  // namespace HEPTA_ISA
}  // namespace hepta::simd
