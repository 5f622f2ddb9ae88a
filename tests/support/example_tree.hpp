/// \file
/// A small result with every kind of value, for tests of files and readers.
#pragma once

#include "hepta/io/tree.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace hepta::test {

inline const std::vector<std::string>& example_sectors()
{
    static const std::vector<std::string> sectors = {
        "steel", "cement", "ciment d'été"};
    return sectors;
}

/// Emissions of sector s, year y, percentile p: 100 s + 10 y + p, and missing
/// for the last sector in the last year.
inline io::Variable example_emissions()
{
    std::vector<double> values;
    for (int sector = 0; sector < 3; ++sector) {
        for (int year = 0; year < 4; ++year) {
            for (int percentile = 0; percentile < 3; ++percentile) {
                values.push_back(100.0 * sector + 10.0 * year + percentile);
            }
        }
    }
    for (std::size_t i = 33; i < 36; ++i) {
        values[i] = std::numeric_limits<double>::quiet_NaN();
    }
    return {.name = "emissions",
            .dimensions = {"sector", "year", "percentile"},
            .values = values,
            .attributes = {{"units", "Mt CO2e/yr"},
                           {"long_name", "emissions of scope 1 and 2"}},
            .has_fill_value = true,
            .compressed = true};
}

inline io::Group example_bands()
{
    return {
        .name = "bands",
        .attributes = {{"comment", "percentiles over samples"}},
        .dimensions = {{.name = "sector",
                        .labels = example_sectors(),
                        .attributes = {{"long_name", "sector"}}},
                       {.name = "year",
                        .labels =
                            std::vector<std::int32_t>{2020, 2030, 2040, 2050},
                        .attributes = {{"long_name", "calendar year"}}},
                       {.name = "percentile",
                        .labels = std::vector<double>{2.5, 50.0, 97.5},
                        .attributes = {{"units", "percent"}}}},
        .variables = {
            example_emissions(),
            {.name = "first_year",
             .dimensions = {"sector"},
             .values =
                 std::vector<std::int32_t>{
                     2031, 2040, std::numeric_limits<std::int32_t>::min()},
             .attributes = {{"units", "yr"}},
             .has_fill_value = true},
            {.name = "activity_unit",
             .dimensions = {"sector"},
             .values = std::vector<std::string>{"Mt", "Mt", ""}}}};
}

inline io::Group example_state()
{
    return {
        .name = "state",
        .dimensions = {{.name = "range",
                        .labels = std::vector<std::uint32_t>{},
                        .unlabelled = 2},
                       {.name = "bound",
                        .labels = std::vector<std::string>{"begin", "end"}}},
        .variables = {{.name = "covered",
                       .dimensions = {"range", "bound"},
                       .values =
                           std::vector<std::uint64_t>{
                               0,
                               1,
                               1ULL << 40,
                               std::numeric_limits<std::uint64_t>::max()}},
                      {.name = "sums",
                       .dimensions = {"range"},
                       .values =
                           std::vector<std::int64_t>{
                               std::numeric_limits<std::int64_t>::min(),
                               std::numeric_limits<std::int64_t>::max()},
                       .compressed = true}}};
}

inline io::Tree example_tree()
{
    return {.attributes = {{"title", "an example"},
                           {"samples", std::int64_t{1} << 40},
                           {"tolerance", 1e-300},
                           {"levels", std::vector<double>{0.05, 0.95}},
                           {"hosts", std::vector<std::int64_t>{7}}},
            .groups = {example_bands(),
                       example_state(),
                       {.name = "provenance",
                        .variables = {{.name = "configuration",
                                       .values = std::vector<std::string>{
                                           "seed = 1\nname = \"é\"\n"}}}}}};
}

}  // namespace hepta::test
