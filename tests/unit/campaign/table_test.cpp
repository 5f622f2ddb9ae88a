// Draws of a result as a table, whatever a file holds.
#include "hepta/campaign/table.hpp"

#include "campaign/short_arrays.hpp"
#include "hepta/core/error.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace hepta::campaign {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Draws of inputs a and b, and of one output.
io::Tree draws(std::vector<double> inputs,
               std::vector<double> outputs,
               const std::string& output = "one/emissions/all/scope1+2/2050")
{
    using Names = std::vector<std::string>;
    io::Group group{.name = "draws"};
    group.dimensions = {
        {.name = "input", .labels = Names{"a", "b"}, .attributes = {}},
        {.name = "output", .labels = Names{output}, .attributes = {}}};
    group.variables = {{.name = "inputs", .values = std::move(inputs)},
                       {.name = "outputs", .values = std::move(outputs)}};
    return {.attributes = {}, .groups = {group}};
}

TEST(TableOfDraws, LeavesOutSamplesWithoutAnAnswer)
{
    const Table table =
        table_of_draws(draws({1, 2, 3, 4, 5, 6}, {7, nan, 9}), {});

    EXPECT_EQ(table.names,
              (std::vector<std::string>{
                  "a", "b", "one/emissions/all/scope1+2/2050"}));
    EXPECT_EQ(table.columns,
              (std::vector<std::vector<double>>{{1, 5}, {2, 6}, {7, 9}}));
}

TEST(TableOfDraws, RefusesColumnsOfDifferentLengths)
{
    EXPECT_THROW((void)table_of_draws(draws({1, 2, 3, 4}, {7}), {}),
                 ResultError);
}

TEST(TableOfDraws, AsksForAnOutputWhereThereIsNoTotal)
{
    const io::Tree tree = draws({1, 2}, {7}, "one/emissions/steel/scope1/2050");
    EXPECT_THROW((void)table_of_draws(tree, {}), InputError);
    EXPECT_EQ(table_of_draws(tree, {"one/emissions/steel/scope1/2050"})
                  .columns.size(),
              3U);
}

TEST(RefuseShortArrays, SaysThatTheResultIsDamaged)
{
    const std::vector<int> none;
    EXPECT_THROW(refuse_short_arrays([&] { return none.at(0); }), ResultError);
    EXPECT_EQ(refuse_short_arrays([] { return 3; }), 3);
}

}  // namespace
}  // namespace hepta::campaign
