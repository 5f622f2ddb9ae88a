#include "counted_cell.hpp"
#include "shapes.hpp"

#include <boost/math/distributions/binomial.hpp>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace hepta::statistics {
namespace {

constexpr std::size_t n_samples = 1000;
constexpr std::size_t n_replicates = 1000;
constexpr double percent[] = {5.0, 50.0, 95.0};

/// A distribution and its true percentiles.
struct Case
{
    shapes::Shape shape;
    double truth[3];
    bool continuous;
};

std::vector<Case> cases()
{
    const double z95 = 1.6448536269514722;
    // Three in ten are 0: so is the fifth percentile; the others are those of
    // an exponential at (p - 0.3) / 0.7.
    const shapes::Shape exponential = {"exponential", [](shapes::Generator& g) {
                                           return -std::log(shapes::uniform(g));
                                       }};
    return {
        {{"normal", [](auto& g) { return shapes::normal(g); }},
         {-z95, 0.0, z95},
         true},
        {{"lognormal", [](auto& g) { return shapes::lognormal(g, 1.0); }},
         {std::exp(-z95), 1.0, std::exp(z95)},
         true},
        {shapes::with_atom(exponential, 0.0, 0.3, "atom"),
         {0.0, -std::log(0.5 / 0.7), -std::log(0.05 / 0.7)},
         false},
    };
}

/// Of the replicates' intervals, how many hold the truth times 1 + bias.
std::vector<double> coverage(const Case& c, double bias)
{
    std::vector<double> held(3);
    for (unsigned seed = 0; seed < n_replicates; ++seed) {
        const auto values = shapes::sample(c.shape, n_samples, 7000 + seed);
        const CountedCell cell = count_values(plan_of_first(values), values);
        Percentile found[3];
        percentiles(cell.plan, cell.counts, cell.sums, percent, 0.95, found);
        for (std::size_t i = 0; i < 3; ++i) {
            const double truth = c.truth[i] * (1.0 + bias);
            held[i] += found[i].lower <= truth && truth <= found[i].upper
                           ? 1.0 / n_replicates
                           : 0.0;
        }
    }
    return held;
}

/// Chance that the order statistics of rank_limits enclose the percentile: a
/// little above the nominal one, as ranks are whole numbers.
double exact_coverage(double fraction)
{
    const boost::math::binomial_distribution<double> below(n_samples, fraction);
    const RankLimits limits = rank_limits(n_samples, fraction, 0.95);
    return boost::math::cdf(below, static_cast<double>(limits.upper - 1)) -
           boost::math::cdf(below, static_cast<double>(limits.lower - 1));
}

// Source: binomial coverage of these ranks, published tables.
TEST(Coverage, OfTheRanksIsThatOfTheBinomialTables)
{
    EXPECT_NEAR(exact_coverage(0.05), 0.965030, 1e-6);
    EXPECT_NEAR(exact_coverage(0.50), 0.956965, 1e-6);
    EXPECT_NEAR(exact_coverage(0.95), 0.963915, 1e-6);
}

TEST(Coverage, OfPercentileIntervalsIsWhatTheySay)
{
    for (const Case& c : cases()) {
        const std::vector<double> held = coverage(c, 0.0);
        for (std::size_t i = 0; i < 3; ++i) {
            const double expected = exact_coverage(percent[i] / 100.0);
            const double five_errors =
                5.0 * std::sqrt(expected * (1.0 - expected) / n_replicates);

            EXPECT_GT(held[i], expected - five_errors)
                << c.shape.name << ", percentile " << percent[i];
            // An atom's interval holds it always.
            const bool in_atom = !c.continuous && i == 0;
            EXPECT_LT(held[i], in_atom ? 1.1 : expected + five_errors)
                << c.shape.name << ", percentile " << percent[i];
        }
    }
}

TEST(Coverage, FallsWhereThePercentileIsAnother)
{
    // The twin. Intervals of 1,000 samples are 5 to 30 % wide, so that 1 % is
    // told by their ends only; 20 % is.
    for (const Case& c : cases()) {
        const std::vector<double> held = coverage(c, 0.20);

        EXPECT_LT(held[2], 0.9) << c.shape.name;
    }
}

}  // namespace
}  // namespace hepta::statistics
