/// \file
/// Names of the items of a metric, in the order of its rows.
#pragma once

#include "hepta/config/run_config.hpp"
#include "hepta/model/output_layout.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hepta::campaign {

/// Name of the dimension of a kind of items: "sector", "technology", …
[[nodiscard]] std::string_view dimension_name(model::ItemKind kind) noexcept;

/// Labels of all items of a kind; for sectors, the portfolios follow.
[[nodiscard]] std::vector<std::string> item_labels(model::ItemKind kind,
                                                   const model::Spec& spec);

/// Units of the items of a kind where they differ: of activity by sector, of
/// cost by technology, of experience by component, of use by resource, of
/// price by commodity; empty for the others.
[[nodiscard]] std::vector<std::string> item_units(model::ItemKind kind,
                                                  const model::Spec& spec);

/// The output row an event looks at.
/// \throws InputError if its metric, item or inner label does not exist
[[nodiscard]] std::uint32_t event_row(const config::EventSpec& event,
                                      const model::Spec& spec,
                                      const model::OutputLayout& layout);

}  // namespace hepta::campaign
