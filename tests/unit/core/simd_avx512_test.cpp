// The operations of core/simd.hpp compiled for AVX-512; simd_test.cpp runs
// them.
#include "simd_results.hpp"

#pragma GCC diagnostic ignored "-Wuninitialized"  // GCC bug 105593
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC target("avx512f,avx512dq,avx512vl,avx512bw,fma")
// GCC 12 sets the target of a pragma, but not its macros.
#define __AVX512F__ 1
#define HEPTA_ISA avx512
#include "simd_operations.hpp"
