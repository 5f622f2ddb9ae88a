/// \file
/// /sensitivity: what the headline totals depend on, from the run's samples.
#pragma once

#include "hepta/campaign/engine.hpp"
#include "hepta/campaign/state.hpp"
#include "hepta/config/run_config.hpp"
#include "hepta/io/tree.hpp"
#include "hepta/parallel/communicator.hpp"

#include <cstdint>
#include <vector>

namespace hepta::campaign {

/// Samples that a run of `n_samples` is looked at with: a sixteenth, at least
/// 4,096 and at most what the configuration says; none below 256.
[[nodiscard]] std::uint64_t sensitivity_samples(const config::RunConfig& config,
                                                std::uint64_t n_samples);

/// First-order indices, rank correlations, PAWN and delta of each headline
/// total on each input that is not fixed, from the first samples of `ranges`
/// (rank 0's); they are computed again, the inputs divided among the ranks
/// (collective; the result is rank 0's). Samples with an output that is not
/// finite are left out. A group without a name where there are too few
/// samples.
/// \note 40 ns a sample and input, 75 MB
[[nodiscard]] io::Group make_sensitivity(const Engine& engine,
                                         const config::RunConfig& config,
                                         const std::vector<SampleRange>& ranges,
                                         int n_threads,
                                         const parallel::Communicator& comm);

}  // namespace hepta::campaign
