/// \file
/// Step 7: how fast shares change, in both forms.
#pragma once

#include "reference/world.hpp"

namespace hepta::reference {

/// A sector in one year, by technology.
struct Dynamics
{
    std::vector<double> adoption;    ///< alpha_i, 1/yr
    std::vector<double> turnover;    ///< 1/L_i + rho_s + g_s, 1/yr
    std::vector<double> ceiling;     ///< S_max; 1 is none
    std::vector<bool> banned;        ///< new builds have ended
    std::vector<double> attraction;  ///< E_i
};

/// r_i = max(0, 1 - S_i/S_max); 1 without a ceiling.
[[nodiscard]] std::vector<double> rooms(const Dynamics& sector,
                                        const std::vector<double>& share);

/// dS_i/dt = sum_j S_i S_j (A_ij F_ij - A_ji F_ji), 1/yr: the flow between
/// two technologies goes to the preferred one, at its adoption rate, but what
/// a technology loses in all is at most its turnover.
[[nodiscard]] std::vector<double> replicator(const Dynamics& sector,
                                             const std::vector<double>& share);

/// dS_i/dt = n_i - o_i, 1/yr: what must be built is offered in proportion to
/// attraction, up to a bound for each technology.
[[nodiscard]] std::vector<double> vintage_logit(
    const Dynamics& sector, const std::vector<double>& share);

}  // namespace hepta::reference
