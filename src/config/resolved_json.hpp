/// \file
/// The resolved run as canonical JSON text: the identity of a configuration.
#pragma once

#include "hepta/config/run_config.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace hepta::config {

/// Compact JSON, keys sorted, numbers as short as they round-trip. Holds what
/// decides the outputs of a sample and what is counted of them; not samples,
/// seed, sampler, block size, threads or output.
[[nodiscard]] std::string resolved_json(const RunConfig& config);

/// The design: inputs, latents, blocks, loadings, knots.
[[nodiscard]] nlohmann::json design_json(const sampling::DesignSpec& design);

/// The model; numbers are given by the name of the input or knot that
/// `names` has for their row.
[[nodiscard]] nlohmann::json model_json(const model::Spec& model,
                                        const std::vector<std::string>& names);

}  // namespace hepta::config
