// Statistics of the scrambling over many keys: what the nested uniform scramble
// of Owen (1995) promises.
#include "draw_rows.hpp"
#include "hepta/sampling/sobol_points.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

namespace hepta::sampling {
namespace {

constexpr std::uint32_t n_randomisations = 64;

SamplerPlan sobol()
{
    SamplerPlan plan;
    plan.kind = SamplerKind::sobol;
    plan.n_randomisations = n_randomisations;
    return plan;
}

/// Point 0 (or another) of many inputs, all randomisations of each together.
std::vector<double> values_of_point(std::uint64_t point,
                                    std::size_t n_inputs,
                                    std::uint64_t n_seeds)
{
    std::vector<double> values;
    const DesignSpec spec =
        independent(std::vector<Distribution>(n_inputs, Uniform{}));
    for (std::uint64_t seed = 0; seed < n_seeds; ++seed) {
        const Design design(spec, seed, detect_instruction_set(), sobol());
        for (const std::vector<double>& row :
             draw_rows(design, point * n_randomisations, n_randomisations)) {
            values.insert(values.end(), row.begin(), row.end());
        }
    }
    return values;
}

double mean(const std::vector<double>& x)
{
    double sum = 0.0;
    for (const double value : x) {
        sum += value;
    }
    return sum / static_cast<double>(x.size());
}

/// Of numbers uniform on (0, 1), whose mean and variance are known.
double correlation(const std::vector<double>& x, const std::vector<double>& y)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        sum += (x[i] - 0.5) * (y[i] - 0.5);
    }
    return 12.0 * sum / static_cast<double>(x.size());
}

double five_errors(std::size_t n)
{
    return 5.0 / std::sqrt(static_cast<double>(n));
}

TEST(Scramble, MakesEveryPointUniform)
{
    const std::vector<double> u = values_of_point(0, 3000, 2);
    const double tolerance = five_errors(u.size()) / std::sqrt(12.0);
    const double tolerance_of_variance =
        five_errors(u.size()) / std::sqrt(180.0);

    EXPECT_NEAR(mean(u), 0.5, tolerance);
    EXPECT_NEAR(correlation(u, u) / 12.0, 1.0 / 12.0, tolerance_of_variance);
    // The same tolerance refuses a bias of 1 %.
    EXPECT_GT(std::abs(1.01 * mean(u) - 0.5), tolerance);
}

TEST(Scramble, IsIndependentBetweenRandomisations)
{
    const std::vector<double> u = values_of_point(0, 3000, 2);
    std::vector<double> even, odd, tainted;
    for (std::size_t i = 0; i < u.size(); i += 2) {
        even.push_back(u[i]);
        odd.push_back(u[i + 1]);
        tainted.push_back(0.95 * u[i + 1] + 0.05 * u[i]);
    }
    const double tolerance = five_errors(even.size());

    EXPECT_NEAR(correlation(even, odd), 0.0, tolerance);
    EXPECT_GT(correlation(even, tainted), tolerance);
}

TEST(Scramble, IsIndependentBetweenInputs)
{
    // One dimension, two names: the names alone tell the scrambles apart.
    const std::vector<double> u = values_of_point(5, 2, 2000);
    std::vector<double> first, second;
    for (std::size_t i = 0; i < u.size(); i += 2 * n_randomisations) {
        first.insert(first.end(), &u[i], &u[i] + n_randomisations);
        second.insert(second.end(),
                      &u[i] + n_randomisations,
                      &u[i] + 2 * n_randomisations);
    }
    EXPECT_NEAR(correlation(first, second), 0.0, five_errors(first.size()));
}

TEST(Scramble, KeepsCommonDigitsAndDrawsTheRestAfresh)
{
    // Points 0 and 2^k of the first dimension have their first k digits in
    // common and differ in digit k + 1. After scrambling they still do, and
    // further digits are independent: digit i adds 3 4^-i to the correlation
    // as long as it is common, and takes as much where they differ.
    const std::vector<double> origin = values_of_point(0, 1, 2000);
    double expected = 0.0;
    for (int k = 0; k < 6; ++k) {
        const std::vector<double> other =
            values_of_point(std::uint64_t{1} << k, 1, 2000);
        const double of_digit = 3.0 * std::pow(0.25, k + 1);
        const double found = correlation(origin, other);
        const double tolerance = five_errors(origin.size());
        EXPECT_NEAR(found, expected - of_digit, tolerance) << k;
        expected += of_digit;
    }
}

}  // namespace
}  // namespace hepta::sampling
