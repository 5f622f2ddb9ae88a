/// \file
/// Step 1: demand, and the capacity that serves it.
#pragma once

#include "reference/world.hpp"

namespace hepta::reference {

/// x_s(t), by year.
[[nodiscard]] std::vector<double> activity_noise(const World& world,
                                                 const model::Sector& sector);

/// D_s(t) = path (1 - m) exp(x) f, activity units.
/// \param response  f_s(t), 1 in the first year
[[nodiscard]] double demand(const World& world,
                            std::size_t sector,
                            int year,
                            double response);

/// f_s(t + 1) = (mean / (mean - carbon))^elasticity.
/// \param mean_cost  share-weighted levelised cost of t, USD per functional
///                   unit
/// \param carbon_cost  the part of it that the carbon price adds
/// \throws RunError if the mean cost without carbon is not positive
[[nodiscard]] double price_response(const World& world,
                                    std::size_t sector,
                                    double mean_cost,
                                    double carbon_cost);

/// K_s(t): the demand, but until the recovery year at least that of 2019.
[[nodiscard]] double capacity(const World& world,
                              std::size_t sector,
                              int year,
                              double demand);

/// What multiplies energy and all emissions of a year: not 1 in 2020 alone.
[[nodiscard]] double covid_factor(const World& world,
                                  std::size_t sector,
                                  int year);

}  // namespace hepta::reference
