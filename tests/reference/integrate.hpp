/// \file
/// Step 7: shares and experience as one system, over one year.
#pragma once

#include "reference/cost.hpp"
#include "reference/world.hpp"

namespace hepta::reference {

/// Shares and experience together.
struct System
{
    Table share;                ///< S, [sector][technology]
    std::vector<double> added;  ///< Y_c, [component]
};
/// state + weight * rate
[[nodiscard]] System plus(System state, double weight, const System& rate);

/// Capacity of all sectors at both ends of a year, activity units.
struct Growth
{
    std::vector<double> capacity;       ///< K_s(t)
    std::vector<double> next_capacity;  ///< K_s(t + 1)
};

/// Component units per activity unit of gross capacity added,
/// [sector][technology][component]: the rows of the data, and what a
/// converter needs for the carrier that a technology uses.
using Intensities = std::vector<Table>;
[[nodiscard]] Intensities component_intensities(const World& world,
                                                int year,
                                                const FactorTable& factors);

/// S^RK4 and Y^RK4: the system a year on, not yet bounded by anything.
/// Costs, hence preferences, are those of every stage's own experience; paths
/// and noises are constant in the year.
/// \param choice_scale  beta_s, [sector]
[[nodiscard]] System integrate_year(const World& world,
                                    const State& state,
                                    const Growth& growth,
                                    const FactorTable& factors,
                                    const Intensities& intensities,
                                    const std::vector<double>& choice_scale);

}  // namespace hepta::reference
