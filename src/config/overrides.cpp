#include "overrides.hpp"

#include "key_depth.hpp"

#include <fmt/format.h>

#include <iterator>
#include <optional>
#include <set>
#include <sstream>

namespace hepta::config {
namespace {

std::optional<toml::table> try_parse(const std::string& text)
{
    if (line_of_long_key(text)) {
        return std::nullopt;
    }
    try {
        return toml::parse(text, std::string_view(command_line));
    } catch (const toml::parse_error&) {
        return std::nullopt;
    }
}

/// `key=[value]`; items that are no TOML are taken as text.
std::optional<toml::table> parse_list(const Override& override)
{
    const std::string& value = override.value;
    if (auto table = try_parse(fmt::format("{} = [{}]", override.key, value))) {
        return table;
    }
    std::string quoted;
    std::istringstream items(value);
    for (std::string item; std::getline(items, item, ',');) {
        quoted += fmt::format("{}'{}'", quoted.empty() ? "" : ", ", item);
    }
    return try_parse(fmt::format("{} = [{}]", override.key, quoted));
}

/// `key=value` as a table; a value that is no TOML is taken as text, one with
/// commas as a list.
std::optional<toml::table> parse_override(const Override& override)
{
    const std::string& value = override.value;
    if (auto table = try_parse(fmt::format("{} = {}", override.key, value))) {
        return table;
    }
    return value.find(',') == std::string::npos
               ? try_parse(fmt::format("{} = '{}'", override.key, value))
               : parse_list(override);
}

/// True if the only leaf of `wanted` is no array, but is one in `have`.
bool lacks_brackets(const toml::table& wanted, const toml::table& have)
{
    const auto first = wanted.begin();
    const toml::node& node = first->second;
    const toml::node* found = have.get(first->first.str());
    if (found == nullptr) {
        return false;
    }
    return node.is_table() && found->is_table()
               ? lacks_brackets(*node.as_table(), *found->as_table())
               : found->is_array() && !node.is_array();
}

/// True for a number given anew, `{value = ...}` or `{distribution = ...}`.
bool is_given_anew(const toml::node& node)
{
    const toml::table* table = node.as_table();
    return table != nullptr && table->is_inline() &&
           (table->contains("value") || table->contains("distribution"));
}

/// Leave of a number what says what it is, not what it is.
void drop_parameters(toml::table& number)
{
    const std::set<std::string_view> kept = {
        "unit", "source", "confidence", "note", "committed"};
    for (auto it = number.begin(); it != number.end();) {
        it = kept.contains(it->first.str()) ? std::next(it) : number.erase(it);
    }
}

/// Put the leaves of `from` into `into`.
void merge(toml::table& from, toml::table& into)
{
    for (auto&& [key, node] : from) {
        toml::table* target = into[key.str()].as_table();
        if (node.is_table() && target != nullptr) {
            if (is_given_anew(node)) {
                drop_parameters(*target);
            }
            merge(*node.as_table(), *target);
        } else {
            into.insert_or_assign(key, std::move(node));
        }
    }
}

/// Number of leading keys of `wanted` that are tables of `have`.
int common_depth(const toml::table& wanted, const toml::table& have)
{
    const auto first = wanted.begin();
    const toml::node& node = first->second;
    const toml::node* found = have.get(first->first.str());
    if (found == nullptr) {
        return 0;
    }
    if (!node.is_table() || !found->is_table()) {
        return 1;
    }
    return 1 + common_depth(*node.as_table(), *found->as_table());
}

}  // namespace

void apply_override(const Override& override,
                    std::vector<SourceFile>& files,
                    Diagnostics& diagnostics)
{
    std::optional<toml::table> table = parse_override(override);
    if (!table || table->empty()) {
        diagnostics.add(
            Place{command_line},
            fmt::format("--set {}={}", override.key, override.value),
            "is not key=value",
            "write a dotted key, such as --set samples=65536");
        return;
    }
    SourceFile* target = &files.front();
    int depth = common_depth(*table, target->table);
    for (SourceFile& file : files) {
        const int here = common_depth(*table, file.table);
        if (here > depth) {
            depth = here;
            target = &file;
        }
    }
    if (lacks_brackets(*table, target->table)) {
        table = parse_list(override).value_or(std::move(*table));
    }
    merge(*table, target->table);
}

}  // namespace hepta::config
