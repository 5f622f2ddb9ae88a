#include "hepta/campaign/export_iamc.hpp"

#include "hepta/campaign/side_outputs.hpp"
#include "iamc_names.hpp"
#include "short_arrays.hpp"
#include "tree_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace hepta::campaign {
namespace {

using Strings = std::vector<std::string>;
using Doubles = std::vector<double>;

/// Writes the rows of one variable after the other.
class Writer
{
  public:
    Writer(const io::Tree& tree, std::string model, IamcLayout layout)
        : bands_(tree.group("bands")),
          sectors_(tree.group("provenance")),
          model_(std::move(model)),
          layout_(layout),
          scenarios_(labels<Strings>("scenario")),
          years_(labels<std::vector<std::int32_t>>("year")),
          percentiles_(labels<Doubles>("percentile"))
    {
        out_ = "model,scenario,region,variable,unit";
        if (layout == IamcLayout::rows_of_years) {
            out_ += ",year,value\n";
        } else {
            for (const std::int32_t year : years_) {
                out_ += fmt::format(",{}", year);
            }
            out_ += "\n";
        }
    }

    /// Bands of a metric.
    void add(const io::Variable& variable)
    {
        const std::string& kind = variable.dimensions.at(1);
        const auto& items = labels<Strings>(kind);
        const bool has_inner = variable.dimensions.size() == 5;
        const Strings none = {""};
        const Strings& inner =
            has_inner ? labels<Strings>(variable.dimensions[2]) : none;
        const auto& values = values_of<Doubles>(variable.values, variable.name);
        const double* at = values.data();
        for (const std::string& scenario : scenarios_) {
            for (std::size_t i = 0; i < items.size(); ++i) {
                for (const std::string& part : inner) {
                    const std::string name =
                        full_name(variable.name, kind, items[i], part);
                    add_rows(
                        scenario, name, unit(variable, kind, i), years_, at);
                    at += years_.size() * percentiles_.size();
                }
            }
        }
    }

    /// Bands of a side output that has years: the same in every scenario.
    void add_side(const io::Group& group, const io::Variable& variable)
    {
        const auto& years = values_of<std::vector<std::int32_t>>(
            group.dimension("year").labels, "year");
        std::vector<std::string> names = {title_of(group.name) + "|" +
                                          variable_of(variable.name)};
        for (std::size_t d = 0; d + 2 < variable.dimensions.size(); ++d) {
            const std::string& dimension = variable.dimensions[d];
            std::vector<std::string> longer;
            for (const std::string& start : names) {
                for (const std::string& label : values_of<Strings>(
                         group.dimension(dimension).labels, dimension)) {
                    longer.push_back(
                        start + "|" +
                        (d == 0 ? sectors_.name(label) : title_of(label)));
                }
            }
            names = std::move(longer);
        }
        const std::string unit = this->unit(variable, "", 0);
        const auto& values = values_of<Doubles>(variable.values, variable.name);
        for (const std::string& scenario : scenarios_) {
            const double* at = values.data();
            for (const std::string& name : names) {
                add_rows(scenario, name, unit, years, at);
                at += years.size() * percentiles_.size();
            }
        }
    }

    [[nodiscard]] std::string take() { return std::move(out_); }

  private:
    template <class T>
    const T& labels(const std::string& dimension) const
    {
        return values_of<T>(bands_.dimension(dimension).labels, dimension);
    }

    [[nodiscard]] std::string full_name(const std::string& metric,
                                        const std::string& kind,
                                        const std::string& item,
                                        const std::string& part) const
    {
        std::string name = variable_of(metric);
        const std::string below =
            kind == "sector" ? sectors_.name(item) : title_of(item);
        name += below.empty() ? "" : "|" + below;
        if (part == "total") {
            name += "|Scope 1+2+3";
        } else if (part.starts_with("scope") && part != "scope1+2") {
            name += "|Scope " + part.substr(5);
        } else if (!part.empty() && part != "scope1+2") {
            name += "|" + part;
        }
        return name;
    }

    [[nodiscard]] std::string unit(const io::Variable& variable,
                                   const std::string& kind,
                                   std::size_t item) const
    {
        for (const auto& [key, value] : variable.attributes) {
            const auto* text = std::get_if<std::string>(&value);
            if (key == "units" && text != nullptr) {
                return unit_of(
                    text->starts_with("see ")
                        ? values_of<Strings>(
                              bands_.variable(kind + "_unit").values, kind)
                              .at(item)
                        : *text);
            }
        }
        return "";
    }

    /// `values` is [year][percentile]; columns are those of /bands.
    void add_rows(const std::string& scenario,
                  const std::string& name,
                  const std::string& unit,
                  const std::vector<std::int32_t>& years,
                  const double* values)
    {
        const std::size_t n_p = percentiles_.size();
        for (std::size_t k = 0; k < n_p; ++k) {
            const std::string head = fmt::format(
                "{},{},World,{},{}",
                field(model_),
                field(scenario),
                field(fmt::format("{}|P{:g}", name, percentiles_[k])),
                field(unit));
            std::string columns;
            bool has_value = false;
            for (const std::int32_t year : years_) {
                const auto found = std::find(years.begin(), years.end(), year);
                const auto y = static_cast<std::size_t>(found - years.begin());
                const bool is_known =
                    y < years.size() && std::isfinite(values[y * n_p + k]);
                has_value |= is_known;
                if (!is_known) {
                    columns += ",";
                    continue;
                }
                const double value = values[y * n_p + k];
                columns += fmt::format(",{}", value);
                if (layout_ == IamcLayout::rows_of_years) {
                    out_ += fmt::format("{},{},{}\n", head, year, value);
                }
            }
            if (layout_ == IamcLayout::columns_of_years && has_value) {
                out_ += head + columns + "\n";
            }
        }
    }

    const io::Group& bands_;
    SectorNames sectors_;
    std::string model_;
    IamcLayout layout_;
    const Strings& scenarios_;
    const std::vector<std::int32_t>& years_;
    const Doubles& percentiles_;
    std::string out_;
};

bool is_limit(const std::string& name)
{
    return name.ends_with("_lower") || name.ends_with("_upper");
}

bool has_percentiles(const io::Variable& variable)
{
    return !variable.dimensions.empty() &&
           variable.dimensions.back() == "percentile" &&
           !is_limit(variable.name);
}

bool is_over_years(const io::Variable& variable)
{
    const auto& names = variable.dimensions;
    return names.size() > 1 && names[names.size() - 2] == "year";
}

/// A row a scenario, a column an indicator.
class MetaTable
{
  public:
    MetaTable(const Strings& scenarios, SectorNames sectors)
        : scenarios_(scenarios), sectors_(std::move(sectors))
    {
        rows_.resize(scenarios.size());
    }

    /// All numbers of a variable over scenarios, or the same for each of them.
    void add(const io::Group& group,
             const io::Variable& variable,
             const std::string& start)
    {
        const auto& values = values_of<Doubles>(variable.values, variable.name);
        const bool by_scenario = variable.dimensions.front() == "scenario";
        Strings names = {start + title_of(variable.name)};
        for (std::size_t d = by_scenario ? 1 : 0;
             d < variable.dimensions.size();
             ++d) {
            Strings longer;
            for (const std::string& name : names) {
                for (const std::string& label :
                     labels(group, variable.dimensions[d])) {
                    longer.push_back(fmt::format("{}|{}", name, label));
                }
            }
            names = std::move(longer);
        }
        for (const std::string& name : names) {
            header_ += fmt::format(",{}", field(name));
        }
        for (std::size_t s = 0; s < rows_.size(); ++s) {
            for (std::size_t i = 0; i < names.size(); ++i) {
                const double value =
                    values.at((by_scenario ? s * names.size() : 0) + i);
                rows_[s] +=
                    std::isfinite(value) ? fmt::format(",{}", value) : ",";
            }
        }
    }

    [[nodiscard]] std::string text(const std::string& model) const
    {
        std::string out = "model,scenario" + header_ + "\n";
        for (std::size_t s = 0; s < rows_.size(); ++s) {
            out += fmt::format(
                "{},{}{}\n", field(model), field(scenarios_[s]), rows_[s]);
        }
        return out;
    }

  private:
    [[nodiscard]] Strings labels(const io::Group& group,
                                 const std::string& dimension) const
    {
        const io::Values& of = group.dimension(dimension).labels;
        Strings out;
        if (const auto* numbers = std::get_if<Doubles>(&of)) {
            for (const double number : *numbers) {
                out.push_back(dimension == "percentile"
                                  ? fmt::format("P{:g}", number)
                                  : fmt::format("{:g}", number));
            }
            return out;
        }
        for (const std::string& label : values_of<Strings>(of, dimension)) {
            const bool is_group = dimension == "sector";
            const std::string name =
                is_group ? sectors_.name(label) : title_of(label);
            out.push_back(name.empty() ? title_of(label) : name);
        }
        return out;
    }

    const Strings& scenarios_;
    SectorNames sectors_;
    std::string header_;
    Strings rows_;
};

std::string make_table(const io::Tree& tree,
                       const std::string& model,
                       IamcLayout layout)
{
    Writer writer(tree, model, layout);
    for (const io::Variable& variable : tree.group("bands").variables) {
        if (variable.dimensions.size() >= 4 &&
            variable.dimensions.front() == "scenario" &&
            has_percentiles(variable)) {
            writer.add(variable);
        }
    }
    for (const io::Group& group : tree.groups) {
        for (const io::Variable& variable : group.variables) {
            if (is_side_group(group.name) && has_percentiles(variable) &&
                is_over_years(variable)) {
                writer.add_side(group, variable);
            }
        }
    }
    return writer.take();
}

std::string make_meta_table(const io::Tree& tree, const std::string& model)
{
    const io::Group& bands = tree.group("bands");
    const auto& scenarios =
        values_of<Strings>(bands.dimension("scenario").labels, "scenario");
    MetaTable table(scenarios, SectorNames(tree.group("provenance")));
    for (const io::Group& group : tree.groups) {
        for (const io::Variable& variable : group.variables) {
            if (group.name == "probability" && !is_limit(variable.name) &&
                !variable.name.ends_with("_count") &&
                variable.dimensions == Strings{"scenario"}) {
                table.add(group, variable, "Probability|");
            } else if (group.name == "derived" && !is_limit(variable.name) &&
                       variable.dimensions.size() > 1) {
                table.add(group, variable, "");
            } else if (is_side_group(group.name) && has_percentiles(variable) &&
                       !is_over_years(variable)) {
                table.add(group, variable, title_of(group.name) + "|");
            }
        }
    }
    return table.text(model);
}

}  // namespace

std::string export_iamc(const io::Tree& tree,
                        const std::string& model,
                        IamcLayout layout)
{
    return refuse_short_arrays([&] { return make_table(tree, model, layout); });
}

std::string export_iamc_meta(const io::Tree& tree, const std::string& model)
{
    return refuse_short_arrays([&] { return make_meta_table(tree, model); });
}

}  // namespace hepta::campaign
