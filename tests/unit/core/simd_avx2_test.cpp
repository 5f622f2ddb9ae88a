// The operations of core/simd.hpp compiled for AVX2 and FMA; simd_test.cpp runs
// them.
#include "simd_results.hpp"

#pragma GCC diagnostic ignored "-Wuninitialized"  // GCC bug 105593
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC target("avx2,fma")
// GCC 12 sets the target of a pragma, but not its macros.
#define __AVX__ 1
#define __AVX2__ 1
#define __FMA__ 1
#define HEPTA_ISA avx2
#include "simd_operations.hpp"
