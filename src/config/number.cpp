#include "number.hpp"

#include "distribution_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace hepta::config {
namespace {

const std::vector<std::string>& confidence_levels()
{
    static const std::vector<std::string> levels = {
        "verified_data", "verified_text", "derived", "recalled", "judgement"};
    return levels;
}

/// Alternatives as a sentence.
std::string unit_text(const std::string& alternatives)
{
    std::string text = alternatives.empty() ? "its unit" : alternatives;
    for (std::size_t bar = text.find('|'); bar != std::string::npos;
         bar = text.find('|')) {
        text.replace(bar, 1, " or ");
    }
    return text;
}

bool in_range(const Number& number, const Range& range, FileContext& file)
{
    for (const auto& [name, x] : {std::pair{"low", number.low},
                                  std::pair{"value", number.value},
                                  std::pair{"high", number.high}}) {
        if (!range.holds(x)) {
            file.diagnostics->add(number.place,
                                  number.path,
                                  fmt::format("{} {} {} is outside {}",
                                              name,
                                              x,
                                              printable(number.unit),
                                              range.text()),
                                  "percent, another unit, or a wrong sign?");
            return false;
        }
    }
    return true;
}

std::optional<Number> read_table(const Entry& entry,
                                 const NumberRule& rule,
                                 TableReader& table)
{
    const Provenance provenance = read_provenance(table, rule);
    const std::optional<DistributionText> text = read_distribution(table);
    table.finish();
    if (!text) {
        return std::nullopt;
    }
    Number number{.distribution = text->distribution,
                  .low = text->low,
                  .value = text->value,
                  .high = text->high,
                  .unit = provenance.unit,
                  .source = provenance.source,
                  .confidence = provenance.confidence,
                  .note = provenance.note,
                  .place = entry.place,
                  .path = entry.path};
    if (!in_range(number, rule.range, table.file())) {
        return std::nullopt;
    }
    return number;
}

std::optional<double> fixed_value(const std::optional<Number>& number,
                                  const Entry& entry,
                                  FileContext& file)
{
    if (!number) {
        return std::nullopt;
    }
    if (!number->is_fixed()) {
        file.diagnostics->add(entry.place,
                              entry.path,
                              "is uncertain, but a policy lever is not",
                              "give one value");
        return std::nullopt;
    }
    return number->value;
}

}  // namespace

std::string Range::text() const
{
    return fmt::format("{}{}, {}{}",
                       open_low || std::isinf(low) ? "(" : "[",
                       low,
                       high,
                       open_high || std::isinf(high) ? ")" : "]");
}

bool unit_fits(std::string_view unit, std::string_view allowed)
{
    while (!allowed.empty()) {
        const std::size_t bar = allowed.find('|');
        const std::string_view one = allowed.substr(0, bar);
        if (unit.substr(0, one.size()) == one &&
            (unit.size() == one.size() || unit[one.size()] == ' ')) {
            return true;
        }
        allowed.remove_prefix(bar == std::string_view::npos ? allowed.size()
                                                            : bar + 1);
    }
    return false;
}

Provenance read_provenance(TableReader& table, const NumberRule& rule)
{
    Provenance result;
    FileContext& file = table.file();
    const std::string wanted = unit_text(rule.unit);
    result.unit = table.text("unit", Need::required, wanted).value_or("");
    const std::optional<Entry> unit = table.find("unit", Need::optional);
    if (unit && !result.unit.empty() && !rule.unit.empty() &&
        !unit_fits(result.unit, rule.unit)) {
        table.reject(*unit,
                     fmt::format("\"{}\" is not the unit expected",
                                 printable(result.unit)),
                     fmt::format("the key is in {}", wanted));
    }
    result.source =
        table.text("source", Need::required, "where the number is from")
            .value_or("");
    const auto full = file.sources.find(result.source);
    if (full != file.sources.end()) {
        result.source = full->second;
    }
    result.confidence = table.text("confidence", Need::optional).value_or("");
    const std::vector<std::string>& levels = confidence_levels();
    if (!result.confidence.empty() &&
        std::find(levels.begin(), levels.end(), result.confidence) ==
            levels.end()) {
        table.reject(*table.find("confidence", Need::optional),
                     fmt::format("\"{}\" is not a level of confidence",
                                 printable(result.confidence)),
                     suggest(result.confidence, levels));
    }
    result.note = table.text("note", Need::optional).value_or("");
    return result;
}

std::optional<Number> read_number(const Entry& entry,
                                  const NumberRule& rule,
                                  FileContext& file)
{
    if (!entry.node->is_table()) {
        const bool bare = entry.node->is_number();
        file.diagnostics->add(
            entry.place,
            entry.path,
            bare ? "has no unit"
                 : "is " + type_name(*entry.node) +
                       ", not a number with its unit",
            fmt::format("write {{value = ..., unit = \"{}\", source = "
                        "\"...\"}}",
                        rule.unit.substr(0, rule.unit.find('|'))));
        return std::nullopt;
    }
    TableReader table(*entry.node->as_table(), entry.path, entry.place, file);
    return read_table(entry, rule, table);
}

std::optional<double> read_fixed(const Entry& entry,
                                 const NumberRule& rule,
                                 FileContext& file)
{
    return fixed_value(read_number(entry, rule, file), entry, file);
}

std::optional<double> read_fixed(const Entry& entry,
                                 const NumberRule& rule,
                                 TableReader& table)
{
    return fixed_value(read_table(entry, rule, table), entry, table.file());
}

std::optional<int> read_year(const Entry& entry, FileContext& file)
{
    int year = 0;
    const char* end = entry.key.data() + entry.key.size();
    const auto [stop, error] = std::from_chars(entry.key.data(), end, year);
    if (error != std::errc() || stop != end || !year_range.holds(year)) {
        file.diagnostics->add(entry.place,
                              entry.path,
                              "is not a year",
                              "keys of a path are calendar years, such as "
                              "2030");
        return std::nullopt;
    }
    return year;
}

std::vector<KnotNumber> read_path(const Entry& entry,
                                  const NumberRule& rule,
                                  FileContext& file)
{
    std::vector<KnotNumber> path;
    if (!entry.node->is_table()) {
        file.diagnostics->add(
            entry.place,
            entry.path,
            "is " + type_name(*entry.node) + ", not a path",
            "give numbers by year: {2020 = {...}, 2050 = {...}}");
        return path;
    }
    const TableReader table(
        *entry.node->as_table(), entry.path, entry.place, file);
    for (const Entry& knot : table.entries()) {
        const std::optional<int> year = read_year(knot, file);
        std::optional<Number> number = read_number(knot, rule, file);
        if (year && number) {
            path.push_back({*year, std::move(*number)});
        }
    }
    std::sort(path.begin(), path.end(), [](const auto& a, const auto& b) {
        return a.year < b.year;
    });
    if (table.entries().empty()) {
        file.diagnostics->add(entry.place,
                              entry.path,
                              "has no year",
                              "give numbers by year: {2020 = {...}}");
    }
    return path;
}

}  // namespace hepta::config
