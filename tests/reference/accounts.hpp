/// \file
/// Step 9: the outputs of a year.
#pragma once

#include "hepta/model/output_layout.hpp"
#include "reference/cost.hpp"
#include "reference/integrate.hpp"
#include "reference/limits.hpp"
#include "reference/scalar_model.hpp"
#include "reference/world.hpp"

namespace hepta::reference {

/// What the accounts of a year are made from.
struct YearResult
{
    State state;
    FactorTable factors;
    Prices prices;
    std::vector<double> component_cost;  ///< K/K0, [component]
    std::vector<double> experience;      ///< X_c, [component]
    Table cost;                          ///< C_i, [sector][technology]
};

/// Emissions outside the technologies, Mt CO2e/yr of scope 1.
[[nodiscard]] double fixed_block(const World& world,
                                 std::size_t sector,
                                 int year);

/// Fill the rows of portfolios: each is the sum of its sectors.
void add_portfolios(const model::Spec& spec,
                    const model::Metric& metric,
                    std::vector<double>& row);

/// Stocks and yearly values of year t, by row. Cumulative emissions follow
/// from `last_year`, the finished row of t - 1 (empty in the first year).
[[nodiscard]] std::vector<double> account_year(
    const World& world,
    const model::OutputLayout& layout,
    const YearResult& year,
    const std::vector<double>& last_year);

/// Flows from t to t + 1, written into the row of year t; `invested`, by
/// carrier or none, grows by those of investment.
void account_flows(const World& world,
                   const model::OutputLayout& layout,
                   const YearResult& year,
                   const Growth& growth,
                   const Limited& next,
                   std::vector<double>& row,
                   std::vector<double>& invested);

/// Emissions avoided against the baseline scenario, in all rows.
void account_avoided(const model::Spec& spec,
                     const model::OutputLayout& layout,
                     Trajectory& trajectory);

}  // namespace hepta::reference
