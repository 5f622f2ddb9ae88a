#include "given_futures.hpp"

#include "hepta/campaign/labels.hpp"
#include "weighted_json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace hepta::campaign {
namespace {

using Json = nlohmann::ordered_json;
using Strings = std::vector<std::string>;

/// Labels of a dimension of /derived.
Strings labels_along(const std::string& dimension,
                     const DerivedPlan& plan,
                     const model::Spec& spec)
{
    if (dimension == "newcomer") {
        return plan.newcomers;
    }
    if (dimension == "budget_sector") {
        return plan.budget_sectors;
    }
    if (dimension == "milestone") {
        return plan.milestones;
    }
    if (dimension == "sector") {
        return item_labels(model::ItemKind::sector, spec);
    }
    if (dimension == "share_level") {
        Strings out;
        for (const double share : tipping_shares) {
            out.push_back(fmt::format("{:g}", share));
        }
        return out;
    }
    return model::inner_labels(dimension, spec);
}

/// "steel/h2_dri_eaf, 0.05", rule after rule of a quantity.
Strings items_of(const DerivedQuantity& quantity,
                 const DerivedPlan& plan,
                 const model::Spec& spec)
{
    Strings items = {""};
    for (const std::string& dimension : quantity.dimensions) {
        Strings longer;
        for (const std::string& start : items) {
            for (const std::string& label :
                 labels_along(dimension, plan, spec)) {
                longer.push_back(start.empty() ? label : start + ", " + label);
            }
        }
        items = std::move(longer);
    }
    return items;
}

/// Weights of samples in which something happens, of those in which it is
/// defined.
struct Part
{
    double happened = 0.0, defined = 0.0;

    void add(double weight, const Outcome& outcome)
    {
        defined += outcome.is_defined ? weight : 0.0;
        happened += outcome.happened ? weight : 0.0;
    }
    [[nodiscard]] double value() const
    {
        return defined > 0.0 ? happened / defined
                             : std::numeric_limits<double>::quiet_NaN();
    }
};

}  // namespace

GivenFutures::GivenFutures(const config::RunConfig& config,
                           const model::OutputLayout& layout,
                           Kept& kept)
    : config_(config), plan_(plan_derived(config, layout))
{
    for (const DerivedQuantity& quantity : plan_.quantities) {
        items_.push_back(items_of(quantity, plan_, config.model));
    }
    kept.derived = &plan_;
    keep_events(layout, kept);
    keep_side(kept);
}

void GivenFutures::keep_events(const model::OutputLayout& layout, Kept& kept)
{
    for (const Event& event : events_of(config_, layout)) {
        KeptEvent kept_event{event, kept.outputs.size(), kept.outputs.size()};
        kept.outputs.push_back({event.row, event.year});
        if (event.relative) {
            kept_event.output_first = kept.outputs.size();
            kept.outputs.push_back({event.row, 0});
        }
        events_.push_back(kept_event);
    }
}

void GivenFutures::keep_side(Kept& kept)
{
    const SideOutputs side(config_);
    for (const SideQuantity& quantity : side.quantities()) {
        for (std::size_t i = 0; i < quantity.rows.size(); ++i) {
            Strings path;
            bool is_kept = true;
            std::size_t rest = i;
            for (auto axis = quantity.axes.rbegin();
                 axis != quantity.axes.rend();
                 ++axis) {
                const std::size_t at = rest % axis->size();
                rest /= axis->size();
                if (!axis->labels.empty()) {
                    path.push_back(axis->labels[at]);
                    continue;
                }
                const int year = axis->first_year + static_cast<int>(at);
                path.push_back(std::to_string(year));
                is_kept = std::find(config_.headline_years.begin(),
                                    config_.headline_years.end(),
                                    year) != config_.headline_years.end();
            }
            path.push_back(quantity.name);
            if (is_kept) {
                std::reverse(path.begin(), path.end());
                side_.push_back({quantity.group, std::move(path)});
                kept.side_rows.push_back(quantity.rows[i]);
            }
        }
    }
}

Json GivenFutures::probabilities(const SampleValues& samples,
                                 std::size_t scenario,
                                 const std::vector<double>& weights) const
{
    Json out = Json::object();
    for (std::size_t e = 0; e < events_.size(); ++e) {
        const KeptEvent& kept = events_[e];
        Part part;
        for (std::size_t k = 0; k < weights.size(); ++k) {
            part.add(weights[k],
                     kept.event.outcome(
                         samples.value(scenario, kept.output, k),
                         samples.value(scenario, kept.output_first, k)));
        }
        out[config_.events[e].name] = part.value();
    }
    for (const Joint& joint : plan_.joints) {
        Part part;
        for (std::size_t k = 0; k < weights.size(); ++k) {
            part.add(weights[k], plan_.outcome(joint, [&](std::size_t rule) {
                return samples.year(scenario, rule, k);
            }));
        }
        out[joint.name] = part.value();
    }
    return out;
}

Json GivenFutures::years(const SampleValues& samples,
                         std::size_t scenario,
                         const std::vector<double>& weights,
                         std::size_t rule,
                         int origin) const
{
    using model::FirstYears;
    std::vector<double> by_year(plan_.n_years + 1, 0.0);  // the last: never
    for (std::size_t k = 0; k < weights.size(); ++k) {
        const std::int32_t year = samples.year(scenario, rule, k);
        if (year != FirstYears::undefined) {
            by_year[year == FirstYears::never
                        ? plan_.n_years
                        : static_cast<std::size_t>(year)] += weights[k];
        }
    }
    const double all = std::accumulate(by_year.begin(), by_year.end(), 0.0);
    Json out;
    for (const double p : config_.percentiles) {
        Json& at = out[fmt::format("{:g}", p)];
        double sum = 0.0;
        for (std::size_t t = 0; t < plan_.n_years && at.is_null(); ++t) {
            sum += by_year[t];
            if (all > 0.0 && sum >= p * all / 100.0) {
                at = origin + static_cast<int>(t);
            }
        }
    }
    out["never"] = Part{by_year.back(), all}.value();
    return out;
}

void GivenFutures::add_to(Json& scenario_json,
                          const std::string& suffix,
                          const SampleValues& samples,
                          std::size_t scenario,
                          const std::vector<double>& weights) const
{
    scenario_json["probability" + suffix] =
        probabilities(samples, scenario, weights);
    Json& derived = scenario_json["derived" + suffix] = Json::object();
    for (std::size_t q = 0; q < plan_.quantities.size(); ++q) {
        const DerivedQuantity& quantity = plan_.quantities[q];
        for (std::size_t i = 0; i < quantity.n_rules; ++i) {
            const std::size_t r = quantity.first_rule + i;
            const auto from_year = plan_.first_years.rules()[r].from_year;
            derived[quantity.name][items_[q][i]] =
                years(samples,
                      scenario,
                      weights,
                      r,
                      quantity.is_delay ? -static_cast<int>(from_year)
                                        : config_.model.first_year);
        }
    }
    for (std::size_t row = 0; row < side_.size(); ++row) {
        Json* at = &scenario_json[side_[row].group + suffix];
        for (const std::string& label : side_[row].path) {
            at = &(*at)[label];
        }
        *at = percentiles_of(ascending(weights,
                                       [&](std::size_t k) {
                                           return samples.side_value(row, k);
                                       }),
                             config_.percentiles);
    }
}

}  // namespace hepta::campaign
