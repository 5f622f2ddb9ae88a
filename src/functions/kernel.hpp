/// \file
/// The kernels, one per instruction set.
#pragma once

#include "hepta/functions/functions.hpp"

#include <cstddef>

namespace hepta::functions {

struct KernelCall
{
    Form form;
    const double* constants;
    std::size_t n_inputs;
    const double* inputs;  ///< [n_inputs][tile_lanes]
    double* out;           ///< [tile_lanes]
};

namespace avx2 {
void evaluate(const KernelCall& call);
}
namespace avx512 {
void evaluate(const KernelCall& call);
}

}  // namespace hepta::functions
