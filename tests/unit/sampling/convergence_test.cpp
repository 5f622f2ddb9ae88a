// How the error of a mean falls with the number of samples, on the function of
// Ishigami & Homma (1990): mean 3.5 in closed form.
#include "draw_rows.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

namespace hepta::sampling {
namespace {

constexpr double ishigami_mean = 3.5;

double ishigami(double u1, double u2, double u3)
{
    const auto angle = [](double u) {
        return std::numbers::pi * (2.0 * u - 1.0);
    };
    const double s1 = std::sin(angle(u1)), s2 = std::sin(angle(u2));
    const double x3 = angle(u3);
    return s1 + 7.0 * s2 * s2 + 0.1 * x3 * x3 * x3 * x3 * s1;
}

Design three_inputs(const SamplerPlan& plan)
{
    return Design(independent({Uniform{}, Uniform{}, Uniform{}}),
                  11,
                  detect_instruction_set(),
                  plan);
}

/// Root of the mean square of (mean of 2^m values of a group - truth), for m =
/// first_m ... last_m, over groups; value i of group g is sample at(g, i).
template <class At>
std::vector<double> errors(const Design& design,
                           std::size_t n_groups,
                           std::uint32_t first_m,
                           std::uint32_t last_m,
                           double truth,
                           At at)
{
    const std::size_t n = std::size_t{1} << last_m;
    const Rows u = draw_rows(design, 0, n_groups * n);
    std::vector<double> squares(last_m - first_m + 1, 0.0);
    for (std::size_t group = 0; group < n_groups; ++group) {
        double sum = 0.0;
        for (std::size_t i = 0, m = first_m; i < n; ++i) {
            const std::size_t s = at(group, i);
            sum += ishigami(u[0][s], u[1][s], u[2][s]);
            if (i + 1 == std::size_t{1} << m) {
                const double error = sum / static_cast<double>(i + 1) - truth;
                squares[m - first_m] += error * error;
                ++m;
            }
        }
    }
    for (double& square : squares) {
        square = std::sqrt(square / static_cast<double>(n_groups));
    }
    return squares;
}

/// Least-squares slope of log2 error against m.
double slope(const std::vector<double>& error)
{
    const double middle = static_cast<double>(error.size() - 1) / 2.0;
    double xy = 0.0, xx = 0.0;
    for (std::size_t i = 0; i < error.size(); ++i) {
        const double x = static_cast<double>(i) - middle;
        xy += x * std::log2(error[i]);
        xx += x * x;
    }
    return xy / xx;
}

double sobol_slope(double truth)
{
    SamplerPlan plan;
    plan.kind = SamplerKind::sobol;
    plan.n_randomisations = 32;
    return slope(errors(
        three_inputs(plan),
        32,
        8,
        14,
        truth,
        [](std::size_t group, std::size_t i) { return i * 32 + group; }));
}

double mc_slope()
{
    return slope(errors(
        three_inputs({}),
        512,
        5,
        11,
        ishigami_mean,
        [](std::size_t group, std::size_t i) { return group << 11 | i; }));
}

TEST(Convergence, OfScrambledSobolPointsIsFasterThanTheSixthFifthPower)
{
    EXPECT_LE(sobol_slope(ishigami_mean), -1.2);
    // A mean that is off by 1 % would show.
    EXPECT_GT(sobol_slope(1.01 * ishigami_mean), -1.2);
}

TEST(Convergence, OfPlainSamplesIsWithTheRoot)
{
    // 512 groups: 5 standard errors of the slope.
    EXPECT_NEAR(mc_slope(), -0.5, 0.05);
}

TEST(Convergence, LatinHypercubeIntegratesASumFarBetterThanPlainSamples)
{
    // Stein (1987): the variance of what is additive vanishes. Of a linear
    // function it is that of the jitter, 1 / (12 N^3) an input.
    const std::size_t n = 1024, n_seeds = 400;
    SamplerPlan plan;
    plan.kind = SamplerKind::lhs;
    plan.n_samples = n;
    double square = 0.0;
    for (std::uint64_t seed = 0; seed < n_seeds; ++seed) {
        const Rows u = draw_rows(Design(independent({Uniform{}, Uniform{}}),
                                        seed,
                                        detect_instruction_set(),
                                        plan),
                                 0,
                                 n);
        double sum = 0.0;
        for (std::size_t s = 0; s < n; ++s) {
            sum += u[0][s] + u[1][s] - 1.0;
        }
        square += sum * sum / static_cast<double>(n * n);
    }
    const double ratio =
        square / static_cast<double>(n_seeds) / (2.0 / (12.0 * std::pow(n, 3)));
    EXPECT_NEAR(ratio, 1.0, 5.0 * std::sqrt(2.0 / n_seeds));
}

}  // namespace
}  // namespace hepta::sampling
