/// \file
/// The table of a result: emissions of every sector with their range.
#pragma once

#include "hepta/io/tree.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace hepta::campaign {

/// Groups of a result that a summary needs.
inline constexpr const char* summary_groups[] = {"headline",
                                                 "moments",
                                                 "probability",
                                                 "derived",
                                                 "pipeline",
                                                 "commitments",
                                                 "sensitivity",
                                                 "provenance"};
/// Those of them that not every result has.
inline constexpr const char* optional_summary_groups[] = {"moments",
                                                          "probability",
                                                          "derived",
                                                          "pipeline",
                                                          "commitments",
                                                          "sensitivity"};

/// 5/50/95 % of scope 1+2 of each sector and portfolio in the headline years,
/// by scenario; what avoids emissions, and its cost; probabilities with their
/// intervals; the ten
/// inputs that each headline total depends on most; where the result is from.
/// \throws ResultError if the tree lacks what it needs
[[nodiscard]] std::string summary_text(const io::Tree& tree);
[[nodiscard]] nlohmann::ordered_json summary_json(const io::Tree& tree);

}  // namespace hepta::campaign
