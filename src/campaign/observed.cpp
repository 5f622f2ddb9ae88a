#include "observed.hpp"

#include "hepta/campaign/labels.hpp"
#include "hepta/campaign/likelihood.hpp"
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

/// True of the output of a sector or portfolio that is not part of the run;
/// a name one slip from one that is, is not.
bool is_of_other_sector(const std::string& output,
                        const config::RunConfig& config,
                        const model::OutputLayout& layout)
{
    const std::size_t slash = output.find('/');
    const model::Metric* metric = layout.find(output.substr(0, slash));
    if (metric == nullptr || metric->kind != model::ItemKind::sector) {
        return false;
    }
    const std::string rest = output.substr(slash + 1);
    const std::string item = rest.substr(0, rest.find('/'));
    const auto labels = item_labels(metric->kind, config.model);
    return std::find(labels.begin(), labels.end(), item) == labels.end();
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
        if (is_of_other_sector(one.output, config, layout)) {
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
            const double ratio =
                value(item, values, scenario, k) / item.observation.value;
            const double z =
                ratio > 0.0 ? std::log(ratio) / item.observation.error() : none;
            sum += z * z;
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
