#include "draw_rows.hpp"
#include "example_spec.hpp"
#include "scalar_twin.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace hepta::sampling {
namespace {

/// Probabilities dense in the middle and far into both tails.
std::vector<double> probabilities()
{
    std::vector<double> u;
    for (int i = 1; i < 2000; ++i) {
        u.push_back(i / 2000.0);
    }
    for (double tail = 1e-3; tail > 0x1p-53; tail *= 0.83) {
        u.push_back(tail);
        u.push_back(1.0 - tail);
    }
    u.push_back(0x1p-53);
    u.push_back(1.0 - 0x1p-53);
    return u;
}

// mpmath 1.3, 30 digits: -sqrt(2) erfinv(1 - 2 p).
TEST(KernelScore, IsThePublishedInverseOfTheNormal)
{
    const std::vector<std::pair<double, double>> published = {
        {1e-15, -7.9413453261709968},
        {1e-10, -6.3613409024040562},
        {1e-5, -4.2648907939228246},
        {0.001, -3.0902323061678135},
        {0.02, -2.0537489106318231},
        {0.1, -1.2815515655446005},
        {0.25, -0.67448975019608174},
        {0.4, -0.2533471031357998}};
    for (const InstructionSet set : supported_sets()) {
        for (const auto& [u, score] : published) {
            const double z = kernel_quantiles(Normal{}, {u}, set)[0];
            EXPECT_NEAR(z / score, 1.0, 5e-16) << "u = " << u;
        }
    }
}

TEST(KernelScore, EqualsBoostTo15Digits)
{
    const std::vector<double> u = probabilities();
    const std::vector<double> z =
        kernel_quantiles(Normal{}, u, detect_instruction_set());
    for (std::size_t i = 0; i < u.size(); ++i) {
        const double expected = twin_score(u[i]);
        EXPECT_NEAR(z[i], expected, 1e-15 * std::abs(expected))
            << "u = " << u[i];
    }
}

TEST(KernelScore, IsOddAboutOneHalf)
{
    const std::vector<double> u = probabilities();
    std::vector<double> mirrored;
    for (const double x : u) {
        mirrored.push_back(1.0 - x);
    }
    const auto set = detect_instruction_set();
    const std::vector<double> z = kernel_quantiles(Normal{}, u, set);
    const std::vector<double> minus_z =
        kernel_quantiles(Normal{}, mirrored, set);
    for (std::size_t i = 0; i < u.size(); ++i) {
        if (1.0 - mirrored[i] == u[i]) {
            EXPECT_EQ(z[i], -minus_z[i]) << "u = " << u[i];
        }
    }
}

// A quantile at 0 or 1 may come from inputs drawn elsewhere.
TEST(KernelScore, IsFiniteAtZeroAndOne)
{
    const std::vector<double> z =
        kernel_quantiles(Normal{}, {0.0, 1.0}, detect_instruction_set());
    EXPECT_NEAR(z[0], -8.2095361516013874, 1e-14);
    EXPECT_EQ(z[1], -z[0]);
}

TEST(KernelProbability, UndoesTheScore)
{
    // A member of a block of one has its own score, and its value comes from
    // Phi of it: the uniform draw again. Both functions are good to 1e-15; an
    // error of z grows by the slope of ln Phi.
    DesignSpec alone = independent(std::vector<Distribution>(8, Uniform{}));
    DesignSpec in_blocks = alone;
    for (const Input& input : alone.inputs) {
        in_blocks.blocks.push_back({{input.name}, {1.0}});
    }
    const std::size_t n = 1 << 14;

    const Rows expected = draw_rows(alone, 5, 0, n);
    const Rows rows = draw_rows(in_blocks, 5, 0, n);

    double smallest = 1.0;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        for (std::size_t i = 0; i < n; ++i) {
            const double u = expected[row][i];
            const double z = twin_score(u);
            const double slope = boost::math::pdf(boost::math::normal(), z) / u;
            ASSERT_NEAR(
                rows[row][i] / u, 1.0, 1e-15 * (1.0 + slope * std::abs(z)))
                << "u = " << u;
            smallest = std::min(smallest, u);
        }
    }
    EXPECT_LT(smallest, 1e-4);  // the tail was visited
}

/// Width of the values, the unit of a table's error.
double range_of(const Distribution& distribution)
{
    return quantile(distribution, 1.0 - 0x1p-53) -
           quantile(distribution, 0x1p-53);
}

std::vector<Distribution> tabulated_distributions()
{
    const double infinity = std::numeric_limits<double>::infinity();
    return {pert(0.0, 0.0, 1.0),
            pert(10.0, 12.0, 20.0),
            Beta{0.5, 0.5, 0.0, 1.0},
            Beta{0.1, 4.0, 0.0, 1.0},
            Beta{50.0, 2.0, -3.0, 7.0},
            TruncatedNormal{0.0, 1.0, -1.0, 1.0},
            TruncatedNormal{0.0, 1.0, -5.0, infinity},
            TruncatedNormal{5.0, 2.0, -infinity, 6.0},
            TruncatedNormal{0.0, 1.0, 6.0, 8.0},
            TruncatedNormal{0.0, 1.0, -8.0, 8.0}};
}

TEST(KernelTable, EqualsBoostTo12DigitsOfTheRange)
{
    const std::vector<double> u = probabilities();
    for (const Distribution& distribution : tabulated_distributions()) {
        const std::vector<double> x =
            kernel_quantiles(distribution, u, detect_instruction_set());
        const double range = range_of(distribution);
        for (std::size_t i = 0; i < u.size(); ++i) {
            EXPECT_NEAR(x[i], quantile(distribution, u[i]), 1e-12 * range)
                << "u = " << u[i];
        }
    }
}

TEST(KernelTable, RisesAndStaysWithinTheBounds)
{
    std::vector<double> u;
    for (int i = -8000; i <= 8000; ++i) {
        u.push_back(twin_probability(i * 1e-3));
    }
    for (const Distribution& distribution : tabulated_distributions()) {
        const std::vector<double> x =
            kernel_quantiles(distribution, u, detect_instruction_set());
        const double rounding = 1e-14 * range_of(distribution);
        for (std::size_t i = 1; i < x.size(); ++i) {
            EXPECT_GE(x[i], x[i - 1] - rounding) << "u = " << u[i];
        }
        if (const auto* beta = std::get_if<Beta>(&distribution)) {
            for (const double value : x) {
                EXPECT_GE(value, beta->low);
                EXPECT_LE(value, beta->high);
            }
        }
    }
}

TEST(KernelQuantile, EqualsBoostTo12DigitsForEveryDistribution)
{
    const std::vector<double> u = probabilities();
    for (const Distribution& distribution : example_distributions()) {
        const std::vector<double> x =
            kernel_quantiles(distribution, u, detect_instruction_set());
        const double range = range_of(distribution);
        for (std::size_t i = 0; i < u.size(); ++i) {
            const double expected = quantile(distribution, u[i]);
            const double scale = std::holds_alternative<Lognormal>(distribution)
                                     ? std::abs(expected)
                                     : range;
            EXPECT_NEAR(x[i], expected, 1e-12 * scale) << "u = " << u[i];
        }
    }
}

TEST(KernelQuantile, HasTheSameBitsInBothInstructionSets)
{
    const std::vector<double> u = probabilities();
    for (const Distribution& distribution : example_distributions()) {
        const std::vector<double> first =
            kernel_quantiles(distribution, u, supported_sets().front());
        const std::vector<double> second =
            kernel_quantiles(distribution, u, supported_sets().back());
        EXPECT_EQ(first, second);
    }
}

TEST(KernelQuantile, FindsTheRowOfALongTable)
{
    Empirical table;
    Discrete steps;
    for (int i = 0; i <= 100; ++i) {
        table.probability.push_back(i / 100.0);
        table.value.push_back(i * i);
        steps.value.push_back(i);
        steps.weight.push_back(1.0 / 101.0);
    }
    const std::vector<double> u = probabilities();
    for (const Distribution& distribution :
         {Distribution(table), Distribution(steps)}) {
        const std::vector<double> x =
            kernel_quantiles(distribution, u, detect_instruction_set());
        for (std::size_t i = 0; i < u.size(); ++i) {
            EXPECT_NEAR(x[i], quantile(distribution, u[i]), 1e-11)
                << "u = " << u[i];
        }
    }
}

}  // namespace
}  // namespace hepta::sampling
