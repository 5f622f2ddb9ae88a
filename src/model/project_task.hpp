/// \file
/// One group of projects as its kernel sees it: plain pointers.
#pragma once

#include <cstdint>

namespace hepta::model {

/// Inputs are rows of a tile; outputs are `n_years` rows after each other,
/// those of `count` stage after stage.
struct ProjectTask
{
    const double* announced;
    const double* operating;      ///< null: a share of past_decision
    const double* decided;        ///< with operating
    const double* past_decision;  ///< else
    const double* operating_share;
    const double* hazard;
    const double* delay;
    const double* success;
    const double* capacity;  ///< null where there is none
    const double* avoided;
    double* count;
    double* capacity_added;  ///< these with a capacity
    double* avoided_yearly;
    double* avoided_since;
    double first_gap;  ///< years from the count to the first year
    std::uint32_t n_years;
};

}  // namespace hepta::model
