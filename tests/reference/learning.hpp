/// \file
/// Step 3: stochastic Wright's law.
#pragma once

#include "reference/world.hpp"

namespace hepta::reference {

/// N_c(t), by year: N = psi N(t-1) + u(t) + rho u(t-1), N(t0) = u(t0) = 0.
[[nodiscard]] std::vector<double> learning_noise(
    const World& world, const model::Component& component);

/// X_c = W_c(t) + Y_c, component units.
/// \param added  Y_c, [component]
[[nodiscard]] std::vector<double> experience(const World& world,
                                             int year,
                                             const std::vector<double>& added);

/// K_c/K_c0 = max(floor, (X/X0)^-omega exp(N(t))), [component].
[[nodiscard]] std::vector<double> component_costs(
    const World& world, int year, const std::vector<double>& added);

}  // namespace hepta::reference
