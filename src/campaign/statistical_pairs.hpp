/// \file
/// Numbers of two results, side by side, and how far they are apart.
#pragma once

#include "hepta/campaign/state.hpp"
#include "hepta/core/error.hpp"
#include "hepta/io/tree.hpp"
#include "limit_errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hepta::campaign {

/// One number of both results.
struct Pair
{
    std::size_t index = 0;  ///< in the dataset
    double a = 0.0, b = 0.0;
    double standard_errors = 0.0;  ///< between them
};

/// The numbers of one dataset.
struct Distances
{
    const io::Group* group;
    const io::Variable* variable;
    std::vector<Pair> pairs;
};

/// A result as a comparison sees it.
struct ComparedResult
{
    const io::Tree& tree;
    const State& state;
    const LimitErrors* errors;  ///< if compared by limits
};

/// Numbers that agree to 1e-9 of them are equal in any sense that counts; a
/// year that is never reached, infinite, is equal to another such alone.
[[nodiscard]] inline bool nearly_equal(double a, double b)
{
    const double larger = std::max(std::fabs(a), std::fabs(b));
    return a == b ||
           (std::isfinite(larger) && std::fabs(a - b) <= 1e-9 * larger);
}

[[nodiscard]] inline std::size_t length(const io::Group& group,
                                        const std::string& dimension)
{
    return group.dimension(dimension).length();
}

/// \throws ResultError if the variable has no numbers
[[nodiscard]] inline const std::vector<double>& numbers(
    const io::Values& values, const std::string& group, const std::string& name)
{
    const auto* found = std::get_if<std::vector<double>>(&values);
    if (found == nullptr) {
        throw ResultError(
            fmt::format("/{}/{} is not as hepta writes it", group, name));
    }
    return *found;
}

[[nodiscard]] inline const std::vector<double>& numbers(const io::Group& group,
                                                        const std::string& name)
{
    return numbers(group.variable(name).values, group.name, name);
}

[[nodiscard]] inline const std::vector<double>& percentiles_of_group(
    const io::Group& group)
{
    return numbers(
        group.dimension("percentile").labels, group.name, "percentile");
}

[[nodiscard]] inline bool is_limit(std::string_view name)
{
    return name.ends_with("_lower") || name.ends_with("_upper");
}

[[nodiscard]] inline bool ends_in(const io::Variable& variable,
                                  std::string_view dimension)
{
    return !variable.dimensions.empty() &&
           variable.dimensions.back() == dimension;
}

}  // namespace hepta::campaign
