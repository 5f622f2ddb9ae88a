#include "hepta/campaign/condition.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <string_view>

namespace hepta::campaign {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* shown[] = {"5", "50", "95"};

std::string number(const Json& percentiles, const char* p, int digits = 0)
{
    const bool is_there = percentiles.contains(p) &&
                          percentiles[p].is_number() &&
                          std::isfinite(percentiles[p].get<double>());
    return is_there
               ? fmt::format("{:>9.{}f}", percentiles[p].get<double>(), digits)
               : fmt::format("{:>9}", "-");
}

std::string row(const std::string& name, const Json& years)
{
    std::string out = fmt::format("\n  {:<20}", name);
    for (const auto& [year, of_year] : years.items()) {
        for (const char* p : shown) {
            out += number(of_year, p);
        }
    }
    return out;
}

/// Four digits, or none after the point.
int digits_of(double value)
{
    return value < 10.0 ? 3 : value < 1000.0 ? 1 : 0;
}

std::string fits(const Json& observations, const Json& scenario)
{
    std::string out = fmt::format("\n  {:<34}{:>9}{:>6}{:>27}{:>27}{:>8}{:>7}",
                                  "observed",
                                  "value",
                                  "error",
                                  "of all",
                                  "weighted",
                                  "chi2",
                                  "resid");
    for (const auto& [name, of_all] : scenario["observations"].items()) {
        const Json& one = observations[name];
        const double value = one["value"].get<double>();
        const int digits = digits_of(value);
        out += fmt::format(
            "\n  {:<34}{:>9.{}f}{:>5.1f}%",
            name,
            value,
            digits,
            100.0 * std::hypot(one["measurement_error"].get<double>(),
                               one["model_error"].get<double>()));
        for (const char* group : {"of_all", "weighted"}) {
            for (const char* p : shown) {
                out += number(of_all[group], p, digits);
            }
        }
        out += fmt::format("{:>8.2f}{:>7.2f}",
                           of_all["chi_square"].get<double>(),
                           of_all["residual"].get<double>());
    }
    return out;
}

/// "0.05" of "steel/h2_dri_eaf, 0.05", as it stands at the end of a name.
constexpr std::string_view first_share = ", 0.05";

std::string percent(const Json& fraction)
{
    return fraction.is_number() && std::isfinite(fraction.get<double>())
               ? fmt::format("{:>9.1f}", 100.0 * fraction.get<double>())
               : fmt::format("{:>9}", "-");
}

std::string probabilities(const Json& scenario)
{
    std::string out = fmt::format(
        "\n\n  {:<40}{:>9}{:>9}", "probability, %", "given", "of all");
    for (const auto& [name, given] : scenario["probability"].items()) {
        out += fmt::format("\n  {:<40}", name) + percent(given) +
               percent(scenario["probability_of_all"][name]);
    }
    return out;
}

std::string years(const Json& of_item)
{
    std::string out;
    for (const char* p : shown) {
        if (!of_item.contains(p)) {
            continue;
        }
        out += of_item[p].is_number()
                   ? fmt::format("{:>6}", of_item[p].get<int>())
                   : fmt::format("{:>6}", "never");
    }
    return out +
           fmt::format(" ({:.1f})", 100.0 * of_item["never"].get<double>());
}

/// Newcomers that get there in some sample.
std::string tipping(const Json& scenario)
{
    if (!scenario["derived"].contains("tipping_year")) {
        return {};
    }
    std::string out = fmt::format("\n\n  {:<40}{:>30}{:>30}",
                                  "first year with 5 % (never, %)",
                                  "given",
                                  "of all");
    const Json& of_all = scenario["derived_of_all"]["tipping_year"];
    for (const auto& [item, given] :
         scenario["derived"]["tipping_year"].items()) {
        const std::string_view name = item;
        if (name.ends_with(first_share) &&
            of_all[item]["never"].get<double>() < 1.0) {
            out += fmt::format("\n  {:<40}{:>30}{:>30}",
                               name.substr(0, name.size() - first_share.size()),
                               years(given),
                               years(of_all[item]));
        }
    }
    return out;
}

std::string commitments(const Json& scenario)
{
    if (!scenario.contains("commitments")) {
        return {};
    }
    std::string out = fmt::format("\n\n  {:<40}{:>27}{:>27}",
                                  "committed activity delivered, parts of 1",
                                  "given",
                                  "of all");
    const Json& of_all = scenario["commitments_of_all"]["delivered_share"];
    for (const auto& [sector, given] :
         scenario["commitments"]["delivered_share"].items()) {
        out += fmt::format("\n  {:<40}", sector);
        for (const Json* of_group : {&given, &of_all[sector]}) {
            for (const char* p : shown) {
                out += number(*of_group, p, 3);
            }
        }
    }
    return out;
}

}  // namespace

std::string condition_text(const Json& found)
{
    const bool is_weighted = found.contains("observations");
    std::string out = "emissions, scope 1+2, Mt CO2e/yr: 5 % / 50 % / 95 %";
    if (!found["where"].empty()) {
        out += "\nwhere";
        for (const Json& condition : found["where"]) {
            out += fmt::format(" {};", condition.get<std::string>());
        }
    }
    if (is_weighted) {
        out += fmt::format(
            "\nweighted by {} observations; below each row that "
            "of all samples",
            found["observations"].size());
    }
    const auto total = found["samples"].get<std::uint64_t>();
    for (const auto& [name, scenario] : found["scenarios"].items()) {
        out += fmt::format("\n\n{}: {} of {} samples",
                           name,
                           scenario["samples"].get<std::uint64_t>(),
                           total);
        if (scenario.contains("effective_samples")) {
            out += fmt::format(", {:.1f} effective",
                               scenario["effective_samples"].get<double>());
        }
        if (is_weighted) {
            out += fits(found["observations"], scenario) + "\n";
        }
        out += fmt::format("\n{:<22}", "");
        const Json& emissions = scenario["emissions"];
        for (const auto& [year, unused] : emissions.front().items()) {
            out += fmt::format("{:>27}", year);
        }
        for (const auto& [group, years] : emissions.items()) {
            out += row(group, years);
            if (is_weighted) {
                out += row("  of all", scenario["emissions_of_all"][group]);
            }
        }
        out +=
            probabilities(scenario) + tipping(scenario) + commitments(scenario);
    }
    return out + "\n";
}

}  // namespace hepta::campaign
