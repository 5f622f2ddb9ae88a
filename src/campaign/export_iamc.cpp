#include "hepta/campaign/export_iamc.hpp"

#include "tree_values.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <vector>

namespace hepta::campaign {
namespace {

using Strings = std::vector<std::string>;
using Doubles = std::vector<double>;

/// "h2_dri_eaf" as "H2 Dri Eaf"; what a '/' divides becomes levels.
std::string title_of(const std::string& name)
{
    std::string out;
    bool starts = true;
    for (const char c : name) {
        if (c == '_') {
            out += ' ';
            starts = true;
        } else if (c == '/') {
            out += '|';
            starts = true;
        } else {
            const bool is_lower = c >= 'a' && c <= 'z';
            out += starts && is_lower ? static_cast<char>(c - 'a' + 'A') : c;
            starts = false;
        }
    }
    return out;
}

/// Names that the community has for what we call otherwise.
std::string variable_of(const std::string& metric)
{
    static const std::map<std::string, std::string> known = {
        {"emissions", "Emissions|CO2"},
        {"cumulative_emissions", "Cumulative Emissions|CO2"},
        {"avoided_emissions", "Avoided Emissions|CO2"},
        {"avoided_by_cause", "Avoided Emissions|CO2"},
        {"captured_co2", "Carbon Capture"},
        {"carrier_use", "Final Energy"},
        {"warming", "Temperature|Warming"}};
    const auto found = known.find(metric);
    return found == known.end() ? title_of(metric) : found->second;
}

std::string unit_of(std::string unit)
{
    const auto replace = [&unit](const std::string& from,
                                 const std::string& to) {
        for (std::size_t at = unit.find(from); at != std::string::npos;
             at = unit.find(from, at + to.size())) {
            unit.replace(at, from.size(), to);
        }
    };
    if (unit == "1") {
        return "";
    }
    replace("CO2e", "CO2-equiv");
    replace("USD2020", "US$2020");
    replace("USD/", "US$2020/");
    replace(" per ", "/");
    return unit;
}

/// A field of comma-separated text.
std::string field(const std::string& text)
{
    return text.find_first_of(",\"\n") == std::string::npos
               ? text
               : fmt::format("{:?}", text);
}

/// Sectors below the smallest portfolio that holds them: "Industry|Steel".
class SectorNames
{
  public:
    explicit SectorNames(const io::Group& provenance)
    {
        const auto& text = values_of<Strings>(
            provenance.variable("configuration").values, "configuration");
        const auto json = nlohmann::json::parse(text.at(0), nullptr, false);
        const auto model =
            json.is_object() && json.contains("model") ? json["model"] : json;
        if (!model.is_object() || !model.contains("portfolios")) {
            return;
        }
        for (const auto& portfolio : model["portfolios"]) {
            const std::string name = portfolio.at("name");
            const auto& sectors = portfolio.at("sectors");
            largest_ = std::max(largest_, sectors.size());
            for (const auto& sector : sectors) {
                auto& smallest = of_[sector.get<std::string>()];
                if (smallest.second == 0 || sectors.size() < smallest.second) {
                    smallest = {name, sectors.size()};
                }
            }
            n_sectors_[name] = sectors.size();
        }
    }

    /// "" for the portfolio of all.
    [[nodiscard]] std::string name(const std::string& item) const
    {
        const auto portfolio = n_sectors_.find(item);
        if (portfolio != n_sectors_.end()) {
            return portfolio->second == largest_ ? "" : title_of(item);
        }
        const auto found = of_.find(item);
        return found == of_.end()
                   ? title_of(item)
                   : title_of(found->second.first) + "|" + title_of(item);
    }

  private:
    std::map<std::string, std::pair<std::string, std::size_t>> of_;
    std::map<std::string, std::size_t> n_sectors_;
    std::size_t largest_ = 0;
};

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
                    add_rows(scenario, name, unit(variable, kind, i), at);
                    at += years_.size() * percentiles_.size();
                }
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

    /// `values` is [year][percentile].
    void add_rows(const std::string& scenario,
                  const std::string& name,
                  const std::string& unit,
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
            for (std::size_t y = 0; y < years_.size(); ++y) {
                const double value = values[y * n_p + k];
                const bool is_known = std::isfinite(value);
                has_value |= is_known;
                if (layout_ == IamcLayout::columns_of_years) {
                    columns += is_known ? fmt::format(",{}", value) : ",";
                } else if (is_known) {
                    out_ += fmt::format("{},{},{}\n", head, years_[y], value);
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

}  // namespace

std::string export_iamc(const io::Tree& tree,
                        const std::string& model,
                        IamcLayout layout)
{
    Writer writer(tree, model, layout);
    for (const io::Variable& variable : tree.group("bands").variables) {
        const auto& dimensions = variable.dimensions;
        if (dimensions.size() >= 4 && dimensions.front() == "scenario" &&
            dimensions.back() == "percentile" && !is_limit(variable.name)) {
            writer.add(variable);
        }
    }
    return writer.take();
}

}  // namespace hepta::campaign
