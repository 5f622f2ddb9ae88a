#include "table_reader.hpp"

#include "toml_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace hepta::config {
namespace {

constexpr std::size_t max_array_elements = 10'000;

Place place_of(const toml::source_region& region, const std::string& file)
{
    if (region.path && *region.path == command_line) {
        return Place{command_line};
    }
    return Place{file, region.begin.line, region.begin.column};
}

/// Only plain names can be dotted keys; others are quoted as in the file.
std::string join_path(const std::string& path, std::string_view key)
{
    const bool plain = std::all_of(key.begin(), key.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '_' || c == '-';
    });
    const std::string shown =
        plain ? std::string(key) : fmt::format("\"{}\"", printable(key));
    return path.empty() ? shown : fmt::format("{}.{}", path, shown);
}

void reject_type(const Entry& entry,
                 std::string_view wanted,
                 const FileContext& file)
{
    file.diagnostics->add(
        entry.place,
        entry.path,
        fmt::format("is {}, not {}", type_name(*entry.node), wanted),
        fmt::format("give {}", wanted));
}

}  // namespace

std::string type_name(const toml::node& node)
{
    switch (node.type()) {
        case toml::node_type::table:
            return "a table";
        case toml::node_type::array:
            return "an array";
        case toml::node_type::string:
            return "a string";
        case toml::node_type::integer:
        case toml::node_type::floating_point:
            return "a number";
        case toml::node_type::boolean:
            return "a boolean";
        default:
            return "a date or time";
    }
}

std::optional<double> finite_number(const Entry& entry, FileContext& file)
{
    if (!entry.node->is_number()) {
        reject_type(entry, "a number", file);
        return std::nullopt;
    }
    const std::optional<double> value =
        entry.node->is_integer()
            ? static_cast<double>(entry.node->as_integer()->get())
            : entry.node->as_floating_point()->get();
    if (!std::isfinite(*value)) {
        file.diagnostics->add(entry.place,
                              entry.path,
                              fmt::format("= {} is not finite", *value),
                              "give a finite number");
        return std::nullopt;
    }
    return value;
}

std::optional<std::int64_t> whole_number(const Entry& entry, FileContext& file)
{
    if (entry.node->is_integer()) {
        return entry.node->as_integer()->get();
    }
    constexpr double exact_integers = 9007199254740992.0;  // 2^53
    if (entry.node->is_floating_point()) {
        const double value = entry.node->as_floating_point()->get();
        if (std::trunc(value) == value && std::abs(value) < exact_integers) {
            return static_cast<std::int64_t>(value);
        }
    }
    reject_type(entry, "a whole number", file);
    return std::nullopt;
}

std::vector<Entry> elements(const Entry& entry, FileContext& file)
{
    std::vector<Entry> result;
    const toml::array* array = entry.node->as_array();
    if (array == nullptr) {
        reject_type(entry, "an array", file);
        return result;
    }
    if (array->size() > max_array_elements) {
        file.diagnostics->add(entry.place,
                              entry.path,
                              fmt::format("has {} elements, more than {}",
                                          array->size(),
                                          max_array_elements),
                              "shorten it");
        return result;
    }
    for (std::size_t i = 0; i < array->size(); ++i) {
        const toml::node& node = *array->get(i);
        result.push_back({.key = std::to_string(i),
                          .path = fmt::format("{}[{}]", entry.path, i),
                          .place = place_of(node.source(), file.path),
                          .node = &node});
    }
    return result;
}

TableReader::TableReader(const toml::table& table,
                         std::string path,
                         Place place,
                         FileContext& file)
    : table_(&table),
      path_(std::move(path)),
      place_(std::move(place)),
      file_(&file)
{
}

Entry TableReader::entry_of(const toml::key& key, const toml::node& node) const
{
    Place place = place_of(node.source(), file_->path);
    if (place.line != 0 && key.source().begin.line != 0) {
        place = place_of(key.source(), file_->path);
    }
    return {.key = std::string(key.str()),
            .path = join_path(path_, key.str()),
            .place = place,
            .node = &node};
}

std::optional<Entry> TableReader::find(std::string_view key,
                                       Need need,
                                       std::string_view meaning)
{
    known_.emplace_back(key);
    const auto found = table_->find(key);
    if (found != table_->end()) {
        return entry_of(found->first, found->second);
    }
    if (need == Need::required) {
        file_->diagnostics->add(
            place_,
            join_path(path_, key),
            "is missing",
            meaning.empty() ? fmt::format("add `{}`", key)
                            : fmt::format("add `{}`: {}", key, meaning));
    }
    return std::nullopt;
}

std::optional<std::string> TableReader::text(std::string_view key,
                                             Need need,
                                             std::string_view meaning)
{
    const std::optional<Entry> entry = find(key, need, meaning);
    if (!entry) {
        return std::nullopt;
    }
    if (!entry->node->is_string()) {
        reject_type(*entry, "a string", *file_);
        return std::nullopt;
    }
    if (entry->node->as_string()->get().empty()) {
        reject(*entry, "is empty", fmt::format("give `{}`, or remove it", key));
        return std::nullopt;
    }
    return entry->node->as_string()->get();
}

std::optional<double> TableReader::real(std::string_view key, Need need)
{
    const std::optional<Entry> entry = find(key, need);
    return entry ? finite_number(*entry, *file_) : std::nullopt;
}

std::optional<std::int64_t> TableReader::integer(std::string_view key,
                                                 Need need)
{
    const std::optional<Entry> entry = find(key, need);
    return entry ? whole_number(*entry, *file_) : std::nullopt;
}

std::optional<bool> TableReader::boolean(std::string_view key, Need need)
{
    const std::optional<Entry> entry = find(key, need);
    if (!entry) {
        return std::nullopt;
    }
    if (!entry->node->is_boolean()) {
        reject_type(*entry, "true or false", *file_);
        return std::nullopt;
    }
    return entry->node->as_boolean()->get();
}

std::vector<std::string> TableReader::texts(std::string_view key, Need need)
{
    std::vector<std::string> result;
    if (const std::optional<Entry> entry = find(key, need)) {
        for (const Entry& element : elements(*entry, *file_)) {
            if (element.node->is_string()) {
                result.push_back(element.node->as_string()->get());
            } else {
                reject_type(element, "a string", *file_);
            }
        }
    }
    return result;
}

std::vector<double> TableReader::reals(std::string_view key, Need need)
{
    std::vector<double> result;
    if (const std::optional<Entry> entry = find(key, need)) {
        for (const Entry& element : elements(*entry, *file_)) {
            if (const auto value = finite_number(element, *file_)) {
                result.push_back(*value);
            }
        }
    }
    return result;
}

std::optional<TableReader> TableReader::table(std::string_view key, Need need)
{
    const std::optional<Entry> entry = find(key, need);
    return entry ? as_table(*entry) : std::nullopt;
}

std::vector<Entry> TableReader::entries() const
{
    struct Keyed
    {
        toml::source_position at;
        Entry entry;
    };
    std::vector<Keyed> keyed;
    for (auto&& [key, node] : *table_) {
        const bool given_later =
            key.source().path && *key.source().path == command_line;
        const toml::source_position last{UINT32_MAX, UINT32_MAX};
        keyed.push_back(
            {given_later ? last : key.source().begin, entry_of(key, node)});
    }
    std::stable_sort(
        keyed.begin(), keyed.end(), [](const Keyed& a, const Keyed& b) {
            return a.at < b.at;
        });
    std::vector<Entry> result;
    for (Keyed& item : keyed) {
        result.push_back(std::move(item.entry));
    }
    return result;
}

std::optional<TableReader> TableReader::as_table(const Entry& entry)
{
    if (!entry.node->is_table()) {
        reject_type(entry, "a table", *file_);
        return std::nullopt;
    }
    return TableReader(
        *entry.node->as_table(), entry.path, entry.place, *file_);
}

void TableReader::reject(const Entry& entry,
                         std::string_view problem,
                         std::string_view hint) const
{
    file_->diagnostics->add(entry.place, entry.path, problem, hint);
}

void TableReader::finish() const
{
    for (const Entry& entry : entries()) {
        if (std::find(known_.begin(), known_.end(), entry.key) ==
            known_.end()) {
            reject(entry, "is not a known key", suggest(entry.key, known_));
        }
    }
}

void TableReader::accept_rest()
{
    for (auto&& [key, node] : *table_) {
        known_.emplace_back(key.str());
    }
}

}  // namespace hepta::config
