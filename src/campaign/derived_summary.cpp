#include "derived_summary.hpp"

#include "tree_values.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace hepta::campaign {
namespace {

using Doubles = std::vector<double>;
using Strings = std::vector<std::string>;

constexpr std::string_view never_suffix = "_probability_never";

Strings labels_of(const io::Group& group, const std::string& name)
{
    const io::Values& labels = group.dimension(name).labels;
    if (const auto* texts = std::get_if<Strings>(&labels)) {
        return *texts;
    }
    Strings out;
    for (const double number : values_of<Doubles>(labels, name)) {
        out.push_back(fmt::format("{:g}", number));
    }
    return out;
}

/// One quantity: its numbers by scenario and item.
struct Quantity
{
    std::string name;
    Strings scenarios;
    Strings items;  ///< "steel/h2_dri_eaf, 0.05"
    Doubles percentiles;
    const Doubles* value;  ///< [scenario][item][percentile]
    const Doubles* never;  ///< [scenario][item]

    [[nodiscard]] double at(std::size_t scenario,
                            std::size_t item,
                            std::size_t percentile) const
    {
        return value->at((scenario * items.size() + item) * percentiles.size() +
                         percentile);
    }
    [[nodiscard]] double never_at(std::size_t scenario, std::size_t item) const
    {
        return never->at(scenario * items.size() + item);
    }
};

std::vector<Quantity> quantities_of(const io::Group& group)
{
    std::vector<Quantity> out;
    for (const io::Variable& variable : group.variables) {
        if (!variable.name.ends_with(never_suffix)) {
            continue;
        }
        Quantity quantity;
        quantity.name =
            variable.name.substr(0, variable.name.size() - never_suffix.size());
        quantity.scenarios = labels_of(group, "scenario");
        quantity.items = {""};
        for (std::size_t d = 1; d < variable.dimensions.size(); ++d) {
            Strings longer;
            for (const std::string& start : quantity.items) {
                for (const std::string& label :
                     labels_of(group, variable.dimensions[d])) {
                    longer.push_back(start.empty() ? label
                                                   : start + ", " + label);
                }
            }
            quantity.items = std::move(longer);
        }
        quantity.percentiles = values_of<Doubles>(
            group.dimension("percentile").labels, "percentile");
        quantity.value = &values_of<Doubles>(
            group.variable(quantity.name).values, quantity.name);
        quantity.never = &values_of<Doubles>(variable.values, variable.name);
        out.push_back(std::move(quantity));
    }
    return out;
}

std::string cell_text(const Quantity& quantity,
                      std::size_t scenario,
                      std::size_t item)
{
    std::string text;
    for (const double p : {5.0, 50.0, 95.0}) {
        const auto found = std::find(
            quantity.percentiles.begin(), quantity.percentiles.end(), p);
        if (found == quantity.percentiles.end()) {
            continue;
        }
        const double year = quantity.at(
            scenario,
            item,
            static_cast<std::size_t>(found - quantity.percentiles.begin()));
        text += std::isfinite(year) ? fmt::format("{:.0f} ", year) : "never ";
    }
    return text +
           fmt::format("({:.1f})", 100.0 * quantity.never_at(scenario, item));
}

void append_table(std::string& out,
                  const Quantity& quantity,
                  std::string_view title,
                  std::string_view ending)
{
    std::string lines;
    for (std::size_t i = 0; i < quantity.items.size(); ++i) {
        std::string name = quantity.items[i];
        bool ever = false;
        for (std::size_t s = 0; s < quantity.scenarios.size(); ++s) {
            ever = ever || quantity.never_at(s, i) < 1.0;
        }
        if (!ever || !name.ends_with(ending)) {
            continue;
        }
        name.resize(name.size() - ending.size());
        lines += fmt::format("{:<34}", name);
        for (std::size_t s = 0; s < quantity.scenarios.size(); ++s) {
            lines += fmt::format("{:>26}", cell_text(quantity, s, i));
        }
        lines += "\n";
    }
    if (lines.empty()) {
        return;
    }
    out += fmt::format("\n{}: 5 % 50 % 95 % (never, %)\n{:<34}", title, "");
    for (const std::string& scenario : quantity.scenarios) {
        out += fmt::format("{:>26}", scenario);
    }
    out += "\n" + lines;
}

}  // namespace

std::string derived_text(const io::Group& group)
{
    std::string out;
    for (const Quantity& quantity : quantities_of(group)) {
        if (quantity.name == "tipping_year") {
            append_table(
                out, quantity, "first year with 5 % of activity", ", 0.05");
        } else if (quantity.name == "budget_exhausted_year") {
            append_table(
                out, quantity, "first year with a world budget used up", "");
        } else if (quantity.name == "sector_budget_exhausted_year") {
            append_table(
                out, quantity, "first year with its own budget used up", "");
        }
    }
    return out;
}

nlohmann::ordered_json derived_json(const io::Group& group)
{
    nlohmann::ordered_json out;
    for (const Quantity& quantity : quantities_of(group)) {
        for (std::size_t s = 0; s < quantity.scenarios.size(); ++s) {
            for (std::size_t i = 0; i < quantity.items.size(); ++i) {
                auto& at = out[quantity.name][quantity.scenarios[s]]
                              [quantity.items[i]];
                for (std::size_t k = 0; k < quantity.percentiles.size(); ++k) {
                    const double year = quantity.at(s, i, k);
                    auto& to = at[fmt::format("{:g}", quantity.percentiles[k])];
                    if (std::isfinite(year)) {
                        to = year;
                    } else {
                        to = nullptr;
                    }
                }
                at["never"] = quantity.never_at(s, i);
            }
        }
    }
    return out;
}

}  // namespace hepta::campaign
