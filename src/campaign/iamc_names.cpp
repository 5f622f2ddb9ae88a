#include "iamc_names.hpp"

#include "tree_values.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <vector>

namespace hepta::campaign {

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

std::string variable_of(const std::string& metric)
{
    static const std::map<std::string, std::string> known = {
        {"emissions", "Emissions|CO2"},
        {"cumulative_emissions", "Cumulative Emissions|CO2"},
        {"avoided_emissions", "Avoided Emissions|CO2"},
        {"avoided_by_cause", "Avoided Emissions|CO2"},
        {"captured_co2", "Carbon Capture"},
        {"carrier_use", "Final Energy"},
        {"cumulative_investment", "Cumulative Investment|Final Energy"},
        {"avoided_co2", "Avoided Emissions|CO2"},
        {"cumulative_avoided_co2", "Cumulative Avoided Emissions|CO2"},
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
    if (unit == "USD") {
        return "US$2020";
    }
    replace("CO2e", "CO2-equiv");
    replace("USD2020", "US$2020");
    replace("USD/", "US$2020/");
    replace(" per ", "/");
    return unit;
}

std::string field(const std::string& text)
{
    return text.find_first_of(",\"\n") == std::string::npos
               ? text
               : fmt::format("{:?}", text);
}

SectorNames::SectorNames(const io::Group& provenance)
{
    const auto& text = values_of<std::vector<std::string>>(
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

std::string SectorNames::name(const std::string& item) const
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

}  // namespace hepta::campaign
