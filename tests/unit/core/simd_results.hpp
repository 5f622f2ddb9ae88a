/// \file
/// Arguments and results of the test of core/simd.hpp.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hepta {

inline constexpr std::size_t simd_test_size = 1024;
inline constexpr int simd_test_operations = 64;  ///< at most

struct SimdArguments
{
    alignas(64) double a[simd_test_size];
    alignas(64) double b[simd_test_size];
    alignas(64) double c[simd_test_size];
    alignas(64) std::int64_t n[simd_test_size];
};

struct SimdResults
{
    int n_operations = 0;
    alignas(64) double value[simd_test_operations][simd_test_size];
    bool lane_mask[simd_test_size];
    bool any[simd_test_size];  ///< of the register; differs with its width
    bool all[simd_test_size];
};

namespace avx2 {
void apply_operations(const SimdArguments& in, SimdResults& out);
/// exp_inline of `a` is value[0], log_inline of `b` value[1].
void apply_inline_functions(const SimdArguments& in, SimdResults& out);
}  // namespace avx2
namespace avx512 {
void apply_operations(const SimdArguments& in, SimdResults& out);
void apply_inline_functions(const SimdArguments& in, SimdResults& out);
}  // namespace avx512

}  // namespace hepta
