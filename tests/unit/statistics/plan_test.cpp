#include "counted_cell.hpp"
#include "shapes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace hepta::statistics {
namespace {

bool is_inner_or_atom(const CellPlan& plan, double x)
{
    const std::uint32_t b = bin_of(plan, x);
    return b == bin::atom ||
           (b >= bin::first_inner && b < bin::first_inner + plan.n_inner);
}

TEST(PlanCell, InnerBinsHoldThePilotWithinExactMoments)
{
    for (const auto& shape : shapes::continuous()) {
        for (const std::uint32_t n_inner : {512U, 8192U}) {
            auto pilot = shapes::sample(shape, 1024, 3);
            const CellPlan plan = plan_cell(pilot, n_inner);
            const bool is_huge = shape.name == "huge";
            const double largest = is_huge ? 0x1p1000 : pilot.back();
            const double last =
                *(std::upper_bound(pilot.begin(), pilot.end(), largest) - 1);

            EXPECT_TRUE(is_inner_or_atom(plan, pilot.front())) << shape.name;
            EXPECT_TRUE(is_inner_or_atom(plan, last)) << shape.name;
            EXPECT_LE((plan.high - plan.center) * plan.scale, 0x1p45);
            EXPECT_LE((plan.center - plan.low) * plan.scale, 0x1p45);
            int exponent = 0;
            EXPECT_EQ(std::frexp(plan.scale, &exponent), 0.5);
        }
    }
}

TEST(PlanCell, TakesTheMostFrequentValueAsTheAtom)
{
    const auto shape =
        shapes::with_atom(shapes::continuous()[0], -3.5, 0.02, "");
    auto pilot = shapes::sample(shape, 1024, 3);

    EXPECT_EQ(plan_cell(pilot, 512).atom, -3.5);
}

TEST(PlanCell, HasItsAtomAtZeroWithoutEqualValues)
{
    auto pilot = shapes::sample(shapes::continuous()[3], 1024, 3);

    EXPECT_EQ(plan_cell(pilot, 512).atom, 0.0);
}

TEST(PlanCell, CountsAConstantAsTheAtom)
{
    for (const double x : {0.0, 2349.0, -1e-300, 1e300, 5e-324}) {
        std::vector<double> pilot(1024, x);
        const CellPlan plan = plan_cell(pilot, 512);

        EXPECT_EQ(bin_of(plan, x), bin::atom) << x;
        EXPECT_LT(bin_of(plan, x - std::abs(x) - 1.0), bin_of(plan, 1e301));
    }
}

TEST(PlanCell, IgnoresWhatIsNotFinite)
{
    const double infinity = std::numeric_limits<double>::infinity();
    auto clean = shapes::sample(shapes::continuous()[0], 1000, 3);
    auto mixed = clean;
    for (std::size_t i = 0; i < 24; ++i) {
        const double bad[] = {std::nan(""), infinity, -infinity};
        mixed.insert(mixed.begin() + 17, bad[i % 3]);
    }
    const CellPlan a = plan_cell(clean, 512);
    const CellPlan b = plan_cell(mixed, 512);

    EXPECT_EQ(a.low, b.low);
    EXPECT_EQ(a.high, b.high);
    EXPECT_EQ(a.scale, b.scale);
}

TEST(PlanCell, WorksWithoutAnyFiniteValue)
{
    std::vector<double> pilot(8, std::nan(""));
    const CellPlan plan = plan_cell(pilot, 512);

    EXPECT_EQ(bin_of(plan, 0.0), bin::atom);
    EXPECT_LT(bin_of(plan, -1.0), bin_of(plan, 1.0));
    EXPECT_EQ(plan_cell({}, 512).atom, 0.0);
}

TEST(PlanCell, CountsWholeNumbersOneByOne)
{
    std::vector<double> pilot;
    for (int year = 2021; year <= 2150; ++year) {
        pilot.insert(pilot.end(), year % 7 + 1, year);
    }
    const CellPlan plan = plan_cell(pilot, 512);
    for (double year = 2022; year <= 2150; ++year) {
        if (year != plan.atom && year - 1 != plan.atom) {
            EXPECT_GT(bin_of(plan, year), bin_of(plan, year - 1)) << year;
        }
    }
}

TEST(PlanCell, DependsOnTheValuesOnlyNotOnTheirOrder)
{
    auto pilot = shapes::sample(shapes::continuous()[9], 1024, 3);
    const CellPlan a = plan_cell(pilot, 512);
    std::reverse(pilot.begin(), pilot.end());
    const CellPlan b = plan_cell(pilot, 512);

    for (int k = 0; k < CellPlan::n_terms; ++k) {
        EXPECT_EQ(a.origin[k], b.origin[k]);
        EXPECT_EQ(a.delta[k], b.delta[k]);
        EXPECT_EQ(a.bins_per_t[k], b.bins_per_t[k]);
    }
    EXPECT_EQ(a.offset, b.offset);
}

TEST(IsSound, HoldsForEveryPlanThatIsMade)
{
    for (const auto& shape : shapes::continuous()) {
        for (const std::uint32_t n_inner : {64U, 512U, 8192U}) {
            auto pilot = shapes::sample(shape, 1024, 3);
            EXPECT_TRUE(is_sound(plan_cell(pilot, n_inner))) << shape.name;
        }
    }
    EXPECT_TRUE(is_sound(plan_cell({}, 512)));
}

TEST(IsSound, DoesNotHoldWhereAValueCouldFallBesideTheBins)
{
    const auto is_still_sound = [](auto change) {
        auto pilot = shapes::sample(shapes::continuous()[0], 1024, 3);
        CellPlan plan = plan_cell(pilot, 512);
        change(plan);
        return is_sound(plan);
    };
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    EXPECT_TRUE(is_still_sound([](CellPlan&) {}));
    EXPECT_FALSE(is_still_sound([](CellPlan& p) { p.n_inner = 256; }));
    EXPECT_FALSE(is_still_sound([](CellPlan& p) { p.n_inner = 500; }));
    EXPECT_FALSE(is_still_sound([](CellPlan& p) { p.low -= 1.0; }));
    EXPECT_FALSE(is_still_sound([](CellPlan& p) { p.high += 1e300; }));
    EXPECT_FALSE(is_still_sound([](CellPlan& p) { p.offset += 1.0; }));
    EXPECT_FALSE(is_still_sound([](CellPlan& p) { p.bins_per_t[0] *= 2.0; }));
    EXPECT_FALSE(is_still_sound([](CellPlan& p) { p.bins_per_t[0] *= -1.0; }));
    EXPECT_FALSE(is_still_sound([](CellPlan& p) { p.delta[0] = -1.0; }));
    EXPECT_FALSE(is_still_sound([](CellPlan& p) { p.origin[0] = nan; }));
}

}  // namespace
}  // namespace hepta::statistics
