#include "hepta/functions/functions.hpp"

#include "hepta/core/error.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <set>

namespace hepta::functions {
namespace {

using Point = std::vector<double>;

const double pi = std::acos(-1.0);

/// The equations once more, in plain code, as the sources write them.
double plain_closed_form(const TestFunction& f, const Point& x)
{
    const auto& c = f.constants;
    switch (f.form) {
        case Form::ishigami:
            return std::sin(x[0]) + c[0] * std::pow(std::sin(x[1]), 2) +
                   c[1] * std::pow(x[2], 4) * std::sin(x[0]);
        case Form::sobol_g: {
            double product = 1.0;
            for (std::size_t i = 0; i < x.size(); ++i) {
                product *= (std::abs(4 * x[i] - 2) + c[i]) / (1 + c[i]);
            }
            return product;
        }
        case Form::linear: {
            double sum = c[0];
            for (std::size_t i = 0; i < x.size(); ++i) {
                sum += c[i + 1] * x[i];
            }
            return sum;
        }
        case Form::product: {
            double product = 1.0;
            for (const double factor : x) {
                product *= factor;
            }
            return product;
        }
        default:
            return std::nan("");
    }
}

double plain_engineering(const TestFunction& f, const Point& x)
{
    switch (f.form) {
        case Form::borehole: {
            const double l = std::log(x[1] / x[0]);
            return 2 * pi * x[2] * (x[3] - x[5]) /
                   (l * (1 + 2 * x[6] * x[2] / (l * x[0] * x[0] * x[7]) +
                         x[2] / x[4]));
        }
        case Form::otl_circuit: {
            const double vb1 = 12 * x[1] / (x[0] + x[1]);
            const double gain = x[5] * (x[4] + 9);
            return (vb1 + 0.74) * gain / (gain + x[2]) +
                   11.35 * x[2] / (gain + x[2]) +
                   0.74 * x[2] * gain / ((gain + x[2]) * x[3]);
        }
        case Form::piston: {
            const double a = x[4] * x[1] + 19.62 * x[0] - x[3] * x[2] / x[1];
            const double v =
                x[1] / (2 * x[3]) *
                (std::sqrt(a * a + 4 * x[3] * x[4] * x[2] * x[5] / x[6]) - a);
            return 2 * pi *
                   std::sqrt(x[0] / (x[3] + x[1] * x[1] * x[4] * x[2] * x[5] /
                                                (x[6] * v * v)));
        }
        case Form::wing_weight: {
            const double cosine = std::cos(x[3] * pi / 180);
            return 0.036 * std::pow(x[0], 0.758) * std::pow(x[1], 0.0035) *
                       std::pow(x[2] / (cosine * cosine), 0.6) *
                       std::pow(x[4], 0.006) * std::pow(x[5], 0.04) *
                       std::pow(100 * x[6] / cosine, -0.3) *
                       std::pow(x[7] * x[8], 0.49) +
                   x[0] * x[9];
        }
        default:
            return plain_closed_form(f, x);
    }
}

double plain(const TestFunction& f, const Point& x)
{
    const auto& c = f.constants;
    switch (f.form) {
        case Form::convex_domain:
            return 0.1 * std::pow(x[0] - x[1], 2) -
                   (x[0] + x[1]) / std::sqrt(2.0) + 2.5;
        case Form::four_branch: {
            const double curved = 3 + 0.1 * std::pow(x[0] - x[1], 2);
            const double along = (x[0] + x[1]) / std::sqrt(2.0);
            return std::min({curved - along,
                             curved + along,
                             x[0] - x[1] + c[0],
                             x[1] - x[0] + c[0]});
        }
        case Form::quadratic_strength:
            return x[0] - x[1] * x[1];
        case Form::gayton_hat:
            return 0.5 * std::pow(x[0] - 2, 2) - 1.5 * std::pow(x[1] - 5, 3) -
                   3;
        case Form::pipe_crack:
            return 4 * c[1] * x[0] * c[0] * c[0] *
                       (std::cos(x[1] / 2) - 0.5 * std::sin(x[1])) -
                   c[2];
        case Form::damped_oscillator: {
            const double wp = std::sqrt(x[2] / x[0]);
            const double ws = std::sqrt(x[3] / x[1]);
            const double wa = (wp + ws) / 2, za = (x[4] + x[5]) / 2;
            const double theta = (wp - ws) / wa;
            const double mean_square =
                pi * x[6] / (4 * x[5] * std::pow(ws, 3)) * za * x[5] /
                (x[4] * x[5] * (4 * za * za + theta * theta) +
                 x[1] / x[0] * za * za) *
                (x[4] * std::pow(wp, 3) + x[5] * std::pow(ws, 3)) * wp /
                (4 * za * std::pow(wa, 4));
            return x[7] - c[0] * x[3] * std::sqrt(mean_square);
        }
        default:
            return plain_engineering(f, x);
    }
}

class EachFunction : public ::testing::TestWithParam<std::string>
{
  protected:
    const TestFunction& function = find(GetParam());
};

std::vector<std::string> names()
{
    std::vector<std::string> result;
    for (const TestFunction& function : all()) {
        result.push_back(function.name);
    }
    return result;
}

std::string as_identifier(const ::testing::TestParamInfo<std::string>& info)
{
    std::string name = info.param;
    std::replace(name.begin(), name.end(), '.', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(,
                         EachFunction,
                         ::testing::ValuesIn(names()),
                         as_identifier);

TEST_P(EachFunction, EqualsItsEquationInPlainCode)
{
    const InstructionSet set = detect_instruction_set();
    const sampling::Design design(function.design(), 5, set);
    Tile inputs(function.inputs.size()), out(1);
    sampling::Design::Workspace workspace = design.make_workspace();
    for (std::uint64_t first = 0; first < 1024; first += tile_lanes) {
        design.draw(first, inputs, workspace);
        function.evaluate(set, inputs, out.row(0));
        for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
            Point x;
            for (std::size_t i = 0; i < inputs.n_rows(); ++i) {
                x.push_back(inputs.row(i)[lane]);
            }
            const double expected = plain(function, x);
            const double largest = std::max(std::abs(expected), 1.0);

            ASSERT_NEAR(out.row(0)[lane], expected, 1e-12 * largest);
        }
    }
}

TEST_P(EachFunction, GivesTheSameBitsForBothInstructionSets)
{
    if (detect_instruction_set() != InstructionSet::avx512) {
        GTEST_SKIP() << "this processor has one set";
    }
    const sampling::Design design(
        function.design(), 6, detect_instruction_set());
    Tile inputs(function.inputs.size()), out(2);
    sampling::Design::Workspace workspace = design.make_workspace();
    for (std::uint64_t first = 0; first < 65'536; first += tile_lanes) {
        design.draw(first, inputs, workspace);
        function.evaluate(InstructionSet::avx2, inputs, out.row(0));
        function.evaluate(InstructionSet::avx512, inputs, out.row(1));

        ASSERT_EQ(
            std::memcmp(out.row(0), out.row(1), tile_lanes * sizeof(double)),
            0);
    }
}

TEST_P(EachFunction, NamesTheSourceOfEveryNumber)
{
    std::set<std::string> quantities;
    for (const Reference& reference : function.references) {
        EXPECT_FALSE(reference.source.empty()) << reference.quantity;
        EXPECT_GE(reference.uncertainty, 0.0) << reference.quantity;
        EXPECT_TRUE(quantities.insert(reference.quantity).second)
            << reference.quantity << " is given twice";
    }
    for (const sampling::Input& input : function.inputs) {
        EXPECT_FALSE(input.source.empty() || input.unit.empty()) << input.name;
    }
    EXPECT_FALSE(function.references.empty() || function.unit.empty());
}

// Source of the digits: closed forms, evaluated apart in 20 digits.
TEST(References, HaveThePublishedDigits)
{
    const auto value = [](const char* function, const char* quantity) {
        return find(function).find(quantity)->value;
    };

    EXPECT_NEAR(value("ishigami", "variance"), 13.844587940719257, 1e-13);
    EXPECT_NEAR(value("ishigami", "first_order/x1"), 0.313905191147811, 1e-14);
    EXPECT_NEAR(value("ishigami", "total/x1"), 0.557588855209959, 1e-14);
    EXPECT_NEAR(value("ishigami", "total/x3"), 0.243683664062148, 1e-14);
    EXPECT_NEAR(value("ishigami_b005", "variance"), 8.916942440349826, 1e-13);
    EXPECT_NEAR(
        value("ishigami_b005", "first_order/x2"), 0.686894643648693, 1e-14);
    EXPECT_NEAR(value("sobol_g", "variance"), 0.465424431902207, 1e-14);
    EXPECT_NEAR(value("sobol_g", "first_order/x1"), 0.716192168879033, 1e-14);
    EXPECT_NEAR(value("sobol_g", "total/x3"), 0.034316910154083, 1e-14);
    EXPECT_NEAR(std::sqrt(value("portfolio", "variance")), 1469.6938457, 5e-8);
    EXPECT_NEAR(
        value("ishigami", "P05") + value("ishigami", "P95"), 7.0, 1e-14);
}

TEST(References, KnowTheirRounding)
{
    const Reference mean = *find("borehole_uniform").find("mean");
    const Reference small = *find("otl_circuit").find("total/Rc2");

    EXPECT_DOUBLE_EQ(mean.uncertainty, 5e-10);
    EXPECT_DOUBLE_EQ(small.uncertainty, 5e-11);
    EXPECT_EQ(find("piston").find("P05"), nullptr);
}

TEST(Find, SaysWhichThereAre)
{
    try {
        (void)find("ishigamy");
        FAIL();
    } catch (const InputError& error) {
        EXPECT_TRUE(std::string(error.what())
                        .starts_with("there is no test function 'ishigamy'\n"
                                     "  hint: there are ishigami, "));
    }
}

}  // namespace
}  // namespace hepta::functions
