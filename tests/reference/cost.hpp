/// \file
/// Steps 4 and 5: levelised cost and emission factors.
#pragma once

#include "reference/prices.hpp"
#include "reference/world.hpp"

namespace hepta::reference {

/// A technology in one year, per functional unit.
struct Factors
{
    std::vector<double> energy_gj;  ///< q_ik, [carrier]
    double captured_t = 0.0;        ///< kappa_i G_i, t CO2
    double scope1_t = 0.0;          ///< EF1_i, t CO2e
    double scope2_t = 0.0;          ///< EF2_i, t CO2e
    double scope3_t = 0.0;          ///< EF3_i, t CO2e
};
/// [sector][technology]
using FactorTable = std::vector<std::vector<Factors>>;

[[nodiscard]] FactorTable emission_factors(const World& world, int year);

/// capex_i0 [(1 - sum y_ic) + sum y_ic K_c/K_c0], USD per functional unit.
[[nodiscard]] double capex(const World& world,
                           const model::Technology& technology,
                           const std::vector<double>& component_cost);

/// tau cover_s (EF1 + EF2), USD per functional unit.
[[nodiscard]] double carbon_cost(const World& world,
                                 std::size_t sector,
                                 int year,
                                 const Factors& factors,
                                 const Prices& prices);

/// premium_i, USD per functional unit.
[[nodiscard]] double premium(const World& world,
                             std::size_t sector,
                             std::size_t technology,
                             int year);

/// C_i, USD per functional unit, [sector][technology].
[[nodiscard]] Table levelised_costs(const World& world,
                                    int year,
                                    const FactorTable& factors,
                                    const Prices& prices,
                                    const std::vector<double>& component_cost);

}  // namespace hepta::reference
