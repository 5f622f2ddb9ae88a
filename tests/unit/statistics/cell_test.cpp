#include "hepta/statistics/cell.hpp"

#include "counted_cell.hpp"
#include "shapes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace hepta::statistics {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<CellPlan> plans_of_all_shapes()
{
    std::vector<CellPlan> plans;
    for (const auto& shape : shapes::continuous()) {
        plans.push_back(plan_of_first(shapes::sample(shape, 1024, 5)));
    }
    return plans;
}

bool is_atom(const CellPlan& plan, double x)
{
    return std::abs(x - plan.atom) <= plan.atom_width;
}

TEST(BinEdges, AreTheFirstDoublesOfTheirBins)
{
    for (const CellPlan& plan : plans_of_all_shapes()) {
        const std::uint32_t last = bin::count(plan.n_inner) - 1;
        for (std::uint32_t b = bin::first_outer; b <= last; b += 11) {
            const Interval edges = bin_edges(plan, b);
            ASSERT_LE(edges.lower, edges.upper);
            if (edges.lower == edges.upper) {
                continue;
            }
            const double inside = std::nextafter(edges.upper, -infinity);
            if (!is_atom(plan, edges.lower)) {
                ASSERT_EQ(bin_of(plan, edges.lower), b);
            }
            if (!is_atom(plan, inside)) {
                ASSERT_EQ(bin_of(plan, inside), b);
            }
            if (b > bin::first_outer) {
                const double before = std::nextafter(edges.lower, -infinity);
                ASSERT_LT(bin_of(plan, before), b);
            }
        }
    }
}

TEST(BinEdges, CoverTheFiniteNumbersWithoutGaps)
{
    for (const CellPlan& plan : plans_of_all_shapes()) {
        const std::uint32_t last = bin::count(plan.n_inner) - 1;
        EXPECT_EQ(bin_edges(plan, bin::first_outer).lower,
                  std::numeric_limits<double>::lowest());
        EXPECT_EQ(bin_edges(plan, last).upper, infinity);
        for (std::uint32_t b = bin::first_outer; b < last; b += 37) {
            EXPECT_EQ(bin_edges(plan, b).upper, bin_edges(plan, b + 1).lower);
        }
    }
}

TEST(BinEdges, OuterBinsDoubleInWidthOnALinearAxis)
{
    std::vector<double> years = {2025, 2030, 2035, 2040};
    const CellPlan plan = plan_cell(years, 512);
    ASSERT_GT(plan.edges_per_unit, 0U);
    const std::uint32_t above = bin::first_inner + plan.n_inner;

    const double step = 1.0 / plan.edges_per_unit;
    for (std::uint32_t octave = 0; octave < 6; ++octave) {
        const Interval up = bin_edges(plan, above + octave);

        EXPECT_NEAR(up.upper - up.lower, std::ldexp(step, octave), 1e-9);
    }
}

TEST(BinOf, PutsTheAtomAndWhatIsNotFiniteApart)
{
    std::vector<double> pilot = {0, 0, 0, 0, 0, 0, 1.5, 2.5, 3.5, 4.25};
    const CellPlan plan = plan_cell(pilot, 512);

    EXPECT_EQ(bin_of(plan, 0.0), bin::atom);
    EXPECT_EQ(bin_of(plan, -0.0), bin::atom);
    EXPECT_GE(bin_of(plan, 5e-324), bin::first_outer);
    EXPECT_EQ(bin_of(plan, infinity), bin::invalid);
    EXPECT_EQ(bin_of(plan, -infinity), bin::invalid);
    EXPECT_EQ(bin_of(plan, std::nan("")), bin::invalid);
}

TEST(BinOf, PutsTheFarthestNumbersIntoTheLastBins)
{
    constexpr double largest = std::numeric_limits<double>::max();
    std::vector<double> pilot = {0.0, 1.0};  // the finest linear axis
    const CellPlan plan = plan_cell(pilot, 16'384);
    ASSERT_GT(plan.edges_per_unit, 0U);

    EXPECT_EQ(bin_of(plan, largest), bin::count(plan.n_inner) - 1);
    EXPECT_EQ(bin_of(plan, -largest), bin::first_outer);
}

TEST(MomentSums, AddUpTheSameInAnyOrderAndGrouping)
{
    const auto values = shapes::sample(shapes::continuous()[3], 5000, 2);
    const CellPlan plan = plan_of_first(values);
    const MomentSums whole = count_values(plan, values).sums;
    shapes::Generator g(9);
    for (int round = 0; round < 20; ++round) {
        // Pieces at random cuts, merged in random order into two halves.
        MomentSums halves[2];
        std::vector<std::span<const double>> pieces;
        for (std::span<const double> rest(values); !rest.empty();) {
            const std::size_t n = std::min<std::size_t>(rest.size(), g() % 900);
            pieces.push_back(rest.first(n));
            rest = rest.subspan(n);
        }
        std::shuffle(pieces.begin(), pieces.end(), g);
        for (const auto piece : pieces) {
            halves[g() % 2].add(count_values(plan, piece).sums);
        }
        halves[0].add(halves[1]);

        EXPECT_TRUE(halves[0].sum == whole.sum);
        EXPECT_TRUE(halves[0].sum_of_squares == whole.sum_of_squares);
        EXPECT_EQ(halves[0].n_clamped, whole.n_clamped);
        EXPECT_EQ(halves[0].minimum, whole.minimum);
        EXPECT_EQ(halves[0].maximum, whole.maximum);
    }
}

}  // namespace
}  // namespace hepta::statistics
