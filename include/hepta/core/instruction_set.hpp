/// \file
/// Which vector instructions the kernels use; chosen once, at run time.
#pragma once

#include <string_view>

namespace hepta {

/// Vector instruction sets that the kernels are compiled for. Both give the
/// same bits: every operation is either correctly rounded by IEEE 754 or one
/// of SLEEF's deterministic functions.
enum class InstructionSet
{
    avx2,    ///< AVX2 and FMA, 4 lanes
    avx512,  ///< AVX-512 F, DQ, VL and BW, 8 lanes
};

/// The widest set this processor and operating system support.
/// \throws SystemError if the processor lacks AVX2 or FMA
[[nodiscard]] InstructionSet detect_instruction_set();

/// The set to use: `request` is "" (detect), "avx2" or "avx512".
/// \throws InputError for another word
/// \throws SystemError if the processor does not support the request
[[nodiscard]] InstructionSet choose_instruction_set(std::string_view request);

[[nodiscard]] std::string_view to_string(InstructionSet set) noexcept;

}  // namespace hepta
