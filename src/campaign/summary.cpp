#include "hepta/campaign/summary.hpp"

#include "derived_summary.hpp"
#include "differences_summary.hpp"
#include "hepta/core/error.hpp"
#include "short_arrays.hpp"
#include "side_summary.hpp"
#include "tree_values.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace hepta::campaign {
namespace {

using Strings = std::vector<std::string>;
using Doubles = std::vector<double>;

template <class T>
const T& labels_of(const io::Group& group, const std::string& name)
{
    return values_of<T>(group.dimension(name).labels, name);
}

std::size_t position(const Doubles& percentiles, double p)
{
    const auto found = std::find(percentiles.begin(), percentiles.end(), p);
    return static_cast<std::size_t>(found - percentiles.begin());
}

/// /headline/emissions with its labels.
class Headline
{
  public:
    explicit Headline(const io::Group& group)
        : scenarios(labels_of<Strings>(group, "scenario")),
          sectors(labels_of<Strings>(group, "sector")),
          scopes(labels_of<Strings>(group, "scope")),
          years(labels_of<std::vector<std::int32_t>>(group, "headline_year")),
          percentiles(labels_of<Doubles>(group, "percentile")),
          values_(values_of<Doubles>(group.variable("emissions").values,
                                     "emissions"))
    {
        const auto found = std::find(scopes.begin(), scopes.end(), "scope1+2");
        scope_ = static_cast<std::size_t>(found - scopes.begin());
        if (found == scopes.end() ||
            values_.size() != scenarios.size() * sectors.size() *
                                  scopes.size() * years.size() *
                                  percentiles.size()) {
            throw ResultError("/headline/emissions has an unexpected shape");
        }
    }
    /// Scope 1+2; NaN where the result has no such percentile.
    [[nodiscard]] double at(std::size_t scenario,
                            std::size_t sector,
                            std::size_t year,
                            double p) const
    {
        const std::size_t k = position(percentiles, p);
        if (k == percentiles.size()) {
            return std::nan("");
        }
        return values_[(((scenario * sectors.size() + sector) * scopes.size() +
                         scope_) *
                            years.size() +
                        year) *
                           percentiles.size() +
                       k];
    }

    const Strings& scenarios;
    const Strings& sectors;
    const Strings& scopes;
    const std::vector<std::int32_t>& years;
    const Doubles& percentiles;

  private:
    const Doubles& values_;
    std::size_t scope_ = 0;
};

std::string attribute_text(const io::Group& group, std::string_view name)
{
    return std::visit(
        [](const auto& value) -> std::string {
            using T = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<T, std::string>) {
                return value;
            } else if constexpr (std::is_arithmetic_v<T>) {
                return fmt::format("{}", value);
            } else {
                return {};
            }
        },
        group.attribute(name));
}

/// Names of the events: variables that have a lower limit beside them.
Strings event_names(const io::Group& group)
{
    Strings names;
    for (const io::Variable& variable : group.variables) {
        const bool has_limit =
            std::any_of(group.variables.begin(),
                        group.variables.end(),
                        [&](const io::Variable& other) {
                            return other.name == variable.name + "_lower";
                        });
        if (has_limit) {
            names.push_back(variable.name);
        }
    }
    return names;
}

const io::Group* find_group(const io::Tree& tree, std::string_view name)
{
    for (const io::Group& group : tree.groups) {
        if (group.name == name) {
            return &group;
        }
    }
    return nullptr;
}

/// Values of an event, one for each scenario.
const Doubles& by_scenario(const io::Group& group,
                           const std::string& name,
                           std::size_t n_scenarios)
{
    const auto& values = values_of<Doubles>(group.variable(name).values, name);
    if (values.size() != n_scenarios) {
        throw ResultError("/probability/" + name + " has an unexpected shape");
    }
    return values;
}

void append_probabilities(std::string& out, const io::Group& group)
{
    const auto& scenarios = labels_of<Strings>(group, "scenario");
    // a weighted result has no counts of samples
    const bool has_counts = std::any_of(
        group.variables.begin(), group.variables.end(), [](const auto& v) {
            return v.name.ends_with("_count");
        });
    out += fmt::format("\nprobability, % ({} interval)\n",
                       has_counts ? "Wilson" : "Student");
    out += fmt::format("{:<34}", "");
    for (const std::string& scenario : scenarios) {
        out += fmt::format("{:>24}", scenario);
    }
    out += "\n";
    for (const std::string& name : event_names(group)) {
        const std::size_t n = scenarios.size();
        const auto& value = by_scenario(group, name, n);
        const auto& lower = by_scenario(group, name + "_lower", n);
        const auto& upper = by_scenario(group, name + "_upper", n);
        out += fmt::format("{:<34}", name);
        for (std::size_t s = 0; s < scenarios.size(); ++s) {
            out += fmt::format("{:>24}",
                               fmt::format("{:.2f} ({:.2f}-{:.2f})",
                                           100 * value.at(s),
                                           100 * lower.at(s),
                                           100 * upper.at(s)));
        }
        out += "\n";
    }
}

/// The inputs of largest first-order index of one output, at most ten.
std::vector<std::size_t> largest_inputs(const io::Group& group,
                                        std::size_t output)
{
    const auto& inputs = labels_of<Strings>(group, "input");
    const auto& index =
        values_of<Doubles>(group.variable("first_order").values, "first_order");
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (std::isfinite(index.at(output * inputs.size() + i))) {
            order.push_back(i);
        }
    }
    const auto n = std::min<std::size_t>(order.size(), 10);
    std::partial_sort(order.begin(),
                      order.begin() + static_cast<std::ptrdiff_t>(n),
                      order.end(),
                      [&](std::size_t a, std::size_t b) {
                          return index[output * inputs.size() + a] >
                                 index[output * inputs.size() + b];
                      });
    order.resize(n);
    return order;
}

void append_sensitivity(std::string& out, const io::Group& group)
{
    const auto& inputs = labels_of<Strings>(group, "input");
    const auto& outputs = labels_of<Strings>(group, "output");
    const auto value = [&](const char* name, std::size_t o, std::size_t i) {
        return values_of<Doubles>(group.variable(name).values, name)
            .at(o * inputs.size() + i);
    };
    out += fmt::format(
        "\nwhat they depend on: share of the variance by the input alone, % "
        "(interval), and rank correlation, from {} samples\n",
        attribute_text(group, "samples"));
    for (std::size_t o = 0; o < outputs.size(); ++o) {
        out += outputs[o] + "\n";
        for (const std::size_t i : largest_inputs(group, o)) {
            out +=
                fmt::format("  {:<44}{:>24}{:>8.2f}\n",
                            inputs[i],
                            fmt::format("{:.1f} ({:.1f} to {:.1f})",
                                        100 * value("first_order", o, i),
                                        100 * value("first_order_lower", o, i),
                                        100 * value("first_order_upper", o, i)),
                            value("spearman", o, i));
        }
    }
}

void add_sensitivity(nlohmann::ordered_json& out, const io::Group& group)
{
    const auto& inputs = labels_of<Strings>(group, "input");
    const auto& outputs = labels_of<Strings>(group, "output");
    for (std::size_t o = 0; o < outputs.size(); ++o) {
        for (const std::size_t i : largest_inputs(group, o)) {
            nlohmann::ordered_json entry = {{"input", inputs[i]}};
            for (const char* name : {"first_order",
                                     "first_order_lower",
                                     "first_order_upper",
                                     "spearman"}) {
                entry[name] =
                    values_of<Doubles>(group.variable(name).values, name)
                        .at(o * inputs.size() + i);
            }
            out["sensitivity"][outputs[o]].push_back(std::move(entry));
        }
    }
}

bool has_attribute(const io::Group& group, std::string_view name)
{
    return std::any_of(group.attributes.begin(),
                       group.attributes.end(),
                       [&](const auto& a) { return a.first == name; });
}

/// That samples differ in weight, and what that means.
void append_weighting(std::string& out, const io::Group& provenance)
{
    if (!has_attribute(provenance, "weighted")) {
        return;
    }
    const double n = std::stod(attribute_text(provenance, "effective_samples"));
    const double all = std::stod(attribute_text(provenance, "samples"));
    out += fmt::format(
        "weighted: tilt of {}; {:.0f} effective samples ({:.2g} %){}\n"
        "left out: {}\n",
        attribute_text(provenance, "tilt"),
        n,
        100.0 * n / all,
        n < 0.01 * all ? ", few: percentiles far from where the tilt leads are "
                         "poorly known, see their limits"
                       : "",
        attribute_text(provenance, "left_out"));
}

std::string make_text(const io::Tree& tree)
{
    const Headline headline(tree.group("headline"));
    const io::Group& provenance = tree.group("provenance");
    std::string out = fmt::format(
        "emissions, scope 1+2, Mt CO2e/yr: 5 % / 50 % / 95 % of {} samples "
        "(seed {}, {})\n",
        attribute_text(provenance, "samples"),
        attribute_text(provenance, "seed"),
        attribute_text(provenance, "sampler"));
    append_weighting(out, provenance);
    for (std::size_t s = 0; s < headline.scenarios.size(); ++s) {
        out += fmt::format("\n{:<22}", headline.scenarios[s]);
        for (const std::int32_t year : headline.years) {
            out += fmt::format("{:>27}", year);
        }
        out += "\n";
        for (std::size_t i = 0; i < headline.sectors.size(); ++i) {
            out += fmt::format("  {:<20}", headline.sectors[i]);
            for (std::size_t y = 0; y < headline.years.size(); ++y) {
                out += fmt::format("{:>9.0f}{:>9.0f}{:>9.0f}",
                                   headline.at(s, i, y, 5.0),
                                   headline.at(s, i, y, 50.0),
                                   headline.at(s, i, y, 95.0));
            }
            out += "\n";
        }
    }
    if (const io::Group* group = find_group(tree, "moments")) {
        out += differences_text(*group, headline.years);
    }
    if (const io::Group* group = find_group(tree, "probability")) {
        append_probabilities(out, *group);
    }
    if (const io::Group* group = find_group(tree, "derived")) {
        out += derived_text(*group);
    }
    if (const io::Group* group = find_group(tree, "pipeline")) {
        out += pipeline_text(*group);
    }
    if (const io::Group* group = find_group(tree, "commitments")) {
        out += commitments_text(*group);
    }
    if (const io::Group* group = find_group(tree, "sensitivity")) {
        append_sensitivity(out, *group);
    }
    const std::string status = attribute_text(provenance, "status");
    if (status != "complete") {
        out += "\nstatus: " + status + "\n";
    }
    out += "\nresult_hash " + attribute_text(provenance, "result_hash") + "\n";
    return out;
}

void add_probabilities(nlohmann::ordered_json& out, const io::Group& group)
{
    const auto& scenarios = labels_of<Strings>(group, "scenario");
    for (const std::string& name : event_names(group)) {
        for (std::size_t s = 0; s < scenarios.size(); ++s) {
            auto& at = out["probability"][name][scenarios[s]];
            for (const char* part : {"", "_lower", "_upper"}) {
                const auto& values =
                    by_scenario(group, name + part, scenarios.size());
                at[*part == 0 ? "value" : part + 1] = values.at(s);
            }
        }
    }
}

nlohmann::ordered_json make_json(const io::Tree& tree)
{
    const Headline headline(tree.group("headline"));
    const io::Group& provenance = tree.group("provenance");
    nlohmann::ordered_json out;
    out["units"] = "Mt CO2e/yr";
    out["scope"] = "scope1+2";
    for (std::size_t s = 0; s < headline.scenarios.size(); ++s) {
        for (std::size_t i = 0; i < headline.sectors.size(); ++i) {
            for (std::size_t y = 0; y < headline.years.size(); ++y) {
                auto& at =
                    out["emissions"][headline.scenarios[s]][headline.sectors[i]]
                       [std::to_string(headline.years[y])];
                for (const double p : headline.percentiles) {
                    at[fmt::format("{:g}", p)] = headline.at(s, i, y, p);
                }
            }
        }
    }
    if (const io::Group* group = find_group(tree, "moments")) {
        out["against_baseline"] = differences_json(*group, headline.years);
    }
    if (const io::Group* group = find_group(tree, "probability")) {
        add_probabilities(out, *group);
    }
    if (const io::Group* group = find_group(tree, "derived")) {
        out["derived"] = derived_json(*group);
    }
    for (const char* name : {"pipeline", "commitments"}) {
        if (const io::Group* group = find_group(tree, name)) {
            out[name] = side_json(*group);
        }
    }
    if (const io::Group* group = find_group(tree, "sensitivity")) {
        add_sensitivity(out, *group);
    }
    for (const auto& [name, value] : provenance.attributes) {
        std::visit(
            [&, key = name](const auto& v) { out["provenance"][key] = v; },
            value);
    }
    return out;
}

}  // namespace

std::string summary_text(const io::Tree& tree)
{
    return refuse_short_arrays([&] { return make_text(tree); });
}

nlohmann::ordered_json summary_json(const io::Tree& tree)
{
    return refuse_short_arrays([&] { return make_json(tree); });
}

}  // namespace hepta::campaign
