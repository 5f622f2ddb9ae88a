/// \file
/// A result or checkpoint as a part of a larger one.
#pragma once

#include "hepta/campaign/state.hpp"
#include "hepta/config/run_config.hpp"
#include "hepta/io/tree.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace hepta::campaign {

/// What two parts must have in common to be added.
struct Identity
{
    std::string config_sha256;
    std::int64_t seed = 0;
    std::string sampler;  ///< with what decides its samples: `design_text`
    std::int64_t model_version = 0;
};
[[nodiscard]] Identity identity_of(const config::RunConfig& config);

/// \throws ResultError naming `path` and what differs, with both values
void check_identity(const std::string& path,
                    const Identity& found,
                    const Identity& expected);

struct Part
{
    std::string path;
    Identity identity;
    State state;
    io::Tree provenance;  ///< for `stored_config`
};

/// Move a group out of a tree. \throws ResultError if it has none
[[nodiscard]] io::Group take_group(io::Tree& tree, std::string_view name);

/// The state of a tree that has /state and /provenance.
/// \throws ResultError if it is damaged (its result_hash is checked)
[[nodiscard]] Part take_part(const std::string& path, io::Tree&& tree);

/// The same of a file: a result, or a checkpoint.
/// \throws ResultError if it cannot be read or is damaged
[[nodiscard]] Part read_part(const std::string& path);

}  // namespace hepta::campaign
