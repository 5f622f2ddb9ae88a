#include "differences_summary.hpp"

#include "hepta/core/error.hpp"
#include "tree_values.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace hepta::campaign {
namespace {

using Strings = std::vector<std::string>;
using Doubles = std::vector<double>;
using Years = std::vector<std::int32_t>;

constexpr double usd_per_billion = 1e9;
constexpr double t_per_mt = 1e6;

/// Means of the portfolio "all" in one scenario and year.
struct Difference
{
    std::string scenario;
    std::int32_t year = 0;
    Doubles by_cause;      ///< Mt CO2e/yr
    double avoided = 0.0;  ///< their sum
    double extra_cost_usd_per_yr = 0.0;
};

template <class T>
std::size_t position(const std::vector<T>& labels, const T& label)
{
    return static_cast<std::size_t>(
        std::find(labels.begin(), labels.end(), label) - labels.begin());
}

template <class T>
const T& labels_of(const io::Group& group, const char* name)
{
    return values_of<T>(group.dimension(name).labels, name);
}

const Doubles& means_of(const io::Group& moments,
                        const char* name,
                        std::size_t size)
{
    const auto& values =
        values_of<Doubles>(moments.variable(name).values, name);
    if (values.size() != size) {
        throw ResultError(
            fmt::format("/moments/{} has an unexpected shape", name));
    }
    return values;
}

std::vector<Difference> differences(const io::Group& moments,
                                    const Years& wanted)
{
    const auto& scenarios = labels_of<Strings>(moments, "scenario");
    const auto& sectors = labels_of<Strings>(moments, "sector");
    const auto& causes = labels_of<Strings>(moments, "cause");
    const auto& years = labels_of<Years>(moments, "year");
    const auto& names = labels_of<Strings>(moments, "moment");
    const std::size_t all = position<std::string>(sectors, "all");
    const std::size_t mean = position<std::string>(names, "mean");
    std::vector<Difference> found;
    if (all == sectors.size()) {
        return found;
    }
    const std::size_t n =
        scenarios.size() * sectors.size() * years.size() * names.size();
    const Doubles& cost = means_of(moments, "extra_cost", n);
    const Doubles& avoided =
        means_of(moments, "avoided_by_cause", n * causes.size());
    for (std::size_t s = 0; s < scenarios.size(); ++s) {
        for (const std::int32_t year : wanted) {
            const std::size_t y = position(years, year);
            const std::size_t item = s * sectors.size() + all;
            const auto at = [&](std::size_t outer) {
                return (outer * years.size() + y) * names.size() + mean;
            };
            Difference one{.scenario = scenarios[s], .year = year};
            one.extra_cost_usd_per_yr = cost.at(at(item));
            for (std::size_t k = 0; k < causes.size(); ++k) {
                one.by_cause.push_back(
                    avoided.at(at(item * causes.size() + k)));
                one.avoided += one.by_cause.back();
            }
            // the baseline differs from itself in nothing
            if (one.avoided != 0.0 || one.extra_cost_usd_per_yr != 0.0) {
                found.push_back(std::move(one));
            }
        }
    }
    return found;
}

}  // namespace

std::string differences_text(const io::Group& moments, const Years& years)
{
    const std::vector<Difference> found = differences(moments, years);
    if (found.empty()) {
        return {};
    }
    std::string out =
        "\nall sectors against the baseline, means: avoided emissions by "
        "cause, Mt CO2e/yr; extra cost, billion USD/yr and USD per t\n" +
        fmt::format("{:<28}", "");
    for (const std::string& cause : labels_of<Strings>(moments, "cause")) {
        out += fmt::format("{:>16}", cause);
    }
    out += fmt::format("{:>10}{:>12}{:>9}\n", "sum", "extra cost", "per t");
    for (const Difference& one : found) {
        out += fmt::format("  {:<20}{:>6}", one.scenario, one.year);
        for (const double value : one.by_cause) {
            out += fmt::format("{:>16.0f}", value);
        }
        const double cost = one.extra_cost_usd_per_yr;
        out += fmt::format(
            "{:>10.0f}{:>12.0f}", one.avoided, cost / usd_per_billion);
        out += one.avoided > 0.0
                   ? fmt::format("{:>9.0f}\n", cost / (one.avoided * t_per_mt))
                   : fmt::format("{:>9}\n", "-");
    }
    return out;
}

nlohmann::ordered_json differences_json(const io::Group& moments,
                                        const Years& years)
{
    const auto& causes = labels_of<Strings>(moments, "cause");
    nlohmann::ordered_json out = nlohmann::ordered_json::object();
    for (const Difference& one : differences(moments, years)) {
        auto& at = out[one.scenario][std::to_string(one.year)];
        for (std::size_t k = 0; k < causes.size(); ++k) {
            at["avoided_by_cause"][causes[k]] = one.by_cause[k];
        }
        at["extra_cost"] = one.extra_cost_usd_per_yr;
    }
    return out;
}

}  // namespace hepta::campaign
