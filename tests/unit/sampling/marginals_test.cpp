#include "draw_rows.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

namespace hepta::sampling {
namespace {

struct Moments
{
    double mean = 0.0;
    double variance = 0.0;
};

struct Case
{
    std::string name;
    Distribution distribution;
    Moments exact;
};

double density(double z)
{
    return std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::numbers::pi);
}
double probability(double z)
{
    return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

/// Half of E exp(k sigma |z|): one side of a two-piece lognormal.
double half_moment(double k, double sigma)
{
    const double s = k * sigma;
    return std::exp(0.5 * s * s) * probability(s);
}

Moments of_lognormal(double median, double sigma_low, double sigma_high)
{
    const auto raw = [&](double k) {
        return std::pow(median, k) *
               (half_moment(k, -sigma_low) + half_moment(k, sigma_high));
    };
    return {raw(1.0), raw(2.0) - raw(1.0) * raw(1.0)};
}

Moments of_truncated_normal(double mean, double sd, double a, double b)
{
    const double mass = probability(b) - probability(a);
    const double shift = (density(a) - density(b)) / mass;
    const double slope = (a * density(a) - b * density(b)) / mass;
    return {mean + sd * shift, sd * sd * (1.0 + slope - shift * shift)};
}

/// Closed forms; spreads small enough for 2^19 samples to see 1 %.
std::vector<Case> cases()
{
    const auto square = [](double x) { return x * x; };
    const double beta_variance = 2.0 * 5.0 / (49.0 * 8.0);
    return {
        {"uniform", Uniform{1.0, 4.0}, {2.5, 9.0 / 12.0}},
        {"triangular",
         Triangular{1.0, 2.0, 6.0},
         {3.0, (1.0 + 4.0 + 36.0 - 2.0 - 6.0 - 12.0) / 18.0}},
        {"normal", Normal{3.0, 0.5}, {3.0, 0.25}},
        {"lognormal", Lognormal{2.0, 0.3, 0.3}, of_lognormal(2.0, 0.3, 0.3)},
        {"two-piece lognormal",
         Lognormal{2.0, 0.2, 0.4},
         of_lognormal(2.0, 0.2, 0.4)},
        {"truncated normal",
         TruncatedNormal{10.0, 4.0, 8.0, 20.0},
         of_truncated_normal(10.0, 4.0, -0.5, 2.5)},
        {"beta",
         Beta{2.0, 5.0, 1.0, 3.0},
         {1.0 + 2.0 * 2.0 / 7.0, 4.0 * beta_variance}},
        // Variance of a PERT: (mean - low) (high - mean) / 7.
        {"pert", pert(10.0, 12.0, 20.0), {13.0, 3.0 * 7.0 / 7.0}},
        {"discrete",
         Discrete{{1.0, 2.0, 5.0}, {0.5, 0.3, 0.2}},
         {2.1, 0.5 + 0.3 * 4.0 + 0.2 * 25.0 - square(2.1)}},
        // Halves uniform on (1, 2) and (2, 6).
        {"empirical",
         Empirical{{0.0, 0.5, 1.0}, {1.0, 2.0, 6.0}},
         {2.75,
          0.5 * (1.0 / 12.0 + square(1.5)) + 0.5 * (16.0 / 12.0 + 16.0) -
              square(2.75)}},
    };
}

/// Distances of the samples' mean and variance from `exact`, in standard
/// errors.
Moments distance(const std::vector<double>& x, Moments exact)
{
    double sum = 0.0, squares = 0.0, fourths = 0.0;
    for (const double value : x) {
        const double d = value - exact.mean;
        sum += d;
        squares += d * d;
        fourths += d * d * d * d;
    }
    const auto n = static_cast<double>(x.size());
    const double variance = squares / n;
    return {std::abs(sum / n) / std::sqrt(variance / n),
            std::abs(variance - exact.variance) /
                std::sqrt((fourths / n - variance * variance) / n)};
}

TEST(Marginals, HaveTheMomentsOfTheirDistributions)
{
    std::vector<Distribution> distributions;
    for (const Case& c : cases()) {
        distributions.push_back(c.distribution);
    }
    const Rows rows = draw_rows(independent(distributions), 11, 0, 1 << 19);

    for (std::size_t row = 0; row < rows.size(); ++row) {
        const Case c = cases()[row];
        const Moments found = distance(rows[row], c.exact);
        EXPECT_LT(found.mean, 5.0) << c.name;
        EXPECT_LT(found.variance, 5.0) << c.name;

        // Five standard errors would catch a bias of 1 % in either.
        const Moments biased_mean =
            distance(rows[row], {1.01 * c.exact.mean, c.exact.variance});
        EXPECT_GT(biased_mean.mean, 5.0) << c.name;
        const Moments biased_spread =
            distance(rows[row], {c.exact.mean, 1.02 * c.exact.variance});
        EXPECT_GT(biased_spread.variance, 5.0) << c.name;
    }
}

/// Largest distance of the empirical from the uniform distribution function,
/// times sqrt(n): above 1.95 once in a thousand (Kolmogorov).
double kolmogorov(std::vector<double> u)
{
    std::sort(u.begin(), u.end());
    const auto n = static_cast<double>(u.size());
    double worst = 0.0;
    for (std::size_t i = 0; i < u.size(); ++i) {
        const auto rank = static_cast<double>(i);
        worst = std::max({worst, u[i] - rank / n, (rank + 1.0) / n - u[i]});
    }
    return worst * std::sqrt(n);
}

TEST(Marginals, OfUniformDrawsPassKolmogorovsTest)
{
    const Rows rows = draw_rows(
        independent(std::vector<Distribution>(4, Uniform{})), 12, 0, 1 << 16);
    for (const std::vector<double>& u : rows) {
        EXPECT_LT(kolmogorov(u), 1.95);

        std::vector<double> biased = u;
        for (double& x : biased) {
            x = std::pow(x, 1.0 / 1.03);  // 1 % too high in the middle
        }
        EXPECT_GT(kolmogorov(biased), 1.95);
    }
}

TEST(Marginals, OfUniformDrawsCarryNoCorrelationBetweenInputsOrSamples)
{
    const std::size_t n = 1 << 18;
    const Rows rows = draw_rows(
        independent(std::vector<Distribution>(3, Uniform{})), 13, 0, n);
    const auto correlation =
        [&](std::size_t a, std::size_t b, std::size_t lag) {
            double sum = 0.0;
            for (std::size_t i = 0; i + lag < n; ++i) {
                sum += (rows[a][i] - 0.5) * (rows[b][i + lag] - 0.5);
            }
            return 12.0 * sum / static_cast<double>(n - lag);
        };
    const double five_standard_errors = 5.0 / std::sqrt(static_cast<double>(n));
    for (std::size_t a = 0; a < 3; ++a) {
        for (std::size_t b = 0; b < 3; ++b) {
            for (const std::size_t lag : {0, 1, 8, 16, 32}) {
                if (a != b || lag != 0) {
                    EXPECT_LT(std::abs(correlation(a, b, lag)),
                              five_standard_errors)
                        << a << ' ' << b << " lag " << lag;
                }
            }
        }
    }
}

}  // namespace
}  // namespace hepta::sampling
