/// \file
/// Step 7, after the integration: (a) normalised, (b) seeds, (c) floors and
/// (d) minimum and maximum shares of one sector.
#pragma once

#include "reference/world.hpp"

namespace hepta::reference {

/// (a) S <- max(S, 0), normalised.
[[nodiscard]] std::vector<double> normalised(std::vector<double> share);

/// (b) Newcomers without base-year share get a third of their seed in each of
/// the three years from their availability.
/// \param next_year  t + 1
[[nodiscard]] std::vector<double> seeded(const World& world,
                                         std::size_t sector,
                                         int next_year,
                                         std::vector<double> share);

/// (c) What is committed stays: newcomers are lifted to their floors.
[[nodiscard]] std::vector<double> floored(const World& world,
                                          std::size_t sector,
                                          int next_year,
                                          std::vector<double> share);

/// (d) Minimum shares, then maximum shares, bound after bound.
[[nodiscard]] std::vector<double> mandated(const World& world,
                                           std::size_t sector,
                                           int next_year,
                                           std::vector<double> share);

}  // namespace hepta::reference
