#include "hepta/core/instruction_set.hpp"
#include "simd_results.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <memory>
#include <random>

namespace hepta {
namespace {

/// Numbers of all sizes and signs, with the special ones among them.
std::unique_ptr<SimdArguments> make_arguments()
{
    auto in = std::make_unique<SimdArguments>();
    std::mt19937_64 random(1);
    std::uniform_real_distribution<double> exponent(-30.0, 30.0);
    const auto number = [&] {
        const double x = std::exp(exponent(random));
        return random() % 2 == 0 ? x : -x;
    };
    for (std::size_t i = 0; i < simd_test_size; ++i) {
        in->a[i] = number();
        in->b[i] = random() % 8 == 0 ? in->a[i] : number();
        in->c[i] = number();
        in->n[i] = static_cast<std::int64_t>(random());
    }
    const double infinity = std::numeric_limits<double>::infinity();
    const double special[] = {0.0,
                              -0.0,
                              1.0,
                              -1.0,
                              0.5,
                              2.5,
                              infinity,
                              -infinity,
                              std::numeric_limits<double>::quiet_NaN(),
                              std::numeric_limits<double>::denorm_min(),
                              std::numeric_limits<double>::max(),
                              710.0,
                              -746.0};
    std::size_t i = 0;
    for (const double x : special) {
        for (const double y : special) {
            in->a[i] = x;
            in->b[i] = y;
            ++i;
        }
    }
    return in;
}

/// The same bits, or both not a number: SLEEF's log of a negative number is
/// not the same NaN in both.
bool same(double x, double y)
{
    return std::memcmp(&x, &y, sizeof x) == 0 ||
           (std::isnan(x) && std::isnan(y));
}

TEST(Simd, BothInstructionSetsGiveTheSameBitsForEveryOperation)
{
    if (detect_instruction_set() != InstructionSet::avx512) {
        GTEST_SKIP() << "this processor has no AVX-512";
    }
    const auto in = make_arguments();
    const auto narrow = std::make_unique<SimdResults>();
    const auto wide = std::make_unique<SimdResults>();

    avx2::apply_operations(*in, *narrow);
    avx512::apply_operations(*in, *wide);

    ASSERT_EQ(narrow->n_operations, wide->n_operations);
    ASSERT_LE(narrow->n_operations, simd_test_operations);
    for (int k = 0; k < narrow->n_operations; ++k) {
        for (std::size_t i = 0; i < simd_test_size; ++i) {
            EXPECT_TRUE(same(narrow->value[k][i], wide->value[k][i]))
                << "operation " << k << " of " << in->a[i] << ", " << in->b[i]
                << ", " << in->c[i];
        }
    }
    EXPECT_TRUE(std::equal(std::begin(narrow->lane_mask),
                           std::end(narrow->lane_mask),
                           std::begin(wide->lane_mask)));
}

/// Expects the first operations, in the order of simd_operations.hpp, to be
/// those of the language.
void expect_results_of_the_language(const SimdArguments& in,
                                    const SimdResults& out)
{
    for (std::size_t i = 0; i < simd_test_size; ++i) {
        const double a = in.a[i], b = in.b[i], c = in.c[i];
        const double expected[] = {a + b,
                                   a - b,
                                   a * b,
                                   a / b,
                                   std::fma(a, b, c),
                                   std::fma(a, b, -c),
                                   std::fma(-a, b, c),
                                   a < b ? a : b,
                                   a > b ? a : b,
                                   std::sqrt(a),
                                   std::floor(a),
                                   std::abs(a),
                                   std::copysign(a, b)};
        int k = 0;
        for (const double x : expected) {
            if (std::isnan(x)) {
                EXPECT_TRUE(std::isnan(out.value[k][i]));
            } else {
                EXPECT_EQ(out.value[k][i], x)
                    << "operation " << k << " of " << a << ", " << b;
            }
            ++k;
        }
        EXPECT_EQ(out.lane_mask[i], a < b);
    }
}

TEST(Simd, OperationsAreThoseOfTheLanguage)
{
    const auto in = make_arguments();
    const auto out = std::make_unique<SimdResults>();

    avx2::apply_operations(*in, *out);
    expect_results_of_the_language(*in, *out);
    if (detect_instruction_set() == InstructionSet::avx512) {
        avx512::apply_operations(*in, *out);
        expect_results_of_the_language(*in, *out);
    }
}

TEST(Simd, AnyAndAllSummariseTheLanesOfARegister)
{
    const auto in = make_arguments();
    const auto out = std::make_unique<SimdResults>();

    avx2::apply_operations(*in, *out);

    const std::size_t width = 4;
    for (std::size_t i = 0; i < simd_test_size; ++i) {
        const bool* lanes = out->lane_mask + i / width * width;
        const auto n_set = std::count(lanes, lanes + width, true);
        EXPECT_EQ(out->any[i], n_set > 0);
        EXPECT_EQ(out->all[i], n_set == 4);
    }
}

}  // namespace
}  // namespace hepta
