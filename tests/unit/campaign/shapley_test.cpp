// Shapley effects by samples that keep the correlations of inputs, against
// closed forms.
#include "hepta/campaign/shapley.hpp"

#include "hepta/campaign/engine.hpp"
#include "hepta/core/error.hpp"
#include "hepta/functions/functions.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <string>
#include <vector>

namespace hepta::campaign {
namespace {

constexpr ShapleyMethod methods[] = {ShapleyMethod::subsets,
                                     ShapleyMethod::orders};

double square(double x)
{
    return x * x;
}

/// y = b1 x1 + b2 x2 of standard normals with this correlation, or of
/// lognormals the product.
functions::TestFunction pair_of(functions::Form form,
                                double b1,
                                double b2,
                                double rho)
{
    functions::TestFunction function{.name = "pair",
                                     .correlation = {1, rho, rho, 1},
                                     .unit = "1",
                                     .form = form,
                                     .constants = {0.0, b1, b2}};
    const bool is_linear = form == functions::Form::linear;
    for (const double b : {b1, b2}) {
        const auto row = static_cast<std::uint32_t>(function.inputs.size());
        sampling::Input input{.name = "x" + std::to_string(row + 1),
                              .row = row};
        if (is_linear) {
            input.distribution = sampling::Normal{0.0, 1.0};
        } else {
            input.distribution = sampling::Lognormal{1.0, b, b};
        }
        function.inputs.push_back(input);
    }
    return function;
}

/// One standard error to each side.
constexpr double one_sigma = 0.6826894921370859;

statistics::ShapleyIndices effects_of(
    const functions::TestFunction& function,
    ShapleyMethod method,
    std::uint64_t n_points,
    sampling::SamplerKind kind = sampling::SamplerKind::sobol,
    int n_threads = 1)
{
    constexpr std::uint64_t seed = 3;
    const Engine engine(function, {}, seed, detect_instruction_set());
    SaltelliOptions options;
    options.n_points = n_points;
    options.kind = kind;
    options.seed = seed;
    options.confidence = one_sigma;
    options.n_threads = n_threads;
    return shapley_indices(engine,
                           {HeadlineOutput{}},
                           single_inputs(function.design()),
                           method,
                           options,
                           {},
                           {})
        .at(0);
}

/// Within 5 standard errors of what is expected; a twin that is 1 % of the
/// variance off in its largest value is not.
void expect_close(const std::vector<statistics::Estimate>& found,
                  const std::vector<double>& expected)
{
    ASSERT_EQ(found.size(), expected.size());
    std::size_t largest = 0;
    const auto tolerance = [&](std::size_t i) {
        return 5.0 * 0.5 * (found[i].upper - found[i].lower);
    };
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_LE(std::abs(found[i].value - expected[i]), tolerance(i)) << i;
        if (expected[i] > expected[largest]) {
            largest = i;
        }
    }
    const double twin = 0.01 + found[largest].value;
    EXPECT_GT(std::abs(twin - expected[largest]), tolerance(largest));
}

double sum_of(const std::vector<statistics::Estimate>& effects)
{
    return std::accumulate(
        effects.begin(), effects.end(), 0.0, [](double sum, const auto& e) {
            return sum + e.value;
        });
}

// Owen & Prieur (2017), doi:10.1137/16M1097717: of two inputs each gets the
// mean of what it explains first and what it explains last.
TEST(ShapleyOfSamples, OfTwoCorrelatedNormalsAreTheClosedForm)
{
    const double b1 = 1.0, b2 = 2.0, rho = 0.6;
    const double variance = b1 * b1 + b2 * b2 + 2.0 * rho * b1 * b2;
    const double alone1 = square(b1 + rho * b2) / variance;
    const double alone2 = square(b2 + rho * b1) / variance;
    const auto function = pair_of(functions::Form::linear, b1, b2, rho);
    for (const ShapleyMethod method : methods) {
        const auto found = effects_of(function, method, 1 << 16);

        expect_close(
            found.effect,
            {0.5 * (alone1 + 1.0 - alone2), 0.5 * (alone2 + 1.0 - alone1)});
        EXPECT_NEAR(sum_of(found.effect), 1.0, 1e-13);
        EXPECT_NEAR(found.variance, variance, 0.05);
    }
}

// x1 apart from x2 and x3, which are correlated: Iooss & Prieur (2019),
// doi:10.1615/Int.J.UncertaintyQuantification.2019028372.
TEST(ShapleyOfSamples, OfAPairBesideAThirdAreTheClosedForm)
{
    const functions::TestFunction& function =
        functions::find("linear_gaussian");
    const auto known = [&](const std::string& kind) {
        std::vector<double> values;
        for (const char* input : {"x1", "x2", "x3"}) {
            values.push_back(function.find(kind + "/" + input)->value);
        }
        return values;
    };
    for (const ShapleyMethod method : methods) {
        const bool has_sets = method == ShapleyMethod::subsets;
        const auto found =
            effects_of(function, method, has_sets ? 1 << 16 : 1 << 18);

        expect_close(found.effect, known("shapley"));
        EXPECT_NEAR(sum_of(found.effect), 1.0, 1e-13);
        if (has_sets) {
            expect_close(found.first_order, known("first_order"));
            expect_close(found.total, known("total"));
        } else {
            EXPECT_TRUE(found.first_order.empty());
        }
    }
}

// Inputs that are not normal: the product of lognormals is one, and so is its
// mean given a factor.
TEST(ShapleyOfSamples, OfCorrelatedLognormalsAreTheClosedForm)
{
    const double s1 = 0.2, s2 = 0.3, rho = 0.5;
    const double variance = std::expm1(s1 * s1 + s2 * s2 + 2.0 * rho * s1 * s2);
    const double alone1 = std::expm1(square(s1 + rho * s2)) / variance;
    const double alone2 = std::expm1(square(s2 + rho * s1)) / variance;
    const auto function = pair_of(functions::Form::product, s1, s2, rho);
    for (const ShapleyMethod method : methods) {
        const auto found =
            effects_of(function, method, 1 << 18, sampling::SamplerKind::mc);

        expect_close(
            found.effect,
            {0.5 * (alone1 + 1.0 - alone2), 0.5 * (alone2 + 1.0 - alone1)});
    }
}

// x1 explains all that x2 does through their correlation, but x2 is not in
// the function: it shares. Without correlation it would have exactly 0.
TEST(ShapleyOfSamples, OfAnInputThatIsNotUsedAreThoseOfItsCorrelation)
{
    for (const ShapleyMethod method : methods) {
        const auto apart = effects_of(
            pair_of(functions::Form::linear, 1.0, 0.0, 0.0), method, 1024);
        EXPECT_EQ(apart.effect[1].value, 0.0);
        EXPECT_EQ(apart.effect[1].upper, 0.0);

        const auto together = effects_of(
            pair_of(functions::Form::linear, 1.0, 0.0, 0.8), method, 1 << 16);
        expect_close(together.effect, {1.0 - 0.5 * 0.64, 0.5 * 0.64});
    }
}

// Beside two others, wherever it stands among them.
TEST(ShapleyOfSamples, OfAnInputThatDoesNothingAreNothingAtAll)
{
    for (const ShapleyMethod method : methods) {
        for (std::size_t unused = 0; unused < 3; ++unused) {
            functions::TestFunction function{.name = "sum",
                                             .correlation = {},
                                             .unit = "1",
                                             .form = functions::Form::linear,
                                             .constants = {0.3, 1.1, 0.7, 1.9}};
            function.constants[1 + unused] = 0.0;
            for (std::uint32_t i = 0; i < 3; ++i) {
                function.inputs.push_back(
                    {.name = "x" + std::to_string(i + 1),
                     .distribution = sampling::Normal{1.0, 1.7},
                     .row = i});
            }
            const auto found = effects_of(function, method, 1024);
            EXPECT_EQ(found.effect[unused].value, 0.0) << unused;
            EXPECT_EQ(found.effect[unused].lower, 0.0) << unused;
            EXPECT_EQ(found.effect[unused].upper, 0.0) << unused;
        }
    }
}

TEST(ShapleyOfSamples, DoNotDependOnThreads)
{
    for (const ShapleyMethod method : methods) {
        const auto& function = functions::find("linear_gaussian");
        const auto one = effects_of(function, method, 2048);
        const auto three =
            effects_of(function, method, 2048, sampling::SamplerKind::sobol, 3);
        for (std::size_t g = 0; g < one.effect.size(); ++g) {
            EXPECT_EQ(one.effect[g].value, three.effect[g].value);
            EXPECT_EQ(one.effect[g].upper, three.effect[g].upper);
        }
    }
}

TEST(ShapleyOfSamples, NeedGroupsThatPartTheInputs)
{
    const sampling::DesignSpec design =
        functions::find("linear_gaussian").design();
    const auto singles = single_inputs(design);

    EXPECT_EQ(with_others(design, {}, singles).size(), 3U);
    const auto parted = with_others(design, {}, {singles[1]});
    ASSERT_EQ(parted.size(), 2U);
    EXPECT_EQ(parted[1].name, "others");
    EXPECT_EQ(parted[1].rows, (std::vector<std::uint32_t>{0, 2}));
    EXPECT_THROW((void)with_others(design, {}, {singles[0], singles[0]}),
                 InputError);
    EXPECT_THROW((void)samples_of_point(ShapleyMethod::subsets, 13),
                 InputError);
    EXPECT_EQ(samples_of_point(ShapleyMethod::orders, 13), 14U);
}

}  // namespace
}  // namespace hepta::campaign
