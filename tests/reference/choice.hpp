/// \file
/// Step 6: which of two technologies investors prefer.
#pragma once

#include "reference/world.hpp"

namespace hepta::reference {

/// beta = 1.768 / (sqrt(2) sigma), functional units per USD: FTT's tanh form
/// of the choice is a logit of this scale.
/// \param spread  sigma_s, USD per functional unit
[[nodiscard]] double choice_scale(double spread);

/// E_i = exp(-beta (C_i - min C)), exponent not below -300.
[[nodiscard]] std::vector<double> attractions(const std::vector<double>& cost,
                                              double scale);

/// 2 F_ij - 1, in [-1, 1]. Of a technology whose new builds have ended and one
/// whose have not the second is always preferred; of two such, neither.
[[nodiscard]] Table net_preferences(const std::vector<double>& attraction,
                                    const std::vector<bool>& banned);

}  // namespace hepta::reference
