/// \file
/// One number of an input: a value or a distribution with its unit and source.
#pragma once

#include "hepta/sampling/distribution.hpp"
#include "table_reader.hpp"

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hepta::config {

/// What a number may be.
struct Range
{
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    bool open_low = false;   ///< `low` itself is excluded
    bool open_high = false;  ///< `high` itself is excluded

    [[nodiscard]] bool holds(double x) const noexcept
    {
        return (open_low ? x > low : x >= low) &&
               (open_high ? x < high : x <= high);
    }
    /// "[0, 1)"
    [[nodiscard]] std::string text() const;
};

inline constexpr Range any_number{};
inline constexpr Range not_negative{.low = 0.0};
inline constexpr Range positive{.low = 0.0, .open_low = true};
inline constexpr Range not_positive{.high = 0.0};
inline constexpr Range fraction{.low = 0.0, .high = 1.0};
inline constexpr Range below_one{.low = 0.0, .high = 1.0, .open_high = true};
inline constexpr Range year_range{.low = 1900.0, .high = 2200.0};

/// What is expected at a key. Units are alternatives separated by '|'; a unit
/// fits if it is one of them, or begins with one and goes on after a space:
/// "fraction of activity" fits "fraction".
struct NumberRule
{
    std::string unit;
    Range range;
};

struct Number
{
    sampling::Distribution distribution;
    double low = 0.0;  ///< as given; equal to `value` where not given
    double value = 0.0;
    double high = 0.0;
    std::string unit;
    std::string source;
    std::string confidence;
    std::string note;
    Place place;
    std::string path;  ///< dotted key

    [[nodiscard]] bool is_fixed() const noexcept
    {
        return std::holds_alternative<sampling::Fixed>(distribution);
    }
};

/// A number of a path, at a year.
struct KnotNumber
{
    int year = 0;
    Number number;
};

[[nodiscard]] bool unit_fits(std::string_view unit, std::string_view allowed);

/// The number of an inline table such as
/// `{distribution = "triangular", low = 1, central = 2, high = 3, unit = "yr",
/// source = "..."}`, or `{value = 2, unit = "yr", source = "..."}`.
[[nodiscard]] std::optional<Number> read_number(const Entry& entry,
                                                const NumberRule& rule,
                                                FileContext& file);

/// A plain policy lever: a number that is not uncertain.
[[nodiscard]] std::optional<double> read_fixed(const Entry& entry,
                                               const NumberRule& rule,
                                               FileContext& file);

/// The same of a table that has been asked for other keys.
[[nodiscard]] std::optional<double> read_fixed(const Entry& entry,
                                               const NumberRule& rule,
                                               TableReader& table);

/// The numbers of a path by year, ascending: `{2020 = {...}, 2030 = {...}}`.
[[nodiscard]] std::vector<KnotNumber> read_path(const Entry& entry,
                                                const NumberRule& rule,
                                                FileContext& file);

/// The year that a key names; reports what is none.
[[nodiscard]] std::optional<int> read_year(const Entry& entry,
                                           FileContext& file);

/// Unit, source and confidence beside a number, checked.
struct Provenance
{
    std::string unit, source, confidence, note;
};
[[nodiscard]] Provenance read_provenance(TableReader& table,
                                         const NumberRule& rule);

}  // namespace hepta::config
