/// \file
/// Bands as the table that integrated assessment groups exchange.
#pragma once

#include "hepta/io/tree.hpp"

#include <string>

namespace hepta::campaign {

enum class IamcLayout
{
    rows_of_years,     ///< model,scenario,region,variable,unit,year,value
    columns_of_years,  ///< model,scenario,region,variable,unit,2020,2021,…
};

/// Every percentile of every band as comma-separated text that pyam reads: the
/// region is World, the variable "Emissions|CO2|Industry|Steel|P50", where
/// "Industry" is the smallest portfolio that holds the sector. Emissions are of
/// scope 1+2 unless the variable says "Scope 1". Numbers that are missing have
/// no row (an empty field in columns of years). Units in IAMC spelling. Side
/// outputs that have years follow, the same in every scenario, as
/// "Pipeline|Projects|Industry|Steel|Operating|P50".
/// \param tree   with /bands, the resolved configuration of /provenance, and
/// the
///               groups of side outputs if there are any
/// \param model  name of the model, "hepta 0.1.0"
/// \throws ResultError if the tree lacks what it needs
[[nodiscard]] std::string export_iamc(const io::Tree& tree,
                                      const std::string& model,
                                      IamcLayout layout);

/// What has no year, as a table of pyam's meta indicators: a row a scenario, a
/// column "Probability|...", "Tipping Year|...|P50" or "...|P50" of a side
/// output without years. Empty where there is no number, as of a percentile
/// that is never reached.
/// \param tree  as above, with /probability and /derived if there are any
[[nodiscard]] std::string export_iamc_meta(const io::Tree& tree,
                                           const std::string& model);

}  // namespace hepta::campaign
