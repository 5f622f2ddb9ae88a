/// \file
/// Every operation of core/simd.hpp applied to arrays, for the instruction set
/// that HEPTA_ISA names: included by one source per set.
#pragma once

#include "hepta/core/simd.hpp"
#include "hepta/core/simd_math.hpp"
#include "simd_results.hpp"

namespace hepta::HEPTA_ISA {

using namespace hepta::simd;

/// Runs `f` on one register at a time and keeps its result.
template <class F>
HEPTA_INLINE void apply(SimdResults& results, int operation, F f)
{
    for (std::size_t i = 0; i < simd_test_size; i += width) {
        store(results.value[operation] + i, f(i));
    }
}

HEPTA_INLINE Vec as_bits(Mask m)
{
    return keep(m, set(1.0));
}

void apply_operations(const SimdArguments& in, SimdResults& out)
{
    const auto a = [&](std::size_t i) { return load(in.a + i); };
    const auto b = [&](std::size_t i) { return load(in.b + i); };
    const auto c = [&](std::size_t i) { return load(in.c + i); };
    const auto n = [&](std::size_t i) { return load_int(in.n + i); };
    const auto m = [&](std::size_t i) { return bits(load(in.a + i)); };
    using I = std::size_t;
    int k = 0;
    apply(out, k++, [&](I i) { return a(i) + b(i); });
    apply(out, k++, [&](I i) { return a(i) - b(i); });
    apply(out, k++, [&](I i) { return a(i) * b(i); });
    apply(out, k++, [&](I i) { return a(i) / b(i); });
    apply(out, k++, [&](I i) { return fma(a(i), b(i), c(i)); });
    apply(out, k++, [&](I i) { return fms(a(i), b(i), c(i)); });
    apply(out, k++, [&](I i) { return fnma(a(i), b(i), c(i)); });
    apply(out, k++, [&](I i) { return min(a(i), b(i)); });
    apply(out, k++, [&](I i) { return max(a(i), b(i)); });
    apply(out, k++, [&](I i) { return sqrt(a(i)); });
    apply(out, k++, [&](I i) { return floor(a(i)); });
    apply(out, k++, [&](I i) { return abs(a(i)); });
    apply(out, k++, [&](I i) { return copysign(a(i), b(i)); });
    apply(out, k++, [&](I i) { return exp(a(i)); });
    apply(out, k++, [&](I i) { return log(a(i)); });
    apply(out, k++, [&](I i) { return as_bits(a(i) < b(i)); });
    apply(out, k++, [&](I i) { return as_bits(a(i) <= b(i)); });
    apply(out, k++, [&](I i) { return as_bits(a(i) == b(i)); });
    apply(
        out, k++, [&](I i) { return as_bits((a(i) < b(i)) & (b(i) < c(i))); });
    apply(
        out, k++, [&](I i) { return as_bits((a(i) < b(i)) | (b(i) < c(i))); });
    apply(out, k++, [&](I i) { return as_bits(!(a(i) < b(i))); });
    apply(out, k++, [&](I i) { return select(a(i) < b(i), b(i), c(i)); });
    apply(out, k++, [&](I i) {
        return gather(in.a, n(i) & set_int(simd_test_size - 1));
    });
    apply(out, k++, [&](I i) { return from_bits(m(i) + n(i)); });
    apply(out, k++, [&](I i) { return from_bits(m(i) - n(i)); });
    apply(out, k++, [&](I i) { return from_bits(m(i) & n(i)); });
    apply(out, k++, [&](I i) { return from_bits(m(i) | n(i)); });
    apply(out, k++, [&](I i) { return from_bits(m(i) ^ n(i)); });
    apply(out, k++, [&](I i) { return from_bits(shift_right<12>(n(i))); });
    apply(out, k++, [&](I i) { return from_bits(shift_left<12>(n(i))); });
    apply(out, k++, [&](I i) { return from_bits(multiply_low32(m(i), n(i))); });
    apply(out, k++, [&](I i) { return to_double(shift_right<12>(n(i))); });
    apply(out, k++, [&](I i) { return from_bits(to_int(b(i))); });
    apply(out, k++, [&](I i) { return exp_inline(a(i)); });
    apply(out, k++, [&](I i) { return log_inline(a(i)); });
    out.n_operations = k;
    for (I i = 0; i < simd_test_size; i += width) {
        const Mask mask = a(i) < b(i);
        for (I lane = 0; lane < width; ++lane) {
            out.lane_mask[i + lane] = (bits_of(mask) >> lane & 1) != 0;
            out.any[i + lane] = any(mask);
            out.all[i + lane] = all(mask);
        }
    }
}

void apply_inline_functions(const SimdArguments& in, SimdResults& out)
{
    apply(out, 0, [&](std::size_t i) { return exp_inline(load(in.a + i)); });
    apply(out, 1, [&](std::size_t i) { return log_inline(load(in.b + i)); });
}

}  // namespace hepta::HEPTA_ISA
