/// \file
/// The kernels of a draw, one pair per instruction set.
#pragma once

#include "plan.hpp"

#include <cstdint>

namespace hepta::sampling {

inline constexpr std::size_t philox_batch = 16;

// `inputs` and `scores` are tiles; `scores` has a row per score id, and one
// more that receives the likelihood weights if there are tilts.
//
// `philox_words` gives the output words [4][philox_batch] of the counters
// (i, 0, id, purpose), i = first ... first + philox_batch - 1.
namespace avx2 {
void draw(const Plan& plan,
          std::uint64_t first_sample,
          double* inputs,
          double* scores);
void place_knots(const Plan& plan, double* inputs);
void place_scores(const Plan& plan, double* inputs, const double* scores);
void philox_words(const RoundKeys& keys,
                  std::uint32_t first,
                  std::uint32_t id,
                  Purpose purpose,
                  std::uint32_t* words);
}  // namespace avx2

namespace avx512 {
void draw(const Plan& plan,
          std::uint64_t first_sample,
          double* inputs,
          double* scores);
void place_knots(const Plan& plan, double* inputs);
void place_scores(const Plan& plan, double* inputs, const double* scores);
void philox_words(const RoundKeys& keys,
                  std::uint32_t first,
                  std::uint32_t id,
                  Purpose purpose,
                  std::uint32_t* words);
}  // namespace avx512

}  // namespace hepta::sampling
