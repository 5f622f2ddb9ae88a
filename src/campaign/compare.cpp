#include "hepta/campaign/compare.hpp"

#include "cell_place.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace hepta::campaign {
namespace {

template <class T>
bool same_bits(const T& a, const T& b)
{
    if constexpr (std::is_same_v<T, double>) {
        return std::memcmp(&a, &b, sizeof a) == 0 ||
               (std::isnan(a) && std::isnan(b));
    } else {
        return a == b;
    }
}

/// Relative to the larger one; infinite between a number and none.
template <class T>
double size_of_difference(const T& a, const T& b)
{
    if constexpr (std::is_arithmetic_v<T>) {
        const auto x = static_cast<double>(a);
        const auto y = static_cast<double>(b);
        if (!std::isfinite(x) || !std::isfinite(y)) {
            return std::numeric_limits<double>::infinity();
        }
        const double scale = std::max(std::fabs(x), std::fabs(y));
        return scale > 0.0 ? std::fabs(x - y) / scale : 0.0;
    } else {
        return std::numeric_limits<double>::infinity();
    }
}

template <class T>
std::string difference(const T& a, const T& b)
{
    if constexpr (std::is_arithmetic_v<T>) {
        return fmt::format("{} against {} (relative difference {:.3g})",
                           a,
                           b,
                           size_of_difference(a, b));
    } else {
        return fmt::format("'{}' against '{}'", a, b);
    }
}

template <class T>
DatasetComparison compare_arrays(const std::vector<T>& a,
                                 const std::vector<T>& b,
                                 const io::Group& group,
                                 const io::Variable& variable)
{
    DatasetComparison result;
    result.name = dataset_name(group, variable.name);
    result.n_compared = a.size();
    if (a.size() != b.size()) {
        result.n_different = 1;
        result.lines = {fmt::format(
            "{}: {} values against {}", result.name, a.size(), b.size())};
        return result;
    }
    Largest largest;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (!same_bits(a[i], b[i])) {
            largest.add(size_of_difference(a[i], b[i]), i);
        }
    }
    result.n_different = largest.n();
    for (const auto& [size, i] : largest.found()) {
        result.largest = std::max(result.largest, size);
        result.lines.push_back(place(group, variable, i) + ": " +
                               difference(a[i], b[i]));
    }
    return result;
}

DatasetComparison compare_variables(const io::Group& group,
                                    const io::Variable& a,
                                    const io::Variable& b)
{
    if (a.values.index() != b.values.index() || a.dimensions != b.dimensions) {
        const std::string name = dataset_name(group, a.name);
        return {.name = name,
                .n_compared = 1,
                .n_different = 1,
                .lines = {name + ": another type or other dimensions"}};
    }
    return std::visit(
        [&](const auto& array) {
            using T = std::decay_t<decltype(array)>;
            return compare_arrays(array, std::get<T>(b.values), group, a);
        },
        a.values);
}

}  // namespace

std::uint64_t Comparison::n_compared() const noexcept
{
    std::uint64_t n = 0;
    for (const DatasetComparison& dataset : datasets) {
        n += dataset.n_compared;
    }
    return n;
}

std::uint64_t Comparison::n_different() const noexcept
{
    std::uint64_t n = 0;
    for (const DatasetComparison& dataset : datasets) {
        n += dataset.n_different;
    }
    return n;
}

Comparison compare(const io::Tree& a, const io::Tree& b)
{
    Comparison comparison;
    note_missing(comparison, a, b);
    for (const io::Group& group : a.groups) {
        const io::Group* other = find_named(b.groups, group.name);
        if (group.name == "provenance" || other == nullptr ||
            !note_labels(comparison, group, *other)) {
            continue;
        }
        for (const io::Variable& variable : group.variables) {
            const io::Variable* match =
                find_named(other->variables, variable.name);
            if (match != nullptr) {
                comparison.datasets.push_back(
                    compare_variables(group, variable, *match));
            }
        }
    }
    return comparison;
}

}  // namespace hepta::campaign
