#include "sections.hpp"

#include <algorithm>
#include <cctype>

namespace hepta::config {
namespace {

constexpr int max_depth = 8;

bool is_number_table(const toml::table& table)
{
    return table.contains("unit") || table.contains("value") ||
           table.contains("distribution");
}

bool is_year(const std::string& key)
{
    return key.size() == 4 &&
           std::all_of(key.begin(), key.end(), [](unsigned char c) {
               return std::isdigit(c) != 0;
           });
}

template <class Visit>
void visit_numbers(TableReader& table,
                   const std::string& name,
                   int depth,
                   const Visit& visit)
{
    for (const Entry& entry : table.entries()) {
        const std::string path =
            name.empty() ? entry.key : name + "/" + entry.key;
        const toml::table* nested = entry.node->as_table();
        if (nested == nullptr || is_number_table(*nested)) {
            if (const auto number =
                    read_number(entry, {"", any_number}, table.file())) {
                visit(name, entry.key, *number);
            }
        } else if (depth == max_depth) {
            table.reject(entry, "is nested too deeply", "flatten it");
        } else if (auto inner = table.as_table(entry)) {
            visit_numbers(*inner, path, depth + 1, visit);
        }
    }
}

}  // namespace

void read_references(TableReader section, Catalogue& catalogue)
{
    visit_numbers(
        section,
        "",
        0,
        [&](const std::string& name,
            const std::string& key,
            const Number& number) {
            const bool dated = !name.empty() && is_year(key);
            const std::string full = name.empty() ? key : name + "/" + key;
            catalogue.references.push_back({.name = dated ? name : full,
                                            .year = dated ? std::stoi(key) : 0,
                                            .unit = number.unit,
                                            .value = number.value,
                                            .low = number.low,
                                            .high = number.high,
                                            .source = number.source});
        });
}

}  // namespace hepta::config
