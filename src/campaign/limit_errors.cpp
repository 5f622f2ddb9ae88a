#include "limit_errors.hpp"

#include "hepta/core/error.hpp"
#include "hepta/statistics/intervals.hpp"
#include "hepta/statistics/two_samples.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace hepta::campaign {
namespace {

const std::vector<double>& numbers(const io::Group& group,
                                   const std::string& name,
                                   std::size_t index)
{
    const auto* values =
        std::get_if<std::vector<double>>(&group.variable(name).values);
    if (values == nullptr || index >= values->size()) {
        throw ResultError("/" + group.name + "/" + name +
                          " is not as hepta writes it");
    }
    return *values;
}

double confidence_of(const io::Tree& tree)
{
    const auto* value =
        std::get_if<double>(&tree.group("bands").attribute("confidence"));
    if (value == nullptr) {
        throw ResultError("/bands@confidence is not as hepta writes it");
    }
    return *value;
}

const std::vector<double>& percentiles_of(const io::Tree& tree)
{
    const auto* labels = std::get_if<std::vector<double>>(
        &tree.group("bands").dimension("percentile").labels);
    if (labels == nullptr) {
        throw ResultError("/bands/percentile has an unexpected type");
    }
    return *labels;
}

/// Degrees of freedom of the limits of a result.
double degrees_of(const State& state)
{
    // of independent samples: so many that it is the normal
    constexpr double many = 1e9;
    if (state.is_weighted()) {
        return state.batches.n > 2 ? state.batches.n - 2.0 : many;
    }
    return state.replicates.n > 1 ? state.replicates.n - 1.0 : many;
}

}  // namespace

LimitErrors::LimitErrors(const State& state, const io::Tree& tree)
    : tree_(tree),
      statistics_(state, percentiles_of(tree), confidence_of(tree)),
      n_percentiles_(percentiles_of(tree).size()),
      degrees_(degrees_of(state)),
      factor_(statistics::student_factor(static_cast<std::uint64_t>(degrees_),
                                         confidence_of(tree)))
{
}

LimitErrors::Error LimitErrors::error(double lower, double upper) const
{
    const double half = 0.5 * (upper - lower);
    return {std::isfinite(half) ? half / factor_
                                : std::numeric_limits<double>::infinity(),
            degrees_};
}

LimitErrors::Error LimitErrors::of(const std::string& group,
                                   const std::string& name,
                                   std::size_t index) const
{
    const io::Group& found = tree_.group(group);
    return error(numbers(found, name + "_lower", index)[index],
                 numbers(found, name + "_upper", index)[index]);
}

LimitErrors::Error LimitErrors::of_mean(const std::string& group,
                                        const std::string& name,
                                        std::size_t index) const
{
    const std::vector<double>& values =
        numbers(tree_.group(group), name, index + n_moments - 1);
    return error(values[index + n_moments - 2], values[index + n_moments - 1]);
}

std::vector<statistics::Percentile> LimitErrors::percentiles(
    std::size_t cell) const
{
    std::vector<statistics::Percentile> found(n_percentiles_);
    statistics_.percentiles(cell, found);
    return found;
}

double errors_between(double a,
                      const LimitErrors::Error& error_a,
                      double b,
                      const LimitErrors::Error& error_b)
{
    const double error = std::hypot(error_a.value, error_b.value);
    const double difference = a - b;
    if (difference == 0.0 || !std::isfinite(error) || std::isnan(difference)) {
        return 0.0;
    }
    if (error == 0.0) {
        return difference / error;
    }
    return statistics::normal_score(
        difference / error,
        statistics::joint_degrees(
            error_a.value, error_a.degrees, error_b.value, error_b.degrees));
}

double least_difference(const statistics::Percentile& a,
                        const statistics::Percentile& b)
{
    return std::max(a.bracket_low - b.bracket_high, 0.0) +
           std::min(a.bracket_high - b.bracket_low, 0.0);
}

}  // namespace hepta::campaign
