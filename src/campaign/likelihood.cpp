#include "hepta/campaign/likelihood.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hepta::campaign {

std::vector<double> likelihood_weights(const std::vector<double>& squares)
{
    double least = std::numeric_limits<double>::infinity();
    for (const double square : squares) {
        if (std::isfinite(square)) {
            least = std::min(least, square);
        }
    }
    std::vector<double> weights(squares.size(), 0.0);
    for (std::size_t k = 0; k < squares.size(); ++k) {
        if (std::isfinite(squares[k])) {
            weights[k] = std::exp(0.5 * (least - squares[k]));
        }
    }
    return weights;
}

double effective_number(const std::vector<double>& weights)
{
    double sum = 0.0;
    double sum_of_squares = 0.0;
    for (const double w : weights) {
        sum += w;
        sum_of_squares += w * w;
    }
    return sum > 0.0 ? sum * sum / sum_of_squares : 0.0;
}

double weighted_percentile(const std::vector<WeightedValue>& values, double p)
{
    if (values.empty()) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    double sum = 0.0;
    for (const WeightedValue& v : values) {
        sum += v.weight;
    }
    const double first = 0.5 * values.front().weight;
    const double wanted =
        p / 100.0 * (sum - first - 0.5 * values.back().weight);
    double below = 0.0;  // middle of the weight of k - 1, from that of 0
    for (std::size_t k = 1; k < values.size(); ++k) {
        const double step = 0.5 * (values[k - 1].weight + values[k].weight);
        if (wanted <= below + step) {
            return std::lerp(values[k - 1].value,
                             values[k].value,
                             std::max(0.0, wanted - below) / step);
        }
        below += step;
    }
    return values.back().value;
}

MeanAndVariance mean_and_variance(const std::vector<WeightedValue>& values)
{
    double sum = 0.0;
    double first = 0.0;
    for (const WeightedValue& v : values) {
        sum += v.weight;
        first += v.weight * v.value;
    }
    MeanAndVariance moments;
    moments.mean = first / sum;
    double second = 0.0;
    for (const WeightedValue& v : values) {
        const double d = v.value - moments.mean;
        second += v.weight * d * d;
    }
    moments.variance = second / sum;
    return moments;
}

}  // namespace hepta::campaign
