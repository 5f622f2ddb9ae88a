// Inlined exponential and logarithm against the C library in long double, and
// the same with 1e-15 more, which must not pass.
#include "simd_results.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <random>

namespace hepta {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Distance from the exact value in units of the last place of a double.
double error_in_ulp(double value, long double exact)
{
    const double near = std::abs(static_cast<double>(exact));
    const double ulp = std::nextafter(near, infinity) - near;
    return static_cast<double>(std::abs(value - exact) / ulp);
}

struct Errors
{
    double exp = 0.0, log = 0.0;  ///< the largest, in ulp
};

Errors largest_errors(double factor)
{
    const auto in = std::make_unique<SimdArguments>();
    const auto out = std::make_unique<SimdResults>();
    std::mt19937_64 random(7);
    std::uniform_real_distribution<double> exponent(-700.0, 700.0);
    std::uniform_real_distribution<double> near_one(0.5, 2.0);
    Errors errors;
    for (int round = 0; round < 200; ++round) {
        for (std::size_t i = 0; i < simd_test_size; ++i) {
            in->a[i] =
                round % 2 == 0 ? exponent(random) : exponent(random) / 1e3;
            in->b[i] =
                round % 2 == 0 ? std::exp(exponent(random)) : near_one(random);
        }
        avx2::apply_inline_functions(*in, *out);
        for (std::size_t i = 0; i < simd_test_size; ++i) {
            const auto a = static_cast<long double>(in->a[i]);
            const auto b = static_cast<long double>(in->b[i]);
            errors.exp =
                std::max(errors.exp,
                         error_in_ulp(out->value[0][i] * factor, std::exp(a)));
            errors.log =
                std::max(errors.log,
                         error_in_ulp(out->value[1][i] * factor, std::log(b)));
        }
    }
    return errors;
}

TEST(SimdMath, IsWithinTheStatedUnitsOfTheLastPlace)
{
    const Errors errors = largest_errors(1.0);
    EXPECT_LE(errors.exp, 1.1);
    EXPECT_LE(errors.log, 3.0);

    const Errors biased = largest_errors(1.0 + 1e-15);
    EXPECT_GT(biased.exp, 1.1);
    EXPECT_GT(biased.log, 3.0);
}

TEST(SimdMath, HasTheValuesThatTheModelReliesOn)
{
    const auto in = std::make_unique<SimdArguments>();
    const auto out = std::make_unique<SimdResults>();
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double a[] = {0.0, -300.0, nan, 700.0};
    const double b[] = {1.0, nan, 0.0, -2.0, infinity};
    std::copy(std::begin(a), std::end(a), in->a);
    std::copy(std::begin(b), std::end(b), in->b);

    avx2::apply_inline_functions(*in, *out);

    const double* exp = out->value[0];
    EXPECT_EQ(exp[0], 1.0);
    EXPECT_GT(exp[1], 5e-131);
    EXPECT_TRUE(std::isnan(exp[2]));
    EXPECT_TRUE(std::isfinite(exp[3]));
    const double* log = out->value[1];
    EXPECT_EQ(log[0], 0.0);
    EXPECT_TRUE(std::isnan(log[1]));
    EXPECT_TRUE(std::isnan(log[2]));
    EXPECT_TRUE(std::isnan(log[3]));
    EXPECT_EQ(log[4], infinity);
}

}  // namespace
}  // namespace hepta
