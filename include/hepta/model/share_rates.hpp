/// \file
/// The share kernel by itself: how fast the shares of one sector change.
#pragma once

#include "hepta/core/instruction_set.hpp"

#include <cstdint>

namespace hepta::model {

/// The forms of share dynamics that the model mixes.
enum class ShareForm
{
    replicator,     ///< pairwise substitution, after FTT (Mercure 2012)
    vintage_logit,  ///< what must be built, by a bounded logit
};

/// A tile of one sector's technologies: rows of `tile_lanes` samples, aligned,
/// row i of each array is technology i.
struct ShareTile
{
    std::uint32_t n = 0;                 ///< technologies, at most 24
    const double* share = nullptr;       ///< S_i, 0..1
    const double* preference = nullptr;  ///< E_i > 0; 0 if banned
    const double* entry = nullptr;       ///< S_i alpha_i r_i, 1/yr, >= 0
    const double* turnover = nullptr;    ///< 1/L_i + rho + g, 1/yr, >= 0
    double* rate = nullptr;              ///< dS_i/dt, 1/yr, written
};

/// dS/dt of each lane; the rates of a lane sum to 0 within rounding.
void share_rates(InstructionSet set, ShareForm form, const ShareTile& tile);

}  // namespace hepta::model
