// Years in which outputs pass thresholds, held against cases made by hand.
#include "hepta/model/first_years.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace hepta::model {
namespace {

using Years = std::vector<std::int32_t>;
constexpr std::int32_t never = FirstYears::never;
constexpr std::int32_t undefined = FirstYears::undefined;

/// Show `value(year, row, lane)` for years 0 ... n_years - 1 to both
/// instruction sets, which must agree; the years found.
template <class Value>
FirstYears::Workspace observe_all(const FirstYears& first,
                                  std::size_t n_years,
                                  std::size_t n_rows,
                                  Value value)
{
    FirstYears::Workspace work = first.make_workspace();
    FirstYears::Workspace wide = first.make_workspace();
    const InstructionSet widest = detect_instruction_set();
    Tile outputs(n_rows);
    for (std::size_t year = 0; year < n_years; ++year) {
        for (std::size_t row = 0; row < n_rows; ++row) {
            for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
                outputs.row(row)[lane] = value(year, row, lane);
            }
        }
        first.observe(InstructionSet::avx2, year, outputs, work);
        first.observe(widest, year, outputs, wide);
    }
    const std::size_t n_found = first.rules().size() * tile_lanes;
    EXPECT_TRUE(std::equal(
        work.found.data(), work.found.data() + n_found, wide.found.data()));
    return work;
}

Years years_of(const FirstYears& first,
               const FirstYears::Workspace& work,
               std::size_t lane)
{
    Years years;
    for (std::size_t r = 0; r < first.rules().size(); ++r) {
        years.push_back(FirstYears::year_of(work, r, lane));
    }
    return years;
}

FirstYearRule at_least(double threshold, std::size_t from_year = 0)
{
    return {.rows = {0}, .threshold = threshold, .from_year = from_year};
}

TEST(FirstYears, AreThoseInWhichALineCrossesItsLevels)
{
    // lane k: value k + year; it is at least 5 from year 5 - k on
    const FirstYears first({at_least(5.0), at_least(50.0)}, {});
    const auto work = observe_all(
        first, 8, 1, [](std::size_t year, std::size_t, std::size_t lane) {
            return static_cast<double>(year + lane);
        });
    for (std::int32_t lane = 0; lane < 6; ++lane) {
        EXPECT_EQ(years_of(first, work, static_cast<std::size_t>(lane)),
                  (Years{5 - lane, never}));
    }
    EXPECT_EQ(years_of(first, work, 31), (Years{0, never}));
}

TEST(FirstYears, DoNotCountBeforeTheYearAskedFor)
{
    // at least 5 in year 1 and from year 4 on
    const FirstYears first({at_least(5.0), at_least(5.0, 2)}, {});
    const auto work = observe_all(
        first, 8, 1, [](std::size_t year, std::size_t, std::size_t) {
            return year == 1 || year >= 4 ? 5.0 : 0.0;
        });
    EXPECT_EQ(years_of(first, work, 3), (Years{1, 4}));
}

TEST(FirstYears, LookAtSumsAndAtPartsOfTheFirstYear)
{
    // rows halve each year: 8 + 4, 4 + 2, 2 + 1, ...
    FirstYearRule half{.rows = {0, 1},
                       .limit = FirstYearRule::Limit::first_year,
                       .threshold = 0.25,
                       .below = true};
    FirstYearRule three{.rows = {0, 1}, .threshold = 2.9, .below = true};
    const FirstYears first({half, three}, {});
    const auto work = observe_all(
        first, 5, 2, [](std::size_t year, std::size_t row, std::size_t) {
            return std::ldexp(row == 0 ? 8.0 : 4.0, -static_cast<int>(year));
        });
    EXPECT_EQ(years_of(first, work, 0), (Years{2, 3}));
}

/// Rows 0-2 are shares, 3-5 costs. In lane 0 the second technology is the
/// incumbent, elsewhere the third, whose cost is 1 higher.
TEST(FirstYears, ParityIsWithTheLargestOfTheFirstYear)
{
    const FirstYears first(
        {{.rows = {3}, .limit = FirstYearRule::Limit::incumbent, .contest = 0}},
        {{0, 3, 3}});
    const auto work = observe_all(
        first, 12, 6, [](std::size_t year, std::size_t row, std::size_t lane) {
            const double shares[2][3] = {{0.1, 0.6, 0.3}, {0.1, 0.3, 0.6}};
            if (row < 3) {
                // the first overtakes later on; it is no incumbent for it
                return row == 0 && year > 2 ? 0.9
                                            : shares[lane == 0 ? 0 : 1][row];
            }
            return row == 3 ? 10.0 - static_cast<double>(year)
                            : 5.0 + static_cast<double>(row - 4);
        });
    // 10 - t < 5 at t = 6, < 6 at t = 5: equal costs are no parity
    EXPECT_EQ(years_of(first, work, 0), (Years{6}));
    EXPECT_EQ(years_of(first, work, 1), (Years{5}));
}

TEST(FirstYears, AreUndefinedFromAValueThatIsNotFinite)
{
    const FirstYears first({at_least(3.0)}, {});
    const auto work = observe_all(
        first, 6, 1, [](std::size_t year, std::size_t, std::size_t lane) {
            return year == lane ? std::numeric_limits<double>::quiet_NaN()
                                : static_cast<double>(year);
        });
    EXPECT_EQ(years_of(first, work, 2), (Years{undefined}));
    EXPECT_EQ(years_of(first, work, 3), (Years{undefined}));
    EXPECT_EQ(years_of(first, work, 4), (Years{3}));
}

/// A budget twice as large is exhausted no earlier.
TEST(FirstYears, ComeNoEarlierForAHigherLevel)
{
    const FirstYears first({at_least(1.0), at_least(2.0)}, {});
    const auto work = observe_all(
        first, 31, 1, [](std::size_t year, std::size_t, std::size_t lane) {
            return std::sin(static_cast<double>(lane)) *
                   static_cast<double>(year) * 0.1;
        });
    int n_found = 0;
    for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
        const Years years = years_of(first, work, lane);
        if (years[1] != never) {
            ++n_found;
            EXPECT_LT(years[0], years[1]);
            EXPECT_NE(years[0], never);
        }
    }
    EXPECT_GT(n_found, 5);
}

}  // namespace
}  // namespace hepta::model
