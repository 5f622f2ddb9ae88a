/// \file
/// Factor of a correlation matrix, or the pair that breaks it.
#pragma once

#include "hepta/sampling/design.hpp"

#include <vector>

namespace hepta::sampling {

/// Lower Cholesky factor, packed by rows. Row i depends on the first i members
/// alone, to the bit: a member appended leaves the rest unchanged.
/// \throws InputError if the matrix is not symmetric with a unit diagonal or
///         not positive definite, naming the pair that breaks it
[[nodiscard]] std::vector<double> factorise(const CorrelatedBlock& block);

}  // namespace hepta::sampling
