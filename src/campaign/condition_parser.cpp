#include "hepta/campaign/condition.hpp"
#include "hepta/core/error.hpp"
#include "output_place.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include <variant>

namespace hepta::campaign {
namespace {

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

void take_output(Condition& condition,
                 int year,
                 const config::RunConfig& config,
                 const model::OutputLayout& layout)
{
    const auto found = find_output(condition.name, year, config, layout);
    if (const auto* missing = std::get_if<NoOutput>(&found)) {
        refuse(condition.text, missing->problem, missing->hint);
    }
    const auto& place = std::get<OutputPlace>(found);
    condition.row = place.row;
    condition.year = place.year;
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
    take_output(condition, *year, config, layout);
    return condition;
}

}  // namespace hepta::campaign
