/// \file
/// Names that refer to other entities, checked across all files.
#pragma once

#include "catalogue.hpp"

namespace hepta::config {

/// Report every name that refers to nothing, and converters in a circle.
void check_links(const Catalogue& catalogue, Diagnostics& diagnostics);

/// The part of scenarios, portfolios and the names of the run file.
void check_scenario_links(const Catalogue& catalogue, Diagnostics& diagnostics);

/// The part of the correlations, and whether the matrix of the pairs is
/// positive definite.
void check_correlation_links(const Catalogue& catalogue,
                             Diagnostics& diagnostics);

/// Whether a variant that is on finds what it is for.
void check_variant(const Catalogue& catalogue, Diagnostics& diagnostics);

/// True if a name of a sector may stay without effect because that sector is
/// not part of the run; a name close to a loaded sector is a slip instead.
[[nodiscard]] bool is_absent_sector(const Catalogue& catalogue,
                                    std::string_view name);

/// Converters in an order in which each comes after those that make its
/// input. \pre check_links found no fault
[[nodiscard]] std::vector<const ConverterEntry*> converters_in_order(
    const Catalogue& catalogue);

}  // namespace hepta::config
