/// \file
/// What sources compiled once per instruction set have in common.
#pragma once

#if !defined(HEPTA_ISA)
#error "HEPTA_ISA must be avx2 or avx512: compile through hepta_add_kernels"
#endif
#define HEPTA_INLINE inline __attribute__((always_inline))
