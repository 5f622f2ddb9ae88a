/// \file
/// Disjoint parts of one configuration into one result, and shorter results
/// into longer ones.
#pragma once

#include "hepta/campaign/run.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace hepta::campaign {

struct MergeOptions
{
    std::vector<std::string> parts;  ///< results or checkpoints, any order
    RunOptions run;                  ///< output, threads, instruction set
    bool refuse_gaps = false;        ///< samples missing in between
};

/// Add the parts and write the result that one run over their samples would
/// have written, bit by bit. One process.
/// \throws ResultError if a part is unreadable or damaged, is of another
///         configuration, seed, sampler or model version, or overlaps
/// \throws SystemError if the result cannot be written
[[nodiscard]] RunSummary merge(const MergeOptions& options);

/// The configuration of a result, for `n_samples` samples.
/// \throws ResultError if it does not carry one that this version reads
/// \throws InputError if such a sample number cannot be
[[nodiscard]] config::RunConfig longer_config(const std::string& path,
                                              std::uint64_t n_samples);

}  // namespace hepta::campaign
