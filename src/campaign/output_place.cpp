#include "output_place.hpp"

#include "hepta/campaign/labels.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace hepta::campaign {
namespace {

constexpr std::size_t most_names = 8;

/// Every output by name: its row and whether the last year has it.
struct NamedRow
{
    std::string name;
    std::uint32_t row;
    bool is_flow;
    std::string unit;
};

std::vector<NamedRow> outputs_of(const model::Spec& spec,
                                 const model::OutputLayout& layout)
{
    std::vector<NamedRow> rows;
    for (const model::Metric& metric : layout.metrics()) {
        const auto items = item_labels(metric.kind, spec);
        const auto inner = inner_labels(metric.inner, spec);
        const auto units = metric.unit.empty() ? item_units(metric.kind, spec)
                                               : std::vector<std::string>();
        for (std::uint32_t i = 0; i < metric.n_items; ++i) {
            for (std::uint32_t k = 0; k < metric.n_inner; ++k) {
                std::string name = metric.name + "/" + items[i];
                if (!metric.inner.empty()) {
                    name += "/" + inner[k];
                }
                rows.push_back({std::move(name),
                                metric.row(i, k),
                                metric.is_flow,
                                i < units.size() ? units[i] : metric.unit});
            }
        }
    }
    return rows;
}

}  // namespace

std::variant<OutputPlace, NoOutput> find_output(
    const std::string& name,
    int year,
    const config::RunConfig& config,
    const model::OutputLayout& layout)
{
    const model::Spec& spec = config.model;
    if (year < spec.first_year || year > spec.last_year) {
        return NoOutput{
            fmt::format("{} is not a year of the run", year),
            fmt::format("{} to {}", spec.first_year, spec.last_year)};
    }
    std::vector<std::string> names;
    for (NamedRow& output : outputs_of(spec, layout)) {
        if (output.name == name ||
            output.name == layout.price.name + "/" + name) {
            if (output.is_flow && year == spec.last_year) {
                return NoOutput{
                    fmt::format("{} has no {}", year, output.name),
                    "it is a flow to the next year; give an earlier year"};
            }
            return OutputPlace{output.row,
                               static_cast<std::size_t>(year - spec.first_year),
                               std::move(output.unit)};
        }
        names.push_back(std::move(output.name));
    }
    return NoOutput{fmt::format("'{}' is not an output", name),
                    near_names(name, names)};
}

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

}  // namespace hepta::campaign
