/// \file
/// Step 2: prices, grid intensity and converters.
#pragma once

#include "reference/world.hpp"

namespace hepta::reference {

/// Prices of one year.
struct Prices
{
    std::vector<double> carrier;  ///< P_k, USD/GJ
    double carbon = 0.0;          ///< tau, USD/t CO2
    double co2_storage = 0.0;     ///< USD/t CO2
    double co2_feedstock = 0.0;   ///< USD/t CO2
};

/// y(t) of a driver, by year; zero without volatility.
[[nodiscard]] std::vector<double> driver_noise(const World& world,
                                               const model::Driver& driver);

/// Value of a driver: path(t) exp(y(t)).
[[nodiscard]] double driver_value(const World& world,
                                  std::size_t driver,
                                  int year);

/// I(t), t CO2 per GJ of electricity.
[[nodiscard]] double grid_intensity(const World& world, int year);

/// \param component_cost  K_c/K_c0, [component]
[[nodiscard]] Prices prices(const World& world,
                            int year,
                            const std::vector<double>& component_cost);

/// Component units (GW) that 1 PJ/yr of a converter's output takes:
/// e / (heating value * h).
[[nodiscard]] double converter_capacity(const World& world,
                                        const model::Converter& converter,
                                        int year);

/// Energy that a converter takes, GJ per GJ of output.
[[nodiscard]] double converter_input(const World& world,
                                     const model::Converter& converter,
                                     int year);

/// CRF(w, L) = w (1 + w)^L / ((1 + w)^L - 1), 1/yr.
[[nodiscard]] double capital_recovery(double discount_rate_per_yr,
                                      double lifetime_yr);

}  // namespace hepta::reference
