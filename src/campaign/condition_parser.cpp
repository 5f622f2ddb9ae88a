#include "hepta/campaign/condition.hpp"
#include "hepta/campaign/labels.hpp"
#include "hepta/core/error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

namespace hepta::campaign {
namespace {

constexpr std::size_t most_names = 8;

[[noreturn]] void refuse(const std::string& text,
                         const std::string& problem,
                         const std::string& hint)
{
    throw InputError(
        fmt::format("--where '{}': {}\n  hint: {}", text, problem, hint));
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

template <class Number>
std::optional<Number> number_in(std::string_view text)
{
    Number value{};
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || rest != end) {
        return std::nullopt;
    }
    return value;
}

/// Names that hold the last part of `name`, or the first of all.
std::string near_names(std::string_view name,
                       const std::vector<std::string>& names)
{
    const std::string_view part = name.substr(name.rfind('/') + 1);
    std::vector<std::string> found;
    std::copy_if(names.begin(),
                 names.end(),
                 std::back_inserter(found),
                 [&](const std::string& n) {
                     return n.find(part) != std::string::npos;
                 });
    const std::vector<std::string>& shown = found.empty() ? names : found;
    const std::size_t n = std::min(shown.size(), most_names);
    return fmt::format("{}{}",
                       fmt::join(shown.begin(),
                                 shown.begin() + static_cast<std::ptrdiff_t>(n),
                                 ", "),
                       n < shown.size() ? ", ..." : "");
}

/// Every output by name: its row and whether the last year has it.
struct NamedRow
{
    std::string name;
    std::uint32_t row;
    bool is_flow;
};

std::vector<NamedRow> outputs_of(const model::Spec& spec,
                                 const model::OutputLayout& layout)
{
    std::vector<NamedRow> rows;
    for (const model::Metric& metric : layout.metrics()) {
        const auto items = item_labels(metric.kind, spec);
        const auto inner = inner_labels(metric.inner, spec);
        for (std::uint32_t i = 0; i < metric.n_items; ++i) {
            for (std::uint32_t k = 0; k < metric.n_inner; ++k) {
                std::string name = metric.name + "/" + items[i];
                if (!metric.inner.empty()) {
                    name += "/" + inner[k];
                }
                rows.push_back(
                    {std::move(name), metric.row(i, k), metric.is_flow});
            }
        }
    }
    return rows;
}

void find_input(Condition& condition, const config::RunConfig& config)
{
    std::vector<std::string> names;
    for (const sampling::Input& input : config.design.inputs) {
        if (input.name == condition.name) {
            condition.is_input = true;
            condition.row = input.row;
            return;
        }
        names.push_back(input.name);
    }
    refuse(condition.text,
           fmt::format("'{}' is not an input", condition.name),
           "an output needs a year, as in carbon_price@2035; inputs are " +
               near_names(condition.name, names));
}

void find_output(Condition& condition,
                 int year,
                 const config::RunConfig& config,
                 const model::OutputLayout& layout)
{
    const model::Spec& spec = config.model;
    if (year < spec.first_year || year > spec.last_year) {
        refuse(condition.text,
               fmt::format("{} is not a year of the run", year),
               fmt::format("{} to {}", spec.first_year, spec.last_year));
    }
    condition.year = static_cast<std::size_t>(year - spec.first_year);
    std::vector<std::string> names;
    for (NamedRow& output : outputs_of(spec, layout)) {
        if (output.name == condition.name ||
            output.name == layout.price.name + "/" + condition.name) {
            if (output.is_flow && year == spec.last_year) {
                refuse(condition.text,
                       fmt::format("{} has no {}", year, output.name),
                       "it is a flow to the next year; give an earlier year");
            }
            condition.row = output.row;
            return;
        }
        names.push_back(std::move(output.name));
    }
    refuse(condition.text,
           fmt::format("'{}' is not an output", condition.name),
           near_names(condition.name, names));
}

}  // namespace

bool Condition::is_met(double value) const noexcept
{
    switch (order) {
        case Order::below:
            return value < threshold;
        case Order::at_most:
            return value <= threshold;
        case Order::above:
            return value > threshold;
        case Order::at_least:
            return value >= threshold;
    }
    return false;
}

Condition parse_condition(const std::string& text,
                          const config::RunConfig& config,
                          const model::OutputLayout& layout)
{
    const char* form =
        "write 'carbon_price@2035 > 100' or 'form_weight <= 0.5'";
    Condition condition;
    condition.text = text;
    const std::string_view view = text;
    const std::size_t at = view.find_first_of("<>");
    if (at == std::string_view::npos) {
        refuse(text, "has none of < <= > >=", form);
    }
    const bool or_equal = view.substr(at + 1, 1) == "=";
    condition.order =
        view[at] == '<'
            ? (or_equal ? Condition::Order::at_most : Condition::Order::below)
            : (or_equal ? Condition::Order::at_least : Condition::Order::above);
    const std::string_view right =
        trimmed(view.substr(at + (or_equal ? 2 : 1)));
    const auto threshold = number_in<double>(right);
    if (!threshold || !std::isfinite(*threshold)) {
        refuse(text, fmt::format("'{}' is not a number", right), form);
    }
    condition.threshold = *threshold;
    const std::string_view left = trimmed(view.substr(0, at));
    const std::size_t year_at = left.rfind('@');
    condition.name = std::string(trimmed(left.substr(0, year_at)));
    if (year_at == std::string_view::npos) {
        find_input(condition, config);
        return condition;
    }
    const std::string_view year_text = trimmed(left.substr(year_at + 1));
    const auto year = number_in<int>(year_text);
    if (!year) {
        refuse(text, fmt::format("'{}' is not a year", year_text), form);
    }
    find_output(condition, *year, config, layout);
    return condition;
}

}  // namespace hepta::campaign
