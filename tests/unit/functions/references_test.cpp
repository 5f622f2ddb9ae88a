#include "evaluated.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace hepta::functions {
namespace {

constexpr std::size_t n = std::size_t{1} << 20;

/// What plain sampling says of a function's output.
class Estimates
{
  public:
    explicit Estimates(const TestFunction& function)
        : sorted_(evaluate_draws(function, 11, n))
    {
        std::sort(sorted_.begin(), sorted_.end());
        for (const double y : sorted_) {
            mean_ += y / n;
        }
        for (const double y : sorted_) {
            const double square = (y - mean_) * (y - mean_);
            variance_ += square / n;
            fourth_ += square * square / n;
        }
    }

    [[nodiscard]] double standard_deviation() const
    {
        return std::sqrt(variance_);
    }

    /// How far `value`, which is uncertain, is from the estimate of the
    /// quantity, in standard errors of both.
    [[nodiscard]] double distance(const Reference& reference,
                                  double value) const
    {
        const double u = reference.uncertainty;
        if (reference.quantity == "mean") {
            return apart(mean_, value, variance_ / n, u);
        }
        if (reference.quantity == "variance") {
            return apart(
                variance_, value, (fourth_ - variance_ * variance_) / n, u);
        }
        // A percentile: the share of samples below it is binomial.
        const double p = std::stod(reference.quantity.substr(1)) / 100.0;
        const double standard_error = std::sqrt(p * (1.0 - p) / n);
        const double low = (share_below(value - 5.0 * u) - p) / standard_error;
        const double high = (share_below(value + 5.0 * u) - p) / standard_error;
        return std::max({low, -high, 0.0});
    }

  private:
    static double apart(double found,
                        double value,
                        double estimate_variance,
                        double uncertainty)
    {
        return std::abs(found - value) /
               std::sqrt(estimate_variance + uncertainty * uncertainty);
    }

    [[nodiscard]] double share_below(double value) const
    {
        const auto below =
            std::lower_bound(sorted_.begin(), sorted_.end(), value);
        return static_cast<double>(below - sorted_.begin()) / n;
    }

    std::vector<double> sorted_;
    double mean_ = 0.0, variance_ = 0.0, fourth_ = 0.0;
};

/// Moments and percentiles; indices and tails have tests of their own.
bool is_of_the_distribution(const std::string& quantity)
{
    return quantity == "mean" || quantity == "variance" || quantity[0] == 'P';
}

/// Sampling tells 1 % of the far percentiles only with many more samples.
bool is_far_out(const std::string& quantity)
{
    const double p = quantity[0] == 'P' ? std::stod(quantity.substr(1)) : 50.0;
    return p < 10.0 || p > 90.0;
}

/// What outputs that are 1 % too large would change the quantity by; 1 % of
/// the standard deviation where that is more.
double change_by_bias(const Reference& reference, double standard_deviation)
{
    return reference.quantity == "variance"
               ? (1.01 * 1.01 - 1.0) * reference.value
               : 0.01 * std::max(std::abs(reference.value), standard_deviation);
}

class Distribution : public ::testing::TestWithParam<const char*>
{
};

INSTANTIATE_TEST_SUITE_P(,
                         Distribution,
                         ::testing::Values("ishigami",
                                           "ishigami_b005",
                                           "sobol_g",
                                           "portfolio",
                                           "linear_gaussian",
                                           "lognormal_product",
                                           "borehole_uniform",
                                           "borehole",
                                           "otl_circuit",
                                           "piston",
                                           "wing_weight"));

TEST_P(Distribution, LiesWithinFiveStandardErrorsOfItsReferences)
{
    const TestFunction& function = find(GetParam());
    const Estimates estimates(function);
    for (const Reference& reference : function.references) {
        if (!is_of_the_distribution(reference.quantity)) {
            continue;
        }
        EXPECT_LT(estimates.distance(reference, reference.value), 5.0)
            << reference.quantity << " = " << reference.value;
        if (is_far_out(reference.quantity)) {
            continue;
        }
        const double change =
            change_by_bias(reference, estimates.standard_deviation());
        for (const double biased :
             {reference.value - change, reference.value + change}) {
            EXPECT_GT(estimates.distance(reference, biased), 5.0)
                << reference.quantity << " = " << reference.value
                << " is not told from " << biased;
        }
    }
}

}  // namespace
}  // namespace hepta::functions
