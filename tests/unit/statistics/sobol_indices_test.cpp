#include "hepta/statistics/sobol_indices.hpp"

#include "shapes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <vector>

namespace hepta::statistics {
namespace {

using Function = std::function<double(const std::vector<double>&)>;

/// A plain Saltelli design over uniforms on (0, 1), and its values.
struct Design
{
    Design(std::size_t d, std::size_t n, unsigned seed, const Function& f)
        : a(n), b(n), ab(d, std::vector<double>(n))
    {
        shapes::Generator generator(seed);
        std::vector<double> x(d), y(d);
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t k = 0; k < d; ++k) {
                x[k] = shapes::uniform(generator);
                y[k] = shapes::uniform(generator);
            }
            a[i] = f(x);
            b[i] = f(y);
            for (std::size_t k = 0; k < d; ++k) {
                std::vector<double> mixed = x;
                mixed[k] = y[k];
                ab[k][i] = f(mixed);
            }
        }
    }
    [[nodiscard]] SaltelliValues values() const
    {
        return {a, b, {ab.begin(), ab.end()}};
    }

    std::vector<double> a, b;
    std::vector<std::vector<double>> ab;
};

/// x1 + 2 x2 + 6 (x2 - 1/2) (x3 - 1/2): variance 1/12 + 4/12 + 36/144
double with_interaction(const std::vector<double>& x)
{
    return x[0] + 2.0 * x[1] + 6.0 * (x[1] - 0.5) * (x[2] - 0.5);
}
constexpr double variance = 1.0 / 12.0 + 4.0 / 12.0 + 36.0 / 144.0;
constexpr double first_order[] = {
    1.0 / 12.0 / variance, 4.0 / 12.0 / variance, 0.0};
constexpr double total[] = {1.0 / 12.0 / variance,
                            (4.0 / 12.0 + 36.0 / 144.0) / variance,
                            36.0 / 144.0 / variance};

/// The standard error that the limits stand for.
double standard_error(const Estimate& e, std::size_t n_batches)
{
    return 0.5 * (e.upper - e.lower) / student_factor(n_batches - 1, 0.95);
}

TEST(SobolIndices, LieWithinFiveStandardErrorsOfTheirClosedForm)
{
    const Design design(3, 1 << 16, 2, with_interaction);
    const auto batches = in_parts(design.values(), 32);
    const SobolIndices found = sobol_indices(batches, 0.95);

    for (std::size_t i = 0; i < 3; ++i) {
        for (const auto& [estimate, exact] :
             {std::pair{found.first_order[i], first_order[i]},
              std::pair{found.total[i], total[i]}}) {
            const double error = standard_error(estimate, 32);

            EXPECT_LT(std::abs(estimate.value - exact), 5.0 * error);
            EXPECT_LT(error, 0.01);
        }
    }
    // The twin; with low-discrepancy points, tests of the functions see 1 %.
    EXPECT_GT(std::abs(found.first_order[1].value - 0.95 * first_order[1]),
              5.0 * standard_error(found.first_order[1], 32));
}

TEST(SobolIndices, HoldTheTruthAsOftenAsTheySay)
{
    std::size_t held = 0, n = 0;
    for (unsigned seed = 0; seed < 200; ++seed) {
        const Design design(3, 1024, 100 + seed, with_interaction);
        const SobolIndices found =
            sobol_indices(in_parts(design.values(), 16), 0.95);
        for (std::size_t i = 0; i < 3; ++i) {
            for (const auto& [e, exact] :
                 {std::pair{found.first_order[i], first_order[i]},
                  std::pair{found.total[i], total[i]}}) {
                held += e.lower <= exact && exact <= e.upper ? 1 : 0;
                ++n;
            }
        }
    }
    // Six dependent intervals a design: at least 200 independent ones.
    EXPECT_NEAR(static_cast<double>(held) / static_cast<double>(n),
                0.95,
                5.0 * std::sqrt(0.95 * 0.05 / 200.0));
}

TEST(SobolIndices, AreThoseOfOneBatchWhateverTheParts)
{
    const Design design(3, 1 << 12, 3, with_interaction);
    const SaltelliValues whole = design.values();
    const SobolIndices one = sobol_indices({&whole, 1}, 0.95);
    const SobolIndices many = sobol_indices(in_parts(whole, 16), 0.95);

    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_NEAR(one.first_order[i].value, many.first_order[i].value, 1e-13);
        EXPECT_NEAR(one.total[i].value, many.total[i].value, 1e-13);
        EXPECT_TRUE(std::isinf(one.total[i].upper));
    }
    EXPECT_NEAR(one.mean, many.mean, 1e-14);
    EXPECT_NEAR(one.variance, many.variance, 1e-14);
}

TEST(SobolIndices, EqualJansensFormulasInLongDouble)
{
    const Design design(3, 777, 4, with_interaction);
    const SaltelliValues values = design.values();
    const SobolIndices found = sobol_indices({&values, 1}, 0.95);
    const auto n = static_cast<long double>(values.a.size());
    const auto moments = [&](std::span<const double> x,
                             std::span<const double> y) {
        long double sum = 0, squares = 0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            sum += static_cast<long double>(x[i]) + y[i];
        }
        const long double mean = sum / (2 * n);
        for (std::size_t i = 0; i < x.size(); ++i) {
            squares +=
                (x[i] - mean) * (x[i] - mean) + (y[i] - mean) * (y[i] - mean);
        }
        return squares / (2 * n);
    };
    for (std::size_t k = 0; k < 3; ++k) {
        long double from_b = 0, from_a = 0;
        for (std::size_t i = 0; i < values.a.size(); ++i) {
            const long double x = values.ab[k][i];
            from_b += (values.b[i] - x) * (values.b[i] - x) / (2 * n);
            from_a += (values.a[i] - x) * (values.a[i] - x) / (2 * n);
        }
        EXPECT_NEAR(
            found.first_order[k].value,
            static_cast<double>(1 - from_b / moments(values.b, values.ab[k])),
            1e-14);
        EXPECT_NEAR(found.total[k].value,
                    static_cast<double>(from_a / moments(values.a, values.b)),
                    1e-14);
    }
}

TEST(SobolIndices, LoseNoDigitsToALargeMean)
{
    const Design plain(3, 4096, 5, with_interaction);
    const Design shifted(3, 4096, 5, [](const std::vector<double>& x) {
        return 0x1p30 + std::floor(0x1p20 * with_interaction(x)) * 0x1p-20;
    });
    const SobolIndices a = sobol_indices(in_parts(plain.values(), 4), 0.95);
    const SobolIndices b = sobol_indices(in_parts(shifted.values(), 4), 0.95);

    for (std::size_t i = 0; i < 3; ++i) {
        // The values themselves are rounded to 2^-20.
        EXPECT_NEAR(a.first_order[i].value, b.first_order[i].value, 3e-6);
        EXPECT_NEAR(a.total[i].value, b.total[i].value, 3e-6);
    }
}

TEST(SobolIndices, OfAConstantAreNaN)
{
    const Design design(
        2, 64, 1, [](const std::vector<double>&) { return 0.1; });
    const SobolIndices found =
        sobol_indices(in_parts(design.values(), 4), 0.95);

    EXPECT_EQ(found.variance, 0.0);
    EXPECT_EQ(found.mean, 0.1);
    EXPECT_TRUE(std::isnan(found.first_order[0].value));
    EXPECT_TRUE(std::isnan(found.total[1].lower));
}

}  // namespace
}  // namespace hepta::statistics
