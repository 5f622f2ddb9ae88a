/// \file
/// Spearman's correlation by its definition.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace hepta::statistics {

/// Rank from 1, equal values share their mean; counted one by one.
inline std::vector<double> slow_ranks(std::span<const double> values)
{
    std::vector<double> ranks;
    for (const double x : values) {
        double below = 0.0, equal = 0.0;
        for (const double y : values) {
            below += y < x ? 1.0 : 0.0;
            equal += y == x ? 1.0 : 0.0;
        }
        ranks.push_back(below + 0.5 * (equal + 1.0));
    }
    return ranks;
}

/// Pearson's correlation of the ranks.
inline double slow_rank_correlation(std::span<const double> x,
                                    std::span<const double> y)
{
    const std::vector<double> a = slow_ranks(x), b = slow_ranks(y);
    const double middle = 0.5 * (static_cast<double>(a.size()) + 1.0);
    double aa = 0.0, ab = 0.0, bb = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        aa += (a[i] - middle) * (a[i] - middle);
        ab += (a[i] - middle) * (b[i] - middle);
        bb += (b[i] - middle) * (b[i] - middle);
    }
    return ab / std::sqrt(aa * bb);
}

}  // namespace hepta::statistics
