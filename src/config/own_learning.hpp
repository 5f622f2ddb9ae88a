/// \file
/// The variant without learning spill-over between sectors.
#pragma once

#include "hepta/model/spec.hpp"

namespace hepta::config {

/// Give every sector its own copy of each component that several sectors use,
/// of the converters between, and of the carriers these make, so that nothing
/// a sector builds makes another one's technologies cheaper. A copy is called
/// "<sector>/<name>" and has the rows of the original: the same inputs with the
/// same draws, the same rest of the world. Limits of resources stay shared.
/// \pre every component and converter is used by a sector
void separate_learning(model::Spec& spec);

}  // namespace hepta::config
