/// \file
/// Step 9: what a scenario changes against the baseline, and by what.
#pragma once

#include "reference/accounts.hpp"

#include <vector>

namespace hepta::reference {

/// What a sector's emissions of scope 1+2 and its costs are made of.
struct SectorParts
{
    double activity = 0.0;        ///< functional units, 10^6/yr
    double gross_t = 0.0;         ///< scope 1 before capture, per unit
    double captured_t = 0.0;      ///< per unit
    double electricity_gj = 0.0;  ///< per unit
    double grid_t_per_gj = 0.0;   ///< t CO2 per GJ
    double fixed_mt = 0.0;        ///< emissions beside the activity, Mt/yr
    double unit_cost_usd = 0.0;   ///< mean C_i without carbon price, premium
};

[[nodiscard]] std::vector<SectorParts> sector_parts(const World& world,
                                                    const YearResult& year);

/// Avoided emissions by cause, green premium and extra cost, in all rows.
///
/// \param parts  [scenario][year][sector]
void account_differences(
    const model::Spec& spec,
    const model::OutputLayout& layout,
    const std::vector<std::vector<std::vector<SectorParts>>>& parts,
    Trajectory& trajectory);

}  // namespace hepta::reference
