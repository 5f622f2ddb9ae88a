/// \file
/// Announced projects and commitments: which numbers a run takes of them.
#pragma once

#include "catalogue.hpp"
#include "hepta/config/run_config.hpp"
#include "hepta/model/pipeline.hpp"
#include "input_registry.hpp"

#include <vector>

namespace hepta::config {

/// Report counts that contradict each other and numbers that are missing.
void check_projects(const Catalogue& catalogue, Diagnostics& diagnostics);

/// Each group as of the latest date with a count of announced projects.
/// \pre check_projects found no fault
[[nodiscard]] model::ProjectSpec build_projects(const Catalogue& catalogue,
                                                const model::Spec& model,
                                                InputRegistry& registry);

/// Report sectors without the numbers of a commitment.
void check_commitments(const Catalogue& catalogue, Diagnostics& diagnostics);

/// \pre check_commitments found no fault
[[nodiscard]] std::vector<Commitment> build_commitments(
    const Catalogue& catalogue, InputRegistry& registry);

}  // namespace hepta::config
