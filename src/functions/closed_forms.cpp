// Functions whose moments and indices are formulas.
#include "catalogue.hpp"

#include <cmath>
#include <numbers>

namespace hepta::functions {
namespace {

using sampling::Lognormal;
using sampling::Normal;
using sampling::Uniform;

constexpr double pi = std::numbers::pi;

double square(double x)
{
    return x * x;
}

std::string numbered(const std::string& prefix, std::size_t i)
{
    return prefix + std::to_string(i + 1);
}

struct Share
{
    double first_order, total;
};

/// First and total indices of the inputs, in their order.
void add_indices(TestFunction& function,
                 const std::vector<Share>& shares,
                 const std::string& source)
{
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const std::string& input = function.inputs[i].name;
        function.references.push_back(
            exact("first_order/" + input, shares[i].first_order, source));
        function.references.push_back(
            exact("total/" + input, shares[i].total, source));
    }
}

/// Percentiles of a distribution that is known.
void add_percentiles(TestFunction& function,
                     const sampling::Distribution& output,
                     const std::string& source)
{
    for (const auto& [name, p] : {std::pair{"P01", 0.01},
                                  {"P05", 0.05},
                                  {"P25", 0.25},
                                  {"P50", 0.50},
                                  {"P75", 0.75},
                                  {"P95", 0.95},
                                  {"P99", 0.99}}) {
        function.references.push_back(
            exact(name, sampling::quantile(output, p), source));
    }
}

/// Of the upper percentiles that this and its mirror about 3.5 are known.
void add_ishigami_percentiles(TestFunction& function, const Digits& upper)
{
    const std::string source =
        "convolution of two arcsine laws by tanh-sinh quadrature, bisected to "
        "1e-12; symmetric about 3.5";
    const Digits lower_names = {{"P75", "P25"},
                                {"P90", "P10"},
                                {"P95", "P05"},
                                {"P97.5", "P02.5"},
                                {"P99", "P01"},
                                {"P99.5", "P00.5"},
                                {"P99.9", "P00.1"}};
    function.references.push_back(exact("P50", 3.5, "symmetry"));
    for (std::size_t i = 0; i < upper.size(); ++i) {
        const Reference above =
            rounded(upper[i].first, upper[i].second, source);
        Reference below = above;
        below.quantity = lower_names[i].second;
        below.value = 7.0 - above.value;
        function.references.push_back(above);
        function.references.push_back(below);
    }
}

/// y = sin x1 + a sin^2 x2 + b x3^4 sin x1
TestFunction ishigami(const std::string& name, double b, const Digits& upper)
{
    const double a = 7.0;
    const std::string source =
        "Ishigami & Homma (1990), doi:10.1109/ISUMA.1990.151285; closed form";
    const Uniform angle{-pi, pi};
    TestFunction function{
        .name = name,
        .inputs = inputs_of(
            {{"x1", "1", angle}, {"x2", "1", angle}, {"x3", "1", angle}},
            source),
        .unit = "1",
        .form = Form::ishigami,
        .constants = {a, b}};
    const double pi4 = square(square(pi));
    const double alone = 0.5 * square(1.0 + b * pi4 / 5.0);
    const double second = square(a) / 8.0;
    const double together = square(b * pi4) * 8.0 / 225.0;
    const double variance = alone + second + together;
    function.references = {exact("mean", a / 2.0, source),
                           exact("variance", variance, source)};
    add_indices(function,
                {{alone / variance, (alone + together) / variance},
                 {second / variance, second / variance},
                 {0.0, together / variance}},
                source);
    add_ishigami_percentiles(function, upper);
    return function;
}

/// y = prod (|4 x_i - 2| + a_i) / (1 + a_i)
TestFunction sobol_g()
{
    const std::string source =
        "Saltelli & Sobol (1995), doi:10.1016/0951-8320(95)00099-2; closed "
        "form";
    const std::vector<double> a = {0, 1, 4.5, 9, 99, 99, 99, 99};
    TestFunction function{
        .name = "sobol_g", .unit = "1", .form = Form::sobol_g, .constants = a};
    std::vector<NamedInput> inputs;
    double raw_square = 1.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        inputs.push_back({numbered("x", i), "1", Uniform{0.0, 1.0}});
        raw_square *= 1.0 + 1.0 / (3.0 * square(1.0 + a[i]));
    }
    function.inputs = inputs_of(inputs, source);
    const double variance = raw_square - 1.0;
    std::vector<Share> shares;
    for (const double x : a) {
        const double own = 1.0 / (3.0 * square(1.0 + x));
        shares.push_back(
            {own / variance, own * raw_square / (1.0 + own) / variance});
    }
    function.references = {exact("mean", 1.0, source),
                           exact("variance", variance, source)};
    add_indices(function, shares, source);
    const std::string sets =
        "16 Owen scrambles of 2^20 Sobol points; standard error over them";
    for (const Reference& percentile : {
             Reference{"P01", 0.0179539, 9e-6, sets},
             Reference{"P05", 0.0897356, 1.4e-5, sets},
             Reference{"P25", 0.4484938, 1.8e-5, sets},
             Reference{"P50", 0.8976775, 3.4e-5, sets},
             Reference{"P75", 1.4377702, 4e-5, sets},
             Reference{"P95", 2.28931, 1.2e-4, sets},
             Reference{"P99", 2.80425, 2e-4, sets},
         }) {
        function.references.push_back(percentile);
    }
    return function;
}

/// y = 100 Ps + 500 Pt + 1000 Pj
TestFunction portfolio()
{
    const std::string source =
        "Saltelli et al. (2004), Sensitivity Analysis in Practice, table 1.1; "
        "closed form";
    TestFunction function{.name = "portfolio",
                          .inputs = inputs_of({{"Ps", "EUR", Normal{0.0, 4.0}},
                                               {"Pt", "EUR", Normal{0.0, 2.0}},
                                               {"Pj", "EUR", Normal{0.0, 1.0}}},
                                              source),
                          .unit = "EUR",
                          .form = Form::linear,
                          .constants = {0.0, 100.0, 500.0, 1000.0}};
    const double s = square(400.0), t = square(1000.0), j = square(1000.0);
    const double variance = s + t + j;
    function.references = {exact("mean", 0.0, source),
                           exact("variance", variance, source)};
    add_indices(function,
                {{s / variance, s / variance},
                 {t / variance, t / variance},
                 {j / variance, j / variance}},
                source);
    add_percentiles(function, Normal{0.0, std::sqrt(variance)}, source);
    return function;
}

/// y = 10 + 2 x1 + x2 + 1.5 x3, the last two correlated
TestFunction linear_gaussian()
{
    const std::string source =
        "Iooss & Prieur (2019), doi:10.1615/Int.J.UncertaintyQuantification."
        "2019028372, linear model with three Gaussian inputs; closed form";
    const double rho = 0.6;
    TestFunction function{.name = "linear_gaussian",
                          .inputs = inputs_of({{"x1", "1", Normal{1.0, 1.0}},
                                               {"x2", "1", Normal{2.0, 2.0}},
                                               {"x3", "1", Normal{-1.0, 1.0}}},
                                              source),
                          .correlation = {1, 0, 0, 0, 1, rho, 0, rho, 1},
                          .unit = "1",
                          .form = Form::linear,
                          .constants = {10.0, 2.0, 1.0, 1.5}};
    const double a = 2.0, b = 1.0 * 2.0, c = 1.5 * 1.0;  // coefficient times sd
    const double variance = a * a + b * b + c * c + 2.0 * rho * b * c;
    const double mean = 10.0 + 2.0 * 1.0 + 1.0 * 2.0 - 1.5 * 1.0;
    const double half_shift = 0.5 * square(rho) * (c * c - b * b);
    function.references = {
        exact("mean", mean, source),
        exact("variance", variance, source),
        exact("shapley/x1", a * a / variance, source),
        exact("shapley/x2",
              (b * b + rho * b * c + half_shift) / variance,
              source),
        exact("shapley/x3",
              (c * c + rho * b * c - half_shift) / variance,
              source),
    };
    const double alone = (1.0 - square(rho)) / variance;
    add_indices(function,
                {{a * a / variance, a * a / variance},
                 {square(b + rho * c) / variance, b * b * alone},
                 {square(c + rho * b) / variance, c * c * alone}},
                source);
    add_percentiles(function, Normal{mean, std::sqrt(variance)}, source);
    return function;
}

/// y = x1 x2 x3 x4 of lognormals: a lognormal
TestFunction lognormal_product()
{
    const std::string source = "closed form of the lognormal distribution";
    const std::vector<double> sigma = {0.3, 0.2, 0.15, 0.05};
    TestFunction function{
        .name = "lognormal_product", .unit = "1", .form = Form::product};
    std::vector<NamedInput> inputs;
    double s2 = 0.0;
    for (std::size_t i = 0; i < sigma.size(); ++i) {
        inputs.push_back(
            {numbered("x", i), "1", Lognormal{1.5, sigma[i], sigma[i]}});
        s2 += square(sigma[i]);
    }
    function.inputs = inputs_of(inputs, source);
    const double median = square(square(1.5));
    const double relative_variance = std::expm1(s2);
    std::vector<Share> shares;
    for (const double s : sigma) {
        const double own = std::expm1(square(s));
        shares.push_back({own / relative_variance,
                          own * std::exp(s2 - square(s)) / relative_variance});
    }
    function.references = {
        exact("mean", median * std::exp(0.5 * s2), source),
        exact("variance",
              square(median) * std::exp(s2) * relative_variance,
              source)};
    add_indices(function, shares, source);
    const double s = std::sqrt(s2);
    add_percentiles(function, Lognormal{median, s, s}, source);
    return function;
}

}  // namespace

std::vector<TestFunction> closed_forms()
{
    return {ishigami("ishigami",
                     0.1,
                     {{"P75", "6.0494504392"},
                      {"P90", "7.8222717185"},
                      {"P95", "9.2993972090"},
                      {"P97.5", "11.0392003365"},
                      {"P99", "13.0693214788"},
                      {"P99.5", "14.2768933538"},
                      {"P99.9", "16.0921771241"}}),
            ishigami("ishigami_b005",
                     0.05,
                     {{"P75", "5.8606841062"},
                      {"P90", "7.3558146251"},
                      {"P95", "8.0100110600"},
                      {"P97.5", "8.8941041156"},
                      {"P99", "10.0642198437"},
                      {"P99.5", "10.7803428901"},
                      {"P99.9", "11.8710041925"}}),
            sobol_g(),
            portfolio(),
            linear_gaussian(),
            lognormal_product()};
}

}  // namespace hepta::functions
