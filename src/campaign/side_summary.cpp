#include "side_summary.hpp"

#include "tree_values.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace hepta::campaign {
namespace {

using Doubles = std::vector<double>;
using Strings = std::vector<std::string>;

Strings labels_of(const io::Group& group, const std::string& name)
{
    return std::visit(
        [](const auto& values) {
            Strings out;
            for (const auto& value : values) {
                out.push_back(fmt::format("{}", value));
            }
            return out;
        },
        group.dimension(name).labels);
}

/// A variable over labelled dimensions, the last the percentiles.
class Bands
{
  public:
    Bands(const io::Group& group, const std::string& name)
        : values_(values_of<Doubles>(group.variable(name).values, name))
    {
        for (const std::string& dimension : group.variable(name).dimensions) {
            labels.push_back(labels_of(group, dimension));
        }
    }

    /// Number of a label, or that of the labels.
    [[nodiscard]] std::size_t find(std::size_t axis,
                                   std::string_view label) const
    {
        const auto found =
            std::find(labels[axis].begin(), labels[axis].end(), label);
        return static_cast<std::size_t>(found - labels[axis].begin());
    }
    [[nodiscard]] bool has(std::size_t axis, std::string_view label) const
    {
        return find(axis, label) < labels[axis].size();
    }
    [[nodiscard]] double at(const std::vector<std::size_t>& index) const
    {
        std::size_t k = 0;
        for (std::size_t axis = 0; axis < labels.size(); ++axis) {
            k = k * labels[axis].size() + index.at(axis);
        }
        return values_.at(k);
    }
    /// 5, 50 and 95 % of the cell `index`, as far as there are.
    [[nodiscard]] std::string text(std::vector<std::size_t> index,
                                   int digits,
                                   double factor = 1.0) const
    {
        std::string out;
        index.push_back(0);
        for (const char* p : {"5", "50", "95"}) {
            if (has(labels.size() - 1, p)) {
                index.back() = find(labels.size() - 1, p);
                out += fmt::format("{:>9.{}f}", factor * at(index), digits);
            }
        }
        return out;
    }

    std::vector<Strings> labels;

  private:
    const Doubles& values_;
};

/// The years to show, those that the axis has.
Strings years_of(const Bands& bands, std::size_t axis)
{
    Strings out;
    for (const char* year : {"2030", "2040"}) {
        if (bands.has(axis, year)) {
            out.emplace_back(year);
        }
    }
    return out;
}

void append_header(std::string& out, const char* title, const Strings& years)
{
    out += fmt::format("\n{}: 5 % / 50 % / 95 %\n{:<22}", title, "");
    for (const std::string& year : years) {
        out += fmt::format("{:>27}", year);
    }
    out += "\n";
}

bool has_variable(const io::Group& group, std::string_view name)
{
    return std::any_of(group.variables.begin(),
                       group.variables.end(),
                       [&](const auto& v) { return v.name == name; });
}

void add_json(nlohmann::ordered_json& out,
              const Bands& bands,
              std::vector<std::size_t>& index)
{
    const Strings& labels = bands.labels[index.size()];
    index.push_back(0);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        index.back() = i;
        if (index.size() == bands.labels.size()) {
            out[labels[i]] = bands.at(index);
        } else {
            add_json(out[labels[i]], bands, index);
        }
    }
    index.pop_back();
}

}  // namespace

std::string pipeline_text(const io::Group& group)
{
    const Bands projects(group, "projects");
    const std::size_t stage = projects.find(1, "operating");
    const Strings years = years_of(projects, 2);
    std::string out;
    if (years.empty()) {
        return out;
    }
    append_header(out, "announced projects that operate", years);
    for (std::size_t i = 0; i < projects.labels[0].size(); ++i) {
        out += fmt::format("  {:<20}", projects.labels[0][i]);
        for (const std::string& year : years) {
            out += projects.text({i, stage, projects.find(2, year)}, 0);
        }
        out += "\n";
    }
    if (!has_variable(group, "cumulative_avoided_co2")) {
        return out;
    }
    const Bands avoided(group, "cumulative_avoided_co2");
    append_header(out,
                  "CO2 they avoid since they were counted, Mt, with the "
                  "capacity assumed",
                  years);
    for (std::size_t i = 0; i < avoided.labels[0].size(); ++i) {
        out += fmt::format("  {:<20}", avoided.labels[0][i]);
        for (const std::string& year : years) {
            out += avoided.text({i, avoided.find(1, year)}, 0);
        }
        out += "\n";
    }
    return out;
}

std::string commitments_text(const io::Group& group)
{
    const Bands shares(group, "delivered_share");
    std::string out =
        "\nactivity of committed companies that deliver, %: 5 % / 50 % / 95 "
        "%\n";
    for (std::size_t i = 0; i < shares.labels[0].size(); ++i) {
        out += fmt::format(
            "  {:<20}{}\n", shares.labels[0][i], shares.text({i}, 1, 100.0));
    }
    return out;
}

nlohmann::ordered_json side_json(const io::Group& group)
{
    nlohmann::ordered_json out;
    for (const io::Variable& variable : group.variables) {
        if (has_variable(group, variable.name + "_lower")) {
            const Bands bands(group, variable.name);
            std::vector<std::size_t> index;
            add_json(out[variable.name], bands, index);
        }
    }
    return out;
}

}  // namespace hepta::campaign
