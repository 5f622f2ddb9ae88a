#include "hepta/config/observations.hpp"

#include "hepta/core/error.hpp"
#include "sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

namespace hepta::config {
namespace {

constexpr std::size_t least_names = 2;  // item and metric
constexpr std::size_t most_names = 3;   // and scope, cause or budget

bool is_year(const std::string& key)
{
    return key.size() == 4 &&
           std::all_of(key.begin(), key.end(), [](unsigned char c) {
               return std::isdigit(c) != 0;
           });
}

/// The number at `key` if it is above 0, or 0 where that is allowed.
double positive_at(TableReader& table, const char* key, bool may_be_zero)
{
    const auto value = table.real(key, Need::required);
    if (!value || *value > 0.0 || (may_be_zero && *value == 0.0)) {
        return value.value_or(0.0);
    }
    if (const auto entry = table.find(key, Need::optional)) {
        table.reject(*entry,
                     fmt::format("= {} is not {}",
                                 *value,
                                 may_be_zero ? "at least 0" : "above 0"),
                     may_be_zero ? "it is a part of the value: 0.02 is 2 %"
                                 : "its logarithm is compared");
    }
    return 0.0;
}

Observation read_observation(TableReader& table)
{
    Observation result;
    result.value = positive_at(table, "value", false);
    result.unit = table.text("unit", Need::required, "the unit of the value")
                      .value_or("");
    result.measurement_error = positive_at(table, "measurement_error", true);
    result.model_error = positive_at(table, "model_error", true);
    result.relative_to_first_year =
        table.boolean("relative_to_first_year", Need::optional).value_or(false);
    result.source =
        table.text("source", Need::required, "who says so").value_or("");
    const auto& sources = table.file().sources;
    if (const auto full = sources.find(result.source); full != sources.end()) {
        result.source = full->second;
    }
    table.text("note", Need::optional);
    table.finish();
    return result;
}

/// Visit the tables below `table` down to years; `names` leads to it.
void read_below(TableReader& table,
                std::vector<std::string>& names,
                std::vector<Observation>& found)
{
    for (const Entry& entry : table.entries()) {
        auto inner = table.as_table(entry);
        if (!inner) {
            continue;
        }
        if (!is_year(entry.key)) {
            if (names.size() == most_names) {
                table.reject(entry, "is not a year", "give it as 2022");
                continue;
            }
            names.push_back(entry.key);
            read_below(*inner, names, found);
            names.pop_back();
            continue;
        }
        if (names.size() < least_names) {
            table.reject(entry,
                         "has no output",
                         "write [observations.ITEM.METRIC.2022], or "
                         "[observations.ITEM.METRIC.SCOPE.2022]");
            continue;
        }
        Observation one = read_observation(*inner);
        one.output = names[1] + "/" + names[0];
        if (names.size() > least_names) {
            one.output += "/" + names[2];
        }
        one.year = std::stoi(entry.key);
        one.place = fmt::format(
            "{}:{}:{}", entry.place.file, entry.place.line, entry.place.column);
        if (one.measurement_error + one.model_error <= 0.0) {
            table.reject(entry,
                         "has no error",
                         "give a measurement_error or a model_error above 0");
        }
        found.push_back(std::move(one));
    }
}

}  // namespace

std::string Observation::name() const
{
    return fmt::format("{}@{}", output, year);
}

double Observation::error() const
{
    return std::hypot(measurement_error, model_error);
}

std::vector<Observation> load_observations(const std::string& path)
{
    Diagnostics diagnostics;
    Sources sources;
    const std::vector<SourceFile> files =
        read_sources(path, sources, diagnostics);
    diagnostics.throw_if_any();

    std::vector<Observation> found;
    for (const SourceFile& file : files) {
        FileContext context{file.path, {}, &diagnostics};
        TableReader root(file.table, "", Place{file.path}, context);
        read_source_texts(root);
        std::vector<std::string> names;
        if (auto table = root.table("observations", Need::required)) {
            read_below(*table, names, found);
        }
        root.finish();
    }
    diagnostics.throw_if_any();
    if (found.empty()) {
        throw InputError(path +
                         ": has no observation\n  hint: write "
                         "[observations.ITEM.METRIC.2022]");
    }
    return found;
}

}  // namespace hepta::config
