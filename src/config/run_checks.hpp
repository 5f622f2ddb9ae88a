/// \file
/// Checks that need the whole model: events, sizes, identities of inputs.
#pragma once

#include "catalogue.hpp"

namespace hepta::config {

/// Move the events to the run; report those whose output does not exist.
void take_events(Catalogue& catalogue,
                 RunConfig& config,
                 Diagnostics& diagnostics);

/// Move the milestones and budgets of the run's sectors to the run; report
/// those whose sector or output does not exist.
void take_roadmap(Catalogue& catalogue,
                  RunConfig& config,
                  Diagnostics& diagnostics);

/// Move the tilts to the run, by name; report those of what is not drawn.
/// \pre the design is complete
void take_tilts(const Catalogue& catalogue,
                RunConfig& config,
                Diagnostics& diagnostics);

/// Report a model larger than its kernels can hold.
void check_sizes(const RunConfig& config,
                 const Place& place,
                 Diagnostics& diagnostics);

/// Report names that stand twice or share an id, hence their draws.
void check_names(const sampling::DesignSpec& design,
                 const Place& place,
                 Diagnostics& diagnostics);

}  // namespace hepta::config
