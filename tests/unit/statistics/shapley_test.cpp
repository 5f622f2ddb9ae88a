#include "hepta/statistics/shapley.hpp"

#include "hepta/core/error.hpp"
#include "shapes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace hepta::statistics {
namespace {

/// y = x1 + x2 + x3 of normals with these standard deviations, the last two
/// with correlation rho.
struct LinearGaussian
{
    double sd[3] = {1.0, 2.0, 1.5};
    double rho = 0.6;

    [[nodiscard]] double variance() const
    {
        return sd[0] * sd[0] + sd[1] * sd[1] + sd[2] * sd[2] +
               2.0 * rho * sd[1] * sd[2];
    }

    /// Var(E[Y | X_u]): x1 apart, and of the pair what its known part tells.
    [[nodiscard]] double explained(GroupSet u) const
    {
        const double first = u & 1 ? sd[0] * sd[0] : 0.0;
        const auto square = [](double x) { return x * x; };
        switch (u >> 1) {
            case 1:
                return first + square(sd[1] + rho * sd[2]);
            case 2:
                return first + square(sd[2] + rho * sd[1]);
            case 3:
                return first + variance() - sd[0] * sd[0];
            default:
                return first;
        }
    }

    /// Source: Iooss & Prieur (2019),
    /// doi:10.1615/Int.J.UncertaintyQuantification.2019028372, section 3.
    [[nodiscard]] std::vector<double> effects() const
    {
        const double b = sd[1] * sd[1], c = sd[2] * sd[2];
        const double common = rho * sd[1] * sd[2];
        const double shift = 0.5 * rho * rho * (c - b);
        return {sd[0] * sd[0], b + common + shift, c + common - shift};
    }
};

TEST(Shapley, OfTheLinearGaussianEqualTheirClosedForm)
{
    for (const double rho : {-0.9, 0.0, 0.6, 0.99}) {
        LinearGaussian model;
        model.rho = rho;
        const auto found =
            shapley_effects(3, [&](GroupSet u) { return model.explained(u); });
        const auto expected = model.effects();

        for (std::size_t i = 0; i < 3; ++i) {
            EXPECT_NEAR(found[i], expected[i], 1e-14);
        }
        EXPECT_NEAR(std::accumulate(found.begin(), found.end(), 0.0),
                    model.variance(),
                    1e-14);
    }
}

/// The definition word by word: all orders of the groups.
std::vector<double> by_permutations(std::span<const double> explained,
                                    std::uint32_t n_groups)
{
    std::vector<std::uint32_t> order(n_groups);
    std::iota(order.begin(), order.end(), 0U);
    std::vector<double> effects(n_groups);
    double n_orders = 0.0;
    do {
        GroupSet known = 0;
        for (const std::uint32_t i : order) {
            const GroupSet with = known | GroupSet{1} << i;
            effects[i] += explained[with] - explained[known];
            known = with;
        }
        ++n_orders;
    } while (std::next_permutation(order.begin(), order.end()));
    for (double& effect : effects) {
        effect /= n_orders;
    }
    return effects;
}

TEST(Shapley, EqualTheMeanOverAllOrders)
{
    shapes::Generator generator(7);
    std::vector<double> explained(1 << 6);
    for (double& v : explained) {
        v = shapes::uniform(generator);
    }
    const auto found = shapley_effects(explained);
    const auto expected = by_permutations(explained, 6);

    for (std::size_t i = 0; i < 6; ++i) {
        EXPECT_NEAR(found[i], expected[i], 1e-14);
    }
}

TEST(Shapley, OfTwelveGroupsAddUpToTheVariance)
{
    shapes::Generator generator(9);
    std::vector<double> explained(1 << 12);
    for (double& v : explained) {
        v = shapes::uniform(generator);
    }
    explained.front() = 0.0;
    const auto effects = shapley_effects(explained);

    EXPECT_EQ(effects.size(), 12U);
    EXPECT_NEAR(std::accumulate(effects.begin(), effects.end(), 0.0),
                explained.back(),
                1e-13);
}

TEST(Shapley, NeedAllSets)
{
    const std::vector<double> three = {0, 1, 2};
    const std::vector<double> too_many(1 << 13);

    EXPECT_THROW((void)shapley_effects(three), InputError);
    EXPECT_THROW((void)shapley_effects(too_many), InputError);
}

/// Pairs of samples of the model that share the inputs of u; the others are
/// drawn twice, given those.
Estimate sampled(const LinearGaussian& model, GroupSet u)
{
    shapes::Generator generator(20 + u);
    const double rest = std::sqrt(1.0 - model.rho * model.rho);
    std::vector<double> pairs[2];
    for (int i = 0; i < 40'000; ++i) {
        double z[3] = {};
        for (int again = 0; again < 2; ++again) {
            const auto draw = [&](std::uint32_t k, double mean, double sd) {
                if (again == 0 || !(u >> k & 1)) {
                    z[k] = mean + sd * shapes::normal(generator);
                }
            };
            draw(0, 0.0, 1.0);
            if (u >> 1 == 2 && again == 1) {  // x3 known, x2 given it
                draw(1, model.rho * z[2], rest);
            } else {
                draw(1, 0.0, 1.0);
                draw(2, model.rho * z[1], rest);
            }
            pairs[again].push_back(model.sd[0] * z[0] + model.sd[1] * z[1] +
                                   model.sd[2] * z[2]);
        }
    }
    return explained_variance(pairs[0], pairs[1], 0.95);
}

TEST(Shapley, FromSampledPairsLieWithinFiveStandardErrors)
{
    const LinearGaussian model;
    std::vector<double> explained(8);
    double largest_error = 0.0;
    for (GroupSet u = 1; u < 8; ++u) {
        const Estimate e = sampled(model, u);
        const double error =
            0.5 * (e.upper - e.lower) / student_factor(15, 0.95);
        explained[u] = e.value;
        largest_error = std::max(largest_error, error);

        EXPECT_LT(std::abs(e.value - model.explained(u)), 5.0 * error) << u;
    }
    const auto found = shapley_effects(explained);
    const auto expected = model.effects();
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_NEAR(found[i], expected[i], 5.0 * largest_error);
    }
    // The twin: without correlation the second effect is another one.
    LinearGaussian independent = model;
    independent.rho = 0.0;
    EXPECT_GT(std::abs(found[1] - independent.effects()[1]),
              5.0 * largest_error);
}

}  // namespace
}  // namespace hepta::statistics
