#include "hepta/statistics/given_data.hpp"

#include "hepta/core/error.hpp"
#include "ranking_oracle.hpp"
#include "shapes.hpp"

#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

namespace hepta::statistics {
namespace {

constexpr std::size_t n = 65'536;

struct Samples
{
    std::vector<double> x, y;
};

/// y = rho x + noise, both standard normal.
Samples bivariate_normal(double rho, unsigned seed, std::size_t count = n)
{
    shapes::Generator generator(seed);
    Samples s;
    for (std::size_t i = 0; i < count; ++i) {
        const double x = shapes::normal(generator);
        s.x.push_back(x);
        s.y.push_back(rho * x +
                      std::sqrt(1.0 - rho * rho) * shapes::normal(generator));
    }
    return s;
}

double standard_error(const Estimate& e)
{
    return 0.5 * (e.upper - e.lower) / student_factor(15, 0.95);
}

TEST(FirstOrder, OfCorrelatedNormalsIsTheSquareOfTheCorrelation)
{
    for (const double rho : {0.1, 0.5, 0.9}) {
        const Samples s = bivariate_normal(rho, 3);
        const Estimate e = dependence(s.x, s.y).first_order;
        const double error = standard_error(e);
        // What the classes lose: a normal's variance within 64 of them.
        const double lost = 0.006 * rho * rho;

        EXPECT_LT(std::abs(e.value - rho * rho), 5.0 * error + lost) << rho;
        EXPECT_LT(error, 0.005);
    }
}

TEST(FirstOrder, TellsOnePercentOfALargeIndex)
{
    const Samples s = bivariate_normal(0.9, 3);
    const Estimate e = dependence(s.x, s.y).first_order;

    EXPECT_GT(std::abs(e.value - 0.99 * 0.81), 5.0 * standard_error(e));
}

TEST(FirstOrder, IsZeroOnAverageWithoutDependence)
{
    double sum = 0.0;
    std::size_t held = 0;
    for (unsigned seed = 0; seed < 200; ++seed) {
        const Samples s = bivariate_normal(0.0, 50 + seed, 2048);
        const Estimate e = dependence(s.x, s.y).first_order;
        sum += e.value / 200.0;
        held += e.lower <= 0.0 && 0.0 <= e.upper ? 1 : 0;
    }
    // Of F tests: the variance of the index is 2 (bins - 1) / n^2, nearly.
    const double error = std::sqrt(2.0 * 63.0) / 2048.0 / std::sqrt(200.0);

    EXPECT_LT(std::abs(sum), 5.0 * error);
    // Uncorrected it would be 63 / 2048.
    EXPECT_GT(63.0 / 2048.0, 5.0 * error);
    EXPECT_GT(held, 200 * 0.9);
}

TEST(FirstOrder, HoldsTheTruthAsOftenAsItSays)
{
    std::size_t held = 0;
    for (unsigned seed = 0; seed < 200; ++seed) {
        const Samples s = bivariate_normal(0.5, 300 + seed, 2048);
        GivenDataOptions options;
        options.n_bins = 32;
        const Estimate e = dependence(s.x, s.y, options).first_order;
        held += e.lower <= 0.25 && 0.25 <= e.upper ? 1 : 0;
    }

    EXPECT_NEAR(static_cast<double>(held) / 200.0,
                0.95,
                5.0 * std::sqrt(0.95 * 0.05 / 200.0));
}

TEST(FirstOrder, OfADiscreteInputIsItsAnalysisOfVariance)
{
    // Three values of x, y = x^2 + uniform: variance 2/9 + 1/12 of x^2.
    shapes::Generator generator(6);
    Samples s;
    for (std::size_t i = 0; i < n; ++i) {
        const double x = std::floor(3.0 * shapes::uniform(generator)) - 1.0;
        s.x.push_back(x);
        s.y.push_back(x * x + shapes::uniform(generator));
    }
    const Dependence d = dependence(s.x, s.y);
    const double exact = (2.0 / 9.0) / (2.0 / 9.0 + 1.0 / 12.0);

    EXPECT_NEAR(
        d.first_order.value, exact, 5.0 * standard_error(d.first_order));
    EXPECT_LT(standard_error(d.first_order), 0.002);
    EXPECT_NEAR(d.rank_correlation.value, 0.0, 5.0 / std::sqrt(n));
}

TEST(RankCorrelation, EqualsItsDefinitionWithTies)
{
    shapes::Generator generator(12);
    Samples s;
    for (int i = 0; i < 500; ++i) {
        s.x.push_back(std::round(5.0 * shapes::normal(generator)));
        s.y.push_back(std::round(s.x.back() + 9.0 * shapes::normal(generator)));
    }
    GivenDataOptions options;
    options.n_bins = 16;

    EXPECT_NEAR(dependence(s.x, s.y, options).rank_correlation.value,
                slow_rank_correlation(s.x, s.y),
                1e-14);
}

TEST(RankCorrelation, OfNormalsIsThatOfTheirScores)
{
    // rho_s = 6 / pi asin(rho / 2). Source: Pearson (1907), as in Kruskal
    // (1958), doi:10.1080/01621459.1958.10501481.
    for (const double rho : {-0.8, 0.0, 0.3, 0.95}) {
        const Samples s = bivariate_normal(rho, 4);
        const Estimate e = dependence(s.x, s.y).rank_correlation;
        const double exact = 6.0 / std::numbers::pi * std::asin(rho / 2.0);

        EXPECT_LT(std::abs(e.value - exact),
                  5.0 * 0.5 * (e.upper - e.lower) / 1.96);
        if (rho == 0.95) {  // the twin
            EXPECT_GT(std::abs(e.value - 0.99 * exact),
                      5.0 * 0.5 * (e.upper - e.lower) / 1.96);
        }
    }
}

TEST(RankCorrelation, HoldsTheTruthAsOftenAsItSays)
{
    const double exact = 6.0 / std::numbers::pi * std::asin(0.7 / 2.0);
    std::size_t held = 0;
    for (unsigned seed = 0; seed < 200; ++seed) {
        const Samples s = bivariate_normal(0.7, 900 + seed, 512);
        const Estimate e = dependence(s.x, s.y).rank_correlation;
        held += e.lower <= exact && exact <= e.upper ? 1 : 0;
    }

    EXPECT_NEAR(static_cast<double>(held) / 200.0,
                0.95,
                5.0 * std::sqrt(0.95 * 0.05 / 200.0));
}

TEST(RankCorrelation, OfAMonotoneFunctionIsOne)
{
    Samples s = bivariate_normal(0.0, 5, 1000);
    for (std::size_t i = 0; i < s.x.size(); ++i) {
        s.y[i] = -std::exp(s.x[i]);
    }
    const Estimate e = dependence(s.x, s.y).rank_correlation;

    EXPECT_EQ(e.value, -1.0);
    EXPECT_EQ(e.lower, -1.0);
}

double normal_below(double z)
{
    return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

/// Integral over x, standard normal, of f(x).
template <class F>
double mean_over_normal(F f)
{
    return boost::math::quadrature::gauss_kronrod<double, 61>::integrate(
        [&](double x) {
            return f(x) * std::exp(-0.5 * x * x) /
                   std::sqrt(2.0 * std::numbers::pi);
        },
        -8.0,
        8.0);
}

/// Borgonovo's delta of bivariate normals: given x, y is normal about rho x.
double exact_delta(double rho)
{
    const double sd = std::sqrt(1.0 - rho * rho);
    return mean_over_normal([&](double x) {
        // The densities cross where sd^2 z^2 = (z - rho x)^2 + 2 sd^2 ln sd.
        const double a = rho * rho, b = -2.0 * rho * x;
        const double c = a * x * x + 2.0 * sd * sd * std::log(sd);
        const double root = std::sqrt(std::max(b * b - 4.0 * a * c, 0.0));
        const double low = (-b - root) / (2.0 * a);
        const double high = (-b + root) / (2.0 * a);
        const auto gap = [&](double z) {
            return normal_below((z - rho * x) / sd) - normal_below(z);
        };
        return std::abs(gap(high) - gap(low));
    });
}

TEST(Delta, OfNormalsIsTheAreaBetweenTheirDensities)
{
    for (const double rho : {0.5, 0.8}) {
        const Samples s = bivariate_normal(rho, 7);
        const Dependence d = dependence(s.x, s.y);

        // Noise adds up to its mean; classes blur some percent away.
        EXPECT_GT(d.delta, 0.93 * exact_delta(rho)) << rho;
        EXPECT_LT(d.delta, exact_delta(rho) + d.delta_noise) << rho;
    }
}

TEST(Delta, WithoutDependenceIsItsNoise)
{
    const Samples s = bivariate_normal(0.0, 8);
    const Dependence d = dependence(s.x, s.y);

    EXPECT_NEAR(d.delta, d.delta_noise, 0.2 * d.delta_noise);
    EXPECT_LT(d.delta_noise, 0.03);
}

TEST(Pawn, WithoutDependenceIsItsNoise)
{
    const Samples s = bivariate_normal(0.0, 9);
    const Dependence d = dependence(s.x, s.y);

    EXPECT_NEAR(d.pawn_median, d.pawn_noise, 0.3 * d.pawn_noise);
    // P(K > 1.8) = 0.003 for each of 16.
    EXPECT_LT(d.pawn_largest, 1.8 / std::sqrt(n / 16.0));
}

TEST(Pawn, OfQuartersThatDoNotOverlapIsTheirDistance)
{
    // x on a grid in 4 classes, y on the quarter that x names.
    constexpr std::size_t quarter = n / 4;
    Samples s;
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t shuffled = i * 7919 % quarter;
        s.x.push_back(static_cast<double>(i));
        s.y.push_back(static_cast<double>(i / quarter * quarter + shuffled));
    }
    GivenDataOptions options;
    options.n_conditions = 4;
    const Dependence d = dependence(s.x, s.y, options);

    // Of the outer quarters 3/4, of the inner ones 1/2.
    EXPECT_NEAR(d.pawn_largest, 0.75, 1e-12);
    EXPECT_NEAR(d.pawn_median, 0.625, 1e-12);
    EXPECT_NEAR(d.delta, 0.75, 1e-12);
}

TEST(Pawn, OfAnInputOfTwoValuesIsThatOfItsTwoClasses)
{
    // 14 of the 16 classes are empty; y is below its median where x is 0.
    Samples s;
    for (std::size_t i = 0; i < 1024; ++i) {
        s.x.push_back(i < 512 ? 0.0 : 1.0);
        s.y.push_back(static_cast<double>(i * 389 % 512 + i / 512 * 512));
    }
    const Dependence d = dependence(s.x, s.y);
    // The mean of Kolmogorov's distribution is sqrt(pi / 2) ln 2.
    const double noise = std::sqrt(0.5 * std::numbers::pi) * std::numbers::ln2 *
                         std::sqrt(1.0 / 512 - 1.0 / 1024);

    EXPECT_NEAR(d.pawn_median, 0.5, 1e-12);
    EXPECT_NEAR(d.pawn_largest, 0.5, 1e-12);
    EXPECT_NEAR(d.pawn_noise, noise, 1e-12);
    EXPECT_NEAR(d.delta, 0.5, 1e-12);
}

TEST(Pawn, OfAClassOfOneSampleIsItsDistance)
{
    // The last of 64 classes of y holds it.
    Samples s;
    for (std::size_t i = 0; i < 1024; ++i) {
        s.x.push_back(i == 1023 ? 1.0 : 0.0);
        s.y.push_back(static_cast<double>(i));
    }

    EXPECT_NEAR(dependence(s.x, s.y).pawn_largest, 63.0 / 64.0, 1e-12);
}

TEST(GivenData, OfManyOutputsIsThatOfEach)
{
    const Samples s = bivariate_normal(0.6, 11, 4096);
    std::vector<std::vector<double>> outputs;
    for (int o = 0; o < 11; ++o) {
        outputs.push_back(s.y);
        for (std::size_t i = 0; i < s.x.size(); ++i) {
            outputs.back()[i] += o * std::sin(s.x[i]);
        }
    }
    const std::vector<std::span<const double>> spans(outputs.begin(),
                                                     outputs.end());
    const auto together = GivenData(spans, {}).on(s.x);

    ASSERT_EQ(together.size(), 11U);
    for (std::size_t o = 0; o < 11; ++o) {
        const Dependence alone = dependence(s.x, outputs[o]);
        EXPECT_EQ(together[o].first_order.value, alone.first_order.value);
        EXPECT_EQ(together[o].first_order.upper, alone.first_order.upper);
        EXPECT_EQ(together[o].rank_correlation.lower,
                  alone.rank_correlation.lower);
        EXPECT_EQ(together[o].pawn_median, alone.pawn_median);
        EXPECT_EQ(together[o].delta, alone.delta);
    }
}

TEST(GivenData, OfAConstantIsNaNOrZero)
{
    const Samples s = bivariate_normal(0.6, 13, 1024);
    const std::vector<double> constant(1024, 3.0);
    const Dependence on_constant = dependence(constant, s.y);
    const Dependence of_constant = dependence(s.x, constant);

    for (const Dependence& d : {on_constant, of_constant}) {
        EXPECT_TRUE(std::isnan(d.first_order.value));
        EXPECT_TRUE(std::isnan(d.rank_correlation.upper));
        EXPECT_EQ(d.pawn_largest, 0.0);
        EXPECT_EQ(d.delta, 0.0);
    }
}

TEST(GivenData, SaysThatSamplesAreFew)
{
    const std::vector<double> few(100), other(101);
    const std::vector<std::span<const double>> unlike = {few, other};
    GivenDataOptions options;
    options.n_bins = 8;

    try {
        (void)dependence(few, few);
        FAIL();
    } catch (const InputError& error) {
        EXPECT_STREQ(error.what(),
                     "sensitivity: 100 samples for 64 bins\n  hint: at least "
                     "4 samples a bin are needed");
    }
    EXPECT_THROW(GivenData(unlike, options), InputError);
}

TEST(Ranks, EqualTheirDefinitionForEveryShape)
{
    for (const auto& shape : shapes::continuous()) {
        const auto values = shapes::sample(
            shapes::with_atom(shape, 0.0, 0.1, shape.name), 400, 5);
        // The ranks show in the correlation with the values' own number.
        std::vector<double> number(values.size());
        for (std::size_t i = 0; i < number.size(); ++i) {
            number[i] = static_cast<double>(i);
        }
        EXPECT_NEAR(dependence(values, number).rank_correlation.value,
                    slow_rank_correlation(values, number),
                    1e-13)
            << shape.name;
    }
}

}  // namespace
}  // namespace hepta::statistics
