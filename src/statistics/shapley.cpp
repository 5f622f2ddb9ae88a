#include "hepta/statistics/shapley.hpp"

#include "hepta/core/error.hpp"

#include <bit>
#include <cassert>
#include <cmath>
#include <string>

namespace hepta::statistics {

std::vector<double> shapley_weights(std::uint32_t n_groups)
{
    std::vector<double> weight(n_groups, 1.0 / n_groups);
    for (std::uint32_t k = 1; k < n_groups; ++k) {
        weight[k] = weight[k - 1] * k / (n_groups - k);
    }
    return weight;
}

std::vector<double> shapley_effects(std::span<const double> explained)
{
    const std::size_t n_sets = explained.size();
    if (!std::has_single_bit(n_sets) || n_sets < 2 ||
        n_sets > std::size_t{1} << max_groups) {
        throw InputError("sensitivity: " + std::to_string(n_sets) +
                         " sets of groups\n  hint: Shapley effects need all "
                         "2^g sets of 1 to " +
                         std::to_string(max_groups) + " groups");
    }
    const auto n_groups = static_cast<std::uint32_t>(std::countr_zero(n_sets));
    const std::vector<double> weight = shapley_weights(n_groups);
    std::vector<double> effects(n_groups);
    for (GroupSet u = 0; u < n_sets; ++u) {
        for (std::uint32_t i = 0; i < n_groups; ++i) {
            const GroupSet with = u | GroupSet{1} << i;
            if (with != u) {
                effects[i] +=
                    weight[static_cast<std::size_t>(std::popcount(u))] *
                    (explained[with] - explained[u]);
            }
        }
    }
    return effects;
}

std::vector<double> shapley_effects(
    std::uint32_t n_groups, const std::function<double(GroupSet)>& explained)
{
    std::vector<double> values(std::size_t{1} << n_groups);
    for (GroupSet u = 1; u < values.size(); ++u) {
        values[u] = explained(u);
    }
    return shapley_effects(values);
}

Estimate explained_variance(std::span<const double> y,
                            std::span<const double> y_again,
                            double confidence)
{
    constexpr std::size_t n_parts = 16;
    assert(y.size() == y_again.size() && y.size() >= 2 * n_parts);
    const auto n = static_cast<double>(y.size());
    double mean = y[0];
    for (int pass = 0; pass < 2; ++pass) {
        double sum = 0.0;
        for (std::size_t i = 0; i < y.size(); ++i) {
            sum += (y[i] - mean) + (y_again[i] - mean);
        }
        mean += 0.5 * sum / n;
    }
    std::vector<double> parts;
    double total = 0.0;
    for (std::size_t part = 0; part < n_parts; ++part) {
        const std::size_t begin = part * y.size() / n_parts;
        const std::size_t end = (part + 1) * y.size() / n_parts;
        double products = 0.0;
        for (std::size_t i = begin; i < end; ++i) {
            products += (y[i] - mean) * (y_again[i] - mean);
        }
        total += products;
        parts.push_back(products / static_cast<double>(end - begin));
    }
    const Estimate spread = student_interval(parts, confidence);
    const double value = total / n;
    return {value,
            value + (spread.lower - spread.value),
            value + (spread.upper - spread.value)};
}

}  // namespace hepta::statistics
