#include "hepta/statistics/intervals.hpp"

#include <boost/math/distributions/students_t.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace hepta::statistics {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Ordinary least squares of y over x, sums about the first point.
class Line
{
  public:
    void add(double x, double y)
    {
        if (n_ == 0) {
            x0_ = x;
            y0_ = y;
        }
        const double dx = x - x0_, dy = y - y0_;
        ++n_;
        x_ += dx;
        y_ += dy;
        xx_ += dx * dx;
        xy_ += dx * dy;
        yy_ += dy * dy;
    }
    [[nodiscard]] Estimate slope(double confidence) const
    {
        const auto n = static_cast<double>(n_);
        const double sxx = xx_ - x_ * x_ / n;
        const double sxy = xy_ - x_ * y_ / n;
        const double syy = yy_ - y_ * y_ / n;
        const double slope = sxy / sxx;
        const std::uint64_t degrees = n_ > 2 ? n_ - 2 : 0;
        const double residual = std::max(syy - slope * sxy, 0.0);
        const double standard_error =
            std::sqrt(residual / static_cast<double>(degrees) / sxx);
        return student_interval(slope, standard_error, degrees, confidence);
    }

  private:
    std::uint64_t n_ = 0;
    double x0_ = 0.0, y0_ = 0.0;
    double x_ = 0.0, y_ = 0.0, xx_ = 0.0, xy_ = 0.0, yy_ = 0.0;
};

}  // namespace

double student_factor(std::uint64_t degrees_of_freedom, double confidence)
{
    if (degrees_of_freedom == 0) {
        return infinity;
    }
    const boost::math::students_t_distribution<double> t(
        static_cast<double>(degrees_of_freedom));
    return boost::math::quantile(
        boost::math::complement(t, 0.5 * (1.0 - confidence)));
}

Estimate student_interval(double value,
                          double standard_error,
                          std::uint64_t degrees_of_freedom,
                          double confidence)
{
    if (degrees_of_freedom == 0) {
        return {value, -infinity, infinity};
    }
    const double half =
        student_factor(degrees_of_freedom, confidence) * standard_error;
    return {value, value - half, value + half};
}

Estimate student_interval(std::span<const double> values, double confidence)
{
    if (values.empty()) {
        constexpr double nan = std::numeric_limits<double>::quiet_NaN();
        return {nan, nan, nan};
    }
    // About the first value: means of equal values are exact.
    const auto n = static_cast<double>(values.size());
    double sum = 0.0;
    for (const double x : values) {
        sum += x - values[0];
    }
    const double mean = values[0] + sum / n;
    double squares = 0.0;
    for (const double x : values) {
        squares += (x - mean) * (x - mean);
    }
    return student_interval(mean,
                            std::sqrt(squares / (n - 1.0) / n),
                            values.size() - 1,
                            confidence);
}

double bonferroni_confidence(double confidence, std::uint64_t m) noexcept
{
    return 1.0 - (1.0 - confidence) / static_cast<double>(m);
}

double sidak_confidence(double confidence, std::uint64_t m) noexcept
{
    return std::pow(confidence, 1.0 / static_cast<double>(m));
}

double kolmogorov_distance(std::span<const double> a, std::span<const double> b)
{
    assert(!a.empty() && !b.empty());
    const auto n_a = static_cast<double>(a.size());
    const auto n_b = static_cast<double>(b.size());
    double largest = 0.0;
    std::size_t i = 0, j = 0;
    while (i < a.size() && j < b.size()) {
        const double x = std::min(a[i], b[j]);
        while (i < a.size() && a[i] == x) {
            ++i;
        }
        while (j < b.size() && b[j] == x) {
            ++j;
        }
        const double distance = std::abs(static_cast<double>(i) / n_a -
                                         static_cast<double>(j) / n_b);
        largest = std::max(largest, distance);
    }
    return largest;
}

Estimate convergence_slope(std::span<const double> n,
                           std::span<const double> error,
                           double confidence)
{
    assert(n.size() == error.size());
    Line line;
    for (std::size_t i = 0; i < n.size(); ++i) {
        if (error[i] != 0.0) {
            line.add(std::log(n[i]), std::log(std::abs(error[i])));
        }
    }
    return line.slope(confidence);
}

}  // namespace hepta::statistics
