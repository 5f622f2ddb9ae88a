#include "batch_sums.hpp"

#include <cmath>
#include <limits>

namespace hepta::statistics {
namespace {

/// Independent sums, so that additions overlap; always added up alike.
constexpr std::size_t n_lanes = 8;

/// Sum of term(i) over [0, n).
template <class F>
double sum_of(std::size_t n, F term)
{
    double lanes[n_lanes] = {};
    const std::size_t whole = n - n % n_lanes;
    for (std::size_t i = 0; i < whole; i += n_lanes) {
        for (std::size_t lane = 0; lane < n_lanes; ++lane) {
            lanes[lane] += term(i + lane);
        }
    }
    for (std::size_t i = whole; i < n; ++i) {
        lanes[i - whole] += term(i);
    }
    return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) +
           ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}

}  // namespace

double sum_about(std::span<const double> x, double center)
{
    return sum_of(x.size(), [&](std::size_t i) { return x[i] - center; });
}

double squares_about(std::span<const double> x, double center)
{
    return sum_of(x.size(), [&](std::size_t i) {
        return (x[i] - center) * (x[i] - center);
    });
}

double squared_differences(std::span<const double> x, std::span<const double> y)
{
    return sum_of(x.size(),
                  [&](std::size_t i) { return (x[i] - y[i]) * (x[i] - y[i]); });
}

Estimate BatchRatio::ratio(double confidence) const
{
    const std::size_t n = numerator.size();
    double above = 0.0, below = 0.0;
    for (std::size_t r = 0; r < n; ++r) {
        above += numerator[r];
        below += denominator[r];
    }
    if (!(below > 0.0)) {
        constexpr double nan = std::numeric_limits<double>::quiet_NaN();
        return {nan, nan, nan};
    }
    const double value = above / below;
    double squares = 0.0;
    for (std::size_t r = 0; r < n; ++r) {
        const double deviation = numerator[r] - value * denominator[r];
        squares += deviation * deviation;
    }
    const auto batches = static_cast<double>(n);
    const double standard_error =
        std::sqrt(squares * batches / (batches - 1.0)) / below;
    return student_interval(value, standard_error, n - 1, confidence);
}

}  // namespace hepta::statistics
