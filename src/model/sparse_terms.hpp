/// \file
/// How costs of technologies and experience of components hang together.
#pragma once

#include "hepta/model/spec.hpp"

#include <cstdint>
#include <vector>

namespace hepta::model {

/// Positions of a sparse matrix by rows.
struct SparsePattern
{
    std::vector<std::uint32_t> first;   ///< [row + 1]
    std::vector<std::uint32_t> column;  ///< [term]
};

/// Rows are technologies, columns the components whose cost they pay: those of
/// their capital, then those of each converter they buy from and, from there,
/// of the converters that feed it.
[[nodiscard]] SparsePattern cost_pattern(const Spec& spec);

/// Rows are components, columns the technologies whose growth adds to their
/// experience.
struct ExperiencePattern : SparsePattern
{
    /// [technology]: terms of its intensities, then of its converters and those
    /// that feed them.
    std::vector<std::vector<std::uint32_t>> terms;
};
[[nodiscard]] ExperiencePattern experience_pattern(const Spec& spec);

}  // namespace hepta::model
