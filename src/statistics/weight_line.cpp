#include "hepta/statistics/intervals.hpp"
#include "hepta/statistics/weighted.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace hepta::statistics {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double sum_of(std::span<const double> values)
{
    return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace

WeightLine::WeightLine(std::vector<double> n_samples,
                       std::vector<double> weights,
                       double sum_of_squares)
    : n_(std::move(n_samples)),
      x_(std::move(weights)),
      n_samples_(sum_of(n_)),
      weight_(sum_of(x_)),
      sum_of_squares_(sum_of_squares),
      is_usable_(n_.size() >= 3 && *std::min_element(n_.begin(), n_.end()) > 0)
{
    assert(n_.size() == x_.size());
    if (!is_usable_) {
        return;
    }
    for (std::size_t r = 0; r < x_.size(); ++r) {
        x_[r] /= n_[r];
    }
    mean_x_ = sum_of(x_) / static_cast<double>(x_.size());
    for (const double x : x_) {
        sxx_ += (x - mean_x_) * (x - mean_x_);
    }
}

double WeightLine::effective_samples() const noexcept
{
    return sum_of_squares_ > 0.0 ? weight_ * weight_ / sum_of_squares_ : 0.0;
}

double WeightLine::total(std::span<const double> sums) const
{
    assert(sums.size() == n_.size());
    return sum_of(sums);
}

double WeightLine::slope(std::span<const double> sums) const
{
    if (!is_usable_) {
        return weight_ > 0.0 ? total(sums) / weight_ : 0.0;
    }
    if (sxx_ == 0.0) {
        return 0.0;  // all weights are 1
    }
    double sxy = 0.0;
    for (std::size_t r = 0; r < x_.size(); ++r) {
        sxy += (x_[r] - mean_x_) * (sums[r] / n_[r]);
    }
    return sxy / sxx_;
}

double WeightLine::value(std::span<const double> sums) const
{
    return (total(sums) - slope(sums) * excess()) / n_samples_;
}

double WeightLine::variance(std::span<const double> sums) const
{
    if (!is_usable_) {
        return infinity;
    }
    const auto n = static_cast<double>(x_.size());
    const double b = slope(sums);
    double mean = 0.0;
    for (std::size_t r = 0; r < x_.size(); ++r) {
        mean += sums[r] / n_[r] / n;
    }
    double squares = 0.0;
    for (std::size_t r = 0; r < x_.size(); ++r) {
        const double rest = sums[r] / n_[r] - mean - b * (x_[r] - mean_x_);
        squares += rest * rest;
    }
    if (sxx_ == 0.0) {
        return squares / (n - 1.0) / n;
    }
    const double lever = (1.0 - mean_x_) * (1.0 - mean_x_) / sxx_;
    return squares / (n - 2.0) * (1.0 / n + lever);
}

double WeightLine::factor(double confidence) const
{
    const auto n = static_cast<std::uint64_t>(x_.size());
    return is_usable_ ? student_factor(sxx_ == 0.0 ? n - 1 : n - 2, confidence)
                      : infinity;
}

WeightedMoments weighted_moments(const CellPlan& plan,
                                 std::span<const WeightedSums> sums,
                                 std::span<const double> valid,
                                 const WeightLine& line,
                                 double confidence)
{
    const std::size_t n = sums.size();
    const double divisor = line.value(valid);
    if (sum_of(valid) == 0.0) {
        return {nan, nan, {nan, nan}};
    }
    std::vector<double> part(n);
    for (std::size_t r = 0; r < n; ++r) {
        part[r] = static_cast<double>(sums[r].sum) / weight_of_one;
    }
    const double mean = line.value(part) / divisor;
    // Squares about a whole number near the mean are small and exact; what
    // overflows on the way wraps back.
    const auto whole = static_cast<Int128>(std::nearbyint(mean));
    std::vector<double> squares(n);
    for (std::size_t r = 0; r < n; ++r) {
        part[r] -= mean * valid[r];
        const auto weight =
            static_cast<Int128>(std::nearbyint(valid[r] * weight_of_one));
        const UInt128 about_whole =
            sums[r].sum_of_squares -
            static_cast<UInt128>(whole) *
                static_cast<UInt128>(2 * sums[r].sum - weight * whole);
        squares[r] = static_cast<double>(static_cast<Int128>(about_whole)) /
                     weight_of_one;
    }
    const double rest = mean - static_cast<double>(whole);
    double variance = line.value(squares) / divisor - rest * rest;
    if (!(variance > 0.0)) {
        // the line may lead below 0 where the weights are few
        variance = sum_of(squares) / sum_of(valid) - rest * rest;
    }
    const double half = line.factor(confidence) *
                        std::sqrt(line.variance(part)) / std::abs(divisor);
    return {plan.center + mean / plan.scale,
            std::sqrt(std::max(variance, 0.0)) / plan.scale,
            {plan.center + (mean - half) / plan.scale,
             plan.center + (mean + half) / plan.scale}};
}

Proportion weighted_proportion(const WeightLine& line,
                               std::span<const double> happened,
                               std::span<const double> defined,
                               double confidence)
{
    const double all = sum_of(defined);
    const double some = sum_of(happened);
    if (all == 0.0) {
        return {nan, nan, nan};
    }
    if (some == 0.0 || some == all) {
        const auto n = static_cast<std::uint64_t>(
            std::max(std::floor(line.effective_samples()), 1.0));
        return wilson(some == 0.0 ? 0 : n, n, confidence);
    }
    const double divisor = line.value(defined);
    const double value = line.value(happened) / divisor;
    std::vector<double> rest(happened.begin(), happened.end());
    for (std::size_t r = 0; r < rest.size(); ++r) {
        rest[r] -= value * defined[r];
    }
    const double half = line.factor(confidence) *
                        std::sqrt(line.variance(rest)) / std::abs(divisor);
    return {std::clamp(value, 0.0, 1.0),
            std::clamp(value - half, 0.0, 1.0),
            std::clamp(value + half, 0.0, 1.0)};
}

}  // namespace hepta::statistics
