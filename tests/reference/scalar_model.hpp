/// \file
/// The whole model as plain scalar code, one sample at a time: the oracle that
/// the fast kernels are tested against. Written for reading, not for speed;
/// one function per step of the model, in the order of the steps.
#pragma once

#include "hepta/model/spec.hpp"

#include <vector>

namespace hepta::reference {

/// Yearly outputs of one sample: [scenario][year][row], rows of
/// `model::OutputLayout`; NaN where an output has no meaning (the flows of
/// the last year).
using Trajectory = std::vector<std::vector<std::vector<double>>>;

/// Run one sample through every scenario.
///
/// \param input  values by row, knots of paths included, [spec.n_rows]
/// \throws RunError if a sector's mean cost, with or without carbon price, is
///         not positive
[[nodiscard]] Trajectory simulate(const model::Spec& spec,
                                  const std::vector<double>& input);

}  // namespace hepta::reference
