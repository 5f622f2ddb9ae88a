/// \file
/// Are probabilities and years of two results those of one model?
#pragma once

#include "statistical_pairs.hpp"

#include <vector>

namespace hepta::campaign {

/// Events, milestones and budgets of /probability that both have.
[[nodiscard]] std::vector<Distances> compare_probabilities(
    const ComparedResult& a, const ComparedResult& b);

/// Years of /derived that both have: percentiles by their rank in the other
/// result, and the probability of never. Of weighted results the latter alone:
/// limits of whole years say nothing of how far they are apart.
[[nodiscard]] std::vector<Distances> compare_years(const ComparedResult& a,
                                                   const ComparedResult& b);

}  // namespace hepta::campaign
