/// \file
/// Small models by hand, for the cases that have a closed form.
#pragma once

#include "hepta/model/spec.hpp"

#include <string>
#include <vector>

namespace hepta::tests {

/// Numbers of a technology; the defaults cost and emit nothing.
struct TechnologyNumbers
{
    double share = 0.0;              ///< of the base year
    double opex = 0.0;               ///< USD per functional unit
    double capex = 0.0;              ///< USD per functional unit
    double process_ghg = 0.0;        ///< t CO2e per functional unit
    double capture_rate = 0.0;       ///< fraction
    double lifetime = 25.0;          ///< yr
    double diffusion_rate = 0.0;     ///< 1/yr
    double max_share = 1.0;          ///< fraction
    double seed_share = 0.0;         ///< fraction; 0: not a newcomer
    double availability_year = 0.0;  ///< calendar year
};

/// Numbers of a sector whose activity is constant.
struct SectorNumbers
{
    double activity = 100.0;
    double early_retirement_rate = 0.0;  ///< 1/yr
    double choice_spread = 0.1;          ///< fraction of base-year cost
    double price_elasticity = 0.0;
    double efficiency_improvement = 0.0;  ///< 1/yr
    double discount_rate = 0.08;          ///< 1/yr
};

/// Numbers of a component without deployment outside the model.
struct ComponentNumbers
{
    double cumulative = 1.0;     ///< component units
    double learning_rate = 0.2;  ///< fall of cost per doubling
    double cost_floor = 0.0;     ///< fraction of the first cost
    double noise_sd = 0.0;       ///< per yr
    double unit_cost = 1.0;      ///< USD per unit
};

/// A model under construction: the spec, and one sample for it. All noise is
/// zero, all prices of CO2 are zero, the form is the replicator, and there is
/// one scenario, until a test says otherwise.
class SmallModel
{
  public:
    explicit SmallModel(int first_year = 2020, int last_year = 2050);

    model::Spec spec;
    std::vector<double> input;  ///< by row

    /// A new row that holds `value`.
    model::Row number(double value);
    /// Rows for the yearly innovations of a noise, all zero.
    std::vector<model::Row> innovations();
    /// A path through (year, value) points.
    struct YearNumber
    {
        int year;
        double value;
    };
    model::Path path(const std::vector<YearNumber>& points);

    /// \return its index
    std::uint32_t add_sector(const SectorNumbers& numbers = {});
    /// Add a technology to the last sector. \return its index in the sector
    std::uint32_t add_technology(const TechnologyNumbers& numbers);
    /// Add a driver with a constant value in every scenario.
    std::uint32_t add_driver(const std::string& name, double value);
    /// Add a carrier at a constant price, USD/GJ, that emits nothing.
    std::uint32_t add_carrier(double price);
    std::uint32_t add_component(const ComponentNumbers& numbers = {});

    /// The last technology added.
    [[nodiscard]] model::Technology& technology();
    /// The sector added last.
    [[nodiscard]] model::Sector& sector();
    /// The first scenario; it has a lever for everything added so far.
    [[nodiscard]] model::Scenario& scenario();

    /// Write a number of the sample.
    void set(model::Row row, double value) { input.at(row) = value; }
    /// Write the same number to all knots of a path.
    void set(const model::Path& path, double value);
    /// The path of a driver in the first scenario.
    [[nodiscard]] const model::Path& driver_path(std::uint32_t driver) const
    {
        return spec.drivers.at(driver).path.front();
    }
};

}  // namespace hepta::tests
