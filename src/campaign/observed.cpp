#include "observed.hpp"

#include "hepta/campaign/labels.hpp"
#include "hepta/campaign/likelihood.hpp"
#include "hepta/config/nearest.hpp"
#include "hepta/core/error.hpp"
#include "output_place.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <set>
#include <variant>

namespace hepta::campaign {
namespace {

[[noreturn]] void refuse(const config::Observation& observation,
                         const std::string& problem,
                         const std::string& hint)
{
    throw InputError(fmt::format("{}: observations: {}: {}\n  hint: {}",
                                 observation.place,
                                 observation.name(),
                                 problem,
                                 hint));
}

/// Published emissions are in CO2 where other gases are nothing, and a year's
/// quantity is one a year.
std::string comparable(std::string unit)
{
    for (const char* tail : {"/yr", " per yr"}) {
        const std::string end = tail;
        if (unit.size() > end.size() &&
            unit.compare(unit.size() - end.size(), end.size(), end) == 0) {
            unit.erase(unit.size() - end.size());
        }
    }
    const std::size_t at = unit.find("CO2e");
    if (at != std::string::npos) {
        unit.erase(at + 3, 1);
    }
    return unit;
}

/// "steel" of "emissions/steel/scope1".
std::string item_of(const std::string& output)
{
    const std::string rest = output.substr(output.find('/') + 1);
    return rest.substr(0, rest.find('/'));
}

/// True of the output of a sector or portfolio that is not part of the run.
/// \throws InputError if its name is one slip from one that is
bool is_of_other_sector(const config::Observation& one,
                        const config::RunConfig& config,
                        const model::OutputLayout& layout)
{
    const model::Metric* metric =
        layout.find(one.output.substr(0, one.output.find('/')));
    if (metric == nullptr || metric->kind != model::ItemKind::sector) {
        return false;
    }
    const std::string item = item_of(one.output);
    const auto labels = item_labels(metric->kind, config.model);
    if (std::find(labels.begin(), labels.end(), item) != labels.end()) {
        return false;
    }
    if (const std::string near = config::nearest(item, labels); !near.empty()) {
        refuse(one,
               fmt::format("'{}' is no sector of the run", item),
               fmt::format("did you mean '{}'?", near));
    }
    return true;
}

}  // namespace

Observed::Observed(const std::vector<config::Observation>& observations,
                   const config::RunConfig& config,
                   const model::OutputLayout& layout,
                   std::vector<RowOfYear>& outputs)
{
    std::set<std::string> seen;
    for (const config::Observation& one : observations) {
        if (!seen.insert(one.name()).second) {
            refuse(one, "is given twice", "keep the better one");
        }
        if (is_of_other_sector(one, config, layout)) {
            not_in_run_.push_back(one.name());
            continue;
        }
        const auto found = find_output(one.output, one.year, config, layout);
        if (const auto* missing = std::get_if<NoOutput>(&found)) {
            refuse(one, missing->problem, missing->hint);
        }
        const auto& place = std::get<OutputPlace>(found);
        const std::string unit = one.relative_to_first_year ? "-" : place.unit;
        if (comparable(one.unit) != comparable(unit)) {
            refuse(
                one,
                fmt::format("is in '{}', the output in '{}'", one.unit, unit),
                one.relative_to_first_year
                    ? "a ratio has the unit \"-\""
                    : fmt::format("convert it, and say \"{}\"", unit));
        }
        if (one.relative_to_first_year && place.year == 0) {
            refuse(one,
                   "is relative to its own year",
                   "give a later year, or the value itself");
        }
        Item item{one, outputs.size(), outputs.size()};
        outputs.push_back({place.row, place.year});
        if (one.relative_to_first_year) {
            item.output_first = outputs.size();
            outputs.push_back({place.row, 0});
        }
        items_.push_back(std::move(item));
    }
    if (items_.empty() && !observations.empty()) {
        throw InputError(fmt::format(
            "none of the {} observations is of an output of the run\n"
            "  hint: the first is {}",
            observations.size(),
            observations.front().name()));
    }
}

double Observed::value(const Item& item,
                       const SampleValues& values,
                       std::size_t scenario,
                       std::size_t k)
{
    const double value = values.value(scenario, item.output, k);
    return item.observation.relative_to_first_year
               ? value / values.value(scenario, item.output_first, k)
               : value;
}

double Observed::square(const Item& item,
                        const SampleValues& values,
                        std::size_t scenario,
                        std::size_t k)
{
    const double ratio =
        value(item, values, scenario, k) / item.observation.value;
    const double z = ratio > 0.0 ? std::log(ratio) / item.observation.error()
                                 : std::numeric_limits<double>::infinity();
    return z * z;
}

void Observed::refuse_impossible(const SampleValues& values,
                                 std::size_t n_scenarios) const
{
    for (const Item& item : items_) {
        bool is_possible = false;
        for (std::size_t s = 0; s < n_scenarios && !is_possible; ++s) {
            for (std::size_t k = 0; k < values.n_samples(); ++k) {
                is_possible =
                    is_possible || (values.is_met(s, k) &&
                                    std::isfinite(square(item, values, s, k)));
            }
        }
        if (!is_possible) {
            refuse(item.observation,
                   fmt::format("has likelihood 0 in each of {} samples",
                               values.n_samples()),
                   "an output that is 0 has no logarithm, and an error of "
                   "next to nothing fits none: leave it out, or give it more");
        }
    }
}

std::vector<double> Observed::weights(const SampleValues& values,
                                      std::size_t scenario) const
{
    constexpr double none = std::numeric_limits<double>::infinity();
    std::vector<double> squares(values.n_samples(), none);
    for (std::size_t k = 0; k < squares.size(); ++k) {
        if (!values.is_met(scenario, k)) {
            continue;
        }
        double sum = 0.0;
        for (const Item& item : items_) {
            sum += square(item, values, scenario, k);
        }
        squares[k] = sum;
    }
    std::vector<double> weights = likelihood_weights(squares);
    std::transform(weights.begin(),
                   weights.end(),
                   values.weights().begin(),
                   weights.begin(),
                   std::multiplies<>());
    return weights;
}

}  // namespace hepta::campaign
