#include "hepta/campaign/condition.hpp"

#include "given_futures.hpp"
#include "hepta/campaign/engine.hpp"
#include "hepta/campaign/labels.hpp"
#include "hepta/campaign/likelihood.hpp"
#include "hepta/core/error.hpp"
#include "observed.hpp"
#include "sample_values.hpp"
#include "weighted_json.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <set>
#include <utility>

namespace hepta::campaign {
namespace {

using Json = nlohmann::ordered_json;

/// Emissions of every group in the headline years, group after group.
std::vector<RowOfYear> headline_outputs(const config::RunConfig& config,
                                        const model::OutputLayout& layout)
{
    const auto scope = static_cast<std::uint32_t>(model::Scope::scope1_2);
    std::vector<RowOfYear> outputs;
    for (std::uint32_t g = 0; g < layout.emissions.n_items; ++g) {
        for (const int year : config.headline_years) {
            outputs.push_back(
                {layout.emissions.row(g, scope),
                 static_cast<std::size_t>(year - config.model.first_year)});
        }
    }
    return outputs;
}

Json bands(const SampleValues& samples,
           const config::RunConfig& config,
           const std::vector<std::string>& groups,
           std::size_t scenario,
           const std::vector<double>& weights)
{
    Json out;
    std::size_t output = 0;
    for (const std::string& group : groups) {
        for (const int year : config.headline_years) {
            out[group][std::to_string(year)] = percentiles_of(
                ascending(weights,
                          [&](std::size_t k) {
                              return samples.value(scenario, output, k);
                          }),
                config.percentiles);
            ++output;
        }
    }
    return out;
}

/// How the samples stand to an observation, before and after weighting.
/// `chi_square`: the squared distance of the mean logarithm of all samples
/// from it, in variances of both; `residual`: that of the weighted samples, in
/// errors of the observation.
Json fit(const Observed::Item& item,
         const SampleValues& samples,
         std::size_t scenario,
         const std::vector<double>& everyone,
         const std::vector<double>& weights)
{
    const std::vector<double> shown = {5.0, 50.0, 95.0};
    const auto value_of = [&](std::size_t k) {
        return Observed::value(item, samples, scenario, k);
    };
    const auto logarithm_of = [&](std::size_t k) {
        return std::log(value_of(k) / item.observation.value);
    };
    const double error = item.observation.error();
    const MeanAndVariance all =
        mean_and_variance(ascending(everyone, logarithm_of));
    const MeanAndVariance given =
        mean_and_variance(ascending(weights, logarithm_of));
    Json out;
    out["chi_square"] = all.mean * all.mean / (all.variance + error * error);
    out["residual"] = given.mean / error;
    out["of_all"] = percentiles_of(ascending(everyone, value_of), shown);
    out["weighted"] = percentiles_of(ascending(weights, value_of), shown);
    return out;
}

Json observations_json(const Observed& observed)
{
    Json out;
    for (const Observed::Item& item : observed.items()) {
        const config::Observation& one = item.observation;
        Json& entry = out[one.name()];
        entry["value"] = one.value;
        entry["unit"] = one.unit;
        entry["measurement_error"] = one.measurement_error;
        entry["model_error"] = one.model_error;
        entry["relative_to_first_year"] = one.relative_to_first_year;
        entry["source"] = one.source;
    }
    return out;
}

Json scenario_json(const SampleValues& samples,
                   const Observed& observed,
                   const GivenFutures& futures,
                   const config::RunConfig& config,
                   const std::vector<std::string>& groups,
                   std::size_t s)
{
    const std::vector<double>& everyone = samples.weights();
    const std::vector<double> weights = observed.weights(samples, s);
    Json scenario;
    scenario["samples"] = samples.n_met(s);
    if (!observed.items().empty() || !config.tilts.empty()) {
        scenario["effective_samples"] = effective_number(weights);
    }
    if (!observed.items().empty()) {
        for (const Observed::Item& item : observed.items()) {
            scenario["observations"][item.observation.name()] =
                fit(item, samples, s, everyone, weights);
        }
    }
    scenario["emissions"] = bands(samples, config, groups, s, weights);
    scenario["emissions_of_all"] = bands(samples, config, groups, s, everyone);
    futures.add_to(scenario, "", samples, s, weights);
    futures.add_to(scenario, "_of_all", samples, s, everyone);
    return scenario;
}

/// "cement" of "activity/cement@2022", each once.
std::set<std::string> items_of(const Json& names)
{
    std::set<std::string> items;
    for (const Json& name : names) {
        const auto text = name.get<std::string>();
        const std::size_t first = text.find('/') + 1;
        items.insert(
            text.substr(first, text.find_first_of("/@", first) - first));
    }
    return items;
}

/// \throws InputError if no sample has a weight in any scenario
void refuse_without_weight(const Json& scenarios,
                           const Observed& observed,
                           const SampleValues& samples)
{
    const bool has_weight =
        observed.items().empty() ||
        std::any_of(scenarios.begin(), scenarios.end(), [](const Json& s) {
            return s["effective_samples"].get<double>() > 0.0;
        });
    if (has_weight) {
        return;
    }
    observed.refuse_impossible(samples, scenarios.size());
    throw InputError(fmt::format(
        "each of {} samples has likelihood 0 by one of the observations\n"
        "  hint: look at more samples with --samples, or give larger errors",
        samples.n_samples()));
}

}  // namespace

Json condition_json(const config::RunConfig& config,
                    const std::vector<SampleRange>& ranges,
                    const Given& given,
                    InstructionSet set,
                    int n_threads)
{
    const model::OutputLayout layout(config.model);
    std::vector<Condition> conditions;
    for (const std::string& text : given.where) {
        conditions.push_back(parse_condition(text, config, layout));
    }
    Kept kept;
    kept.outputs = headline_outputs(config, layout);
    const Observed observed(given.observations, config, layout, kept.outputs);
    const GivenFutures futures(config, layout, kept);
    const Engine engine(config, set);
    SampleValues samples(config.model.scenarios.size(),
                         std::move(kept),
                         std::move(conditions),
                         ranges);
    samples.compute(engine, n_threads);

    const auto groups = item_labels(layout.emissions.kind, config.model);
    Json out;
    out["samples"] = samples.n_samples();
    out["where"] = given.where;
    if (!given.observations.empty()) {
        out["observations"] = observations_json(observed);
        out["not_in_run"] = observed.not_in_run();
    }
    out["units"] = "Mt CO2e/yr";
    out["scope"] = "scope1+2";
    std::size_t n_met = 0;
    for (std::size_t s = 0; s < config.model.scenarios.size(); ++s) {
        out["scenarios"][config.model.scenarios[s].name] =
            scenario_json(samples, observed, futures, config, groups, s);
        n_met += samples.n_met(s);
    }
    if (n_met == 0) {
        throw InputError(
            fmt::format("no sample of {} meets the conditions in any scenario\n"
                        "  hint: ask for less, or look at more samples with "
                        "--samples",
                        samples.n_samples()));
    }
    refuse_without_weight(out["scenarios"], observed, samples);
    return out;
}

std::vector<std::string> condition_warnings(const Json& found)
{
    std::vector<std::string> warnings;
    if (found.contains("not_in_run") && !found["not_in_run"].empty()) {
        warnings.push_back(
            fmt::format("{} observations are of sectors that the run does not "
                        "have: {}",
                        found["not_in_run"].size(),
                        fmt::join(items_of(found["not_in_run"]), ", ")));
    }
    for (const auto& [name, scenario] : found["scenarios"].items()) {
        if (!scenario.contains("effective_samples")) {
            continue;
        }
        const double effective = scenario["effective_samples"].get<double>();
        if (effective < few_effective_samples) {
            warnings.push_back(fmt::format(
                "{}: {:.1f} effective samples: percentiles are hardly known; "
                "look at more with --samples",
                name,
                effective));
        }
    }
    return warnings;
}

}  // namespace hepta::campaign
