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
/// no row (an empty field in columns of years). Units in IAMC spelling.
/// \param tree   with /bands and the resolved configuration of /provenance
/// \param model  name of the model, "hepta 0.1.0"
/// \throws ResultError if the tree lacks what it needs
[[nodiscard]] std::string export_iamc(const io::Tree& tree,
                                      const std::string& model,
                                      IamcLayout layout);

}  // namespace hepta::campaign
