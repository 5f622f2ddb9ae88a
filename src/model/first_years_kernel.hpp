/// \file
/// What the kernel of first_years.kernel.cpp reads and writes.
#pragma once

#include "hepta/model/first_years.hpp"

#include <cstddef>
#include <cstdint>

namespace hepta::model {

/// A rule without ownership, for sources compiled per instruction set.
struct FlatRule
{
    std::size_t first_row;  ///< into the rows of all rules
    std::size_t n_rows;
    FirstYearRule::Limit limit;
    double threshold;
    std::uint32_t contest;
    bool below;
    std::size_t from_year;
};

struct FirstYearTables
{
    const FlatRule* rules;
    std::size_t n_rules;
    const std::uint32_t* rows;
    const Contest* contests;
    std::size_t n_contests;
};

/// Rows of `tile_lanes` samples, aligned.
struct FirstYearTile
{
    const double* outputs;   ///< [row]
    double* found;           ///< [rule]
    double* first_value;     ///< [rule]
    double* incumbent;       ///< [contest], index of the technology
    double* incumbent_cost;  ///< [contest]
};

namespace avx2 {
void observe_first_years(const FirstYearTables& tables,
                         std::size_t year,
                         const FirstYearTile& tile);
}
namespace avx512 {
void observe_first_years(const FirstYearTables& tables,
                         std::size_t year,
                         const FirstYearTile& tile);
}

}  // namespace hepta::model
