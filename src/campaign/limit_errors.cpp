#include "limit_errors.hpp"

#include "hepta/campaign/cell_statistics.hpp"
#include "hepta/campaign/weights.hpp"
#include "hepta/core/error.hpp"
#include "hepta/statistics/intervals.hpp"

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

}  // namespace

LimitErrors::LimitErrors(const State& state, const io::Tree& tree)
    : state_(state), tree_(tree)
{
}

double LimitErrors::error(double lower, double upper, double confidence) const
{
    // of independent samples: so many degrees of freedom that it is the normal
    constexpr std::uint64_t many = 1'000'000'000;
    const double factor =
        state_.is_weighted()
            ? weight_line(state_).factor(confidence)
            : statistics::student_factor(
                  state_.replicates.n > 0 ? state_.replicates.n - 1 : many,
                  confidence);
    const double half = 0.5 * (upper - lower);
    return std::isfinite(half) ? half / factor
                               : std::numeric_limits<double>::infinity();
}

double LimitErrors::of(const std::string& group,
                       const std::string& name,
                       std::size_t index) const
{
    const io::Group& found = tree_.group(group);
    return error(numbers(found, name + "_lower", index)[index],
                 numbers(found, name + "_upper", index)[index],
                 confidence_of(tree_));
}

double LimitErrors::of_mean(const std::string& name, std::size_t index) const
{
    const std::vector<double>& values =
        numbers(tree_.group("moments"), name, index + n_moments - 1);
    return error(values[index + n_moments - 2],
                 values[index + n_moments - 1],
                 confidence_of(tree_));
}

double errors_between(double a, double error_a, double b, double error_b)
{
    const double error = std::hypot(error_a, error_b);
    const double difference = a - b;
    if (difference == 0.0 || !std::isfinite(error) || std::isnan(difference)) {
        return 0.0;
    }
    return difference / error;
}

}  // namespace hepta::campaign
