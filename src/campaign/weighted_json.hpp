/// \file
/// Percentiles of the values of weighted samples, by percentile.
#pragma once

#include "hepta/campaign/likelihood.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace hepta::campaign {

/// Finite values that have a weight, ascending.
/// \param weights   [sample]
/// \param value_of  of a sample
template <class ValueOf>
[[nodiscard]] std::vector<WeightedValue> ascending(
    const std::vector<double>& weights, const ValueOf& value_of)
{
    std::vector<WeightedValue> values;
    for (std::size_t k = 0; k < weights.size(); ++k) {
        const double value = value_of(k);
        if (std::isfinite(value) && weights[k] > 0.0) {
            values.push_back({value, weights[k]});
        }
    }
    std::stable_sort(values.begin(),
                     values.end(),
                     [](const WeightedValue& a, const WeightedValue& b) {
                         return a.value < b.value;
                     });
    return values;
}

/// {"5": x, ...}
[[nodiscard]] inline nlohmann::ordered_json percentiles_of(
    const std::vector<WeightedValue>& values,
    const std::vector<double>& percentiles)
{
    nlohmann::ordered_json out;
    for (const double p : percentiles) {
        out[fmt::format("{:g}", p)] = weighted_percentile(values, p);
    }
    return out;
}

}  // namespace hepta::campaign
