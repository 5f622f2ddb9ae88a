/// \file
/// The kernels of a draw, one pair per instruction set.
#pragma once

#include "plan.hpp"

#include <cstdint>

namespace hepta::sampling {

// `inputs` and `scores` are tiles; `scores` has a row per score id.
namespace avx2 {
void draw(const Plan& plan,
          std::uint64_t first_sample,
          double* inputs,
          double* scores);
void place_knots(const Plan& plan, double* inputs);
}  // namespace avx2

namespace avx512 {
void draw(const Plan& plan,
          std::uint64_t first_sample,
          double* inputs,
          double* scores);
void place_knots(const Plan& plan, double* inputs);
}  // namespace avx512

}  // namespace hepta::sampling
