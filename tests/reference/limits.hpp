/// \file
/// Step 8: limits that the sectors share.
#pragma once

#include "reference/cost.hpp"
#include "reference/world.hpp"

namespace hepta::reference {

/// Resource units per functional unit, [sector][technology][resource].
using ResourceTable = std::vector<Table>;
[[nodiscard]] ResourceTable resource_coefficients(const World& world,
                                                  const FactorTable& factors);

struct Limited
{
    Table share;              ///< S(t + 1), [sector][technology]
    std::vector<bool> binds;  ///< rho_r < 1, [resource]
};

/// Scale the growth of the users of limited resources to what is there, and
/// give the share they yield to technologies of their sector that use none.
///
/// \param state   shares and demand of t
/// \param wanted  S*, shares of t + 1 before limits, [sector][technology]
/// \param next_demand  D(t + 1), [sector]
[[nodiscard]] Limited limited(const World& world,
                              const State& state,
                              const Table& wanted,
                              const std::vector<double>& next_demand);

}  // namespace hepta::reference
