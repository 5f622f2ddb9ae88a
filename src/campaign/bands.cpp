#include "bands.hpp"

#include "hepta/campaign/cell_statistics.hpp"
#include "hepta/campaign/labels.hpp"
#include "hepta/statistics/intervals.hpp"
#include "hepta/statistics/percentile.hpp"
#include "metric_arrays.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace hepta::campaign {
namespace {

const std::vector<std::string>& moment_labels()
{
    static const std::vector<std::string> labels = {"mean",
                                                    "standard_deviation",
                                                    "minimum",
                                                    "maximum",
                                                    "mean_lower",
                                                    "mean_upper"};
    return labels;
}

std::string unit_coordinate(const model::Metric& metric)
{
    return metric.unit.empty()
               ? fmt::format("{}_unit", dimension_name(metric.kind))
               : std::string{};
}

io::Variable metric_variable(const model::Metric& metric,
                             std::string name,
                             std::string long_name,
                             std::string_view last,
                             std::vector<double> values)
{
    io::Variable variable;
    variable.name = std::move(name);
    variable.dimensions = {"scenario",
                           std::string(dimension_name(metric.kind))};
    if (!metric.inner.empty()) {
        variable.dimensions.push_back(metric.inner);
    }
    variable.dimensions.emplace_back("year");
    variable.dimensions.emplace_back(last);
    variable.values = std::move(values);
    variable.has_fill_value = true;
    variable.compressed = true;
    const std::string coordinate = unit_coordinate(metric);
    variable.attributes = {
        {"units", coordinate.empty() ? metric.unit : "see " + coordinate},
        {"long_name", std::move(long_name)}};
    if (!coordinate.empty()) {
        variable.attributes.emplace_back("coordinates", coordinate);
    }
    if (metric.kind == model::ItemKind::sector && !metric.portfolios) {
        variable.attributes.emplace_back(
            "n_sectors", static_cast<std::int64_t>(metric.n_items));
    }
    return variable;
}

io::Dimension year_dimension(const config::RunConfig& config)
{
    std::vector<std::int32_t> years;
    for (int t = config.model.first_year; t <= config.model.last_year; ++t) {
        years.push_back(t);
    }
    return {"year", std::move(years), {{"long_name", "calendar year"}}};
}

/// Unit coordinates of the kinds whose items differ in unit.
std::vector<io::Variable> unit_variables(const model::Spec& spec)
{
    std::vector<io::Variable> variables;
    for (const model::ItemKind kind : {model::ItemKind::sector,
                                       model::ItemKind::technology,
                                       model::ItemKind::commodity,
                                       model::ItemKind::component,
                                       model::ItemKind::resource}) {
        io::Variable variable;
        variable.name = fmt::format("{}_unit", dimension_name(kind));
        variable.dimensions = {std::string(dimension_name(kind))};
        variable.values = item_units(kind, spec);
        variable.attributes = {
            {"long_name",
             fmt::format("unit of quantities that differ by {}",
                         dimension_name(kind))}};
        variables.push_back(std::move(variable));
    }
    return variables;
}

/// Keep the years `years` (offsets) of an array [...][year][n_last].
std::vector<double> select_years(const std::vector<double>& values,
                                 std::size_t n_years,
                                 std::size_t n_last,
                                 const std::vector<std::size_t>& years)
{
    std::vector<double> out;
    for (std::size_t block = 0; block < values.size();
         block += n_years * n_last) {
        for (const std::size_t year : years) {
            const auto first = values.begin() + static_cast<std::ptrdiff_t>(
                                                    block + year * n_last);
            out.insert(
                out.end(), first, first + static_cast<std::ptrdiff_t>(n_last));
        }
    }
    return out;
}

/// Limits of whole trajectories: all years' percentiles lie within with the
/// confidence of the group.
void add_simultaneous(io::Group& bands,
                      const model::Metric& metric,
                      MetricArrays arrays)
{
    bands.variables.push_back(metric_variable(
        metric,
        metric.name + "_simultaneous_lower",
        metric.long_name + ", lower limit for all years at once",
        "percentile",
        std::move(arrays.lower)));
    bands.variables.push_back(metric_variable(
        metric,
        metric.name + "_simultaneous_upper",
        metric.long_name + ", upper limit for all years at once",
        "percentile",
        std::move(arrays.upper)));
}

void add_headline(io::Group& headline,
                  const config::RunConfig& config,
                  const model::Metric& metric,
                  const MetricArrays& arrays,
                  std::size_t n_years,
                  bool is_exact)
{
    std::vector<std::size_t> years;
    for (const int year : config.headline_years) {
        years.push_back(
            static_cast<std::size_t>(year - config.model.first_year));
    }
    const std::pair<std::string, const std::vector<double>*> parts[] = {
        {"", &arrays.value},
        {"_lower", &arrays.lower},
        {"_upper", &arrays.upper}};
    for (const auto& [suffix, values] : parts) {
        io::Variable variable = metric_variable(
            metric,
            metric.name + suffix,
            "emissions of the headline years" +
                std::string(suffix.empty() ? "" : ", confidence limit"),
            "percentile",
            select_years(*values, n_years, config.percentiles.size(), years));
        variable.dimensions[variable.dimensions.size() - 2] = "headline_year";
        variable.attributes.emplace_back("exact",
                                         std::int64_t{is_exact ? 1 : 0});
        headline.variables.push_back(std::move(variable));
    }
}

}  // namespace

io::Dimension percentile_dimension(const config::RunConfig& config)
{
    return {"percentile",
            config.percentiles,
            {{"units", "percent"}, {"long_name", "percentile"}}};
}

io::Dimension moment_dimension()
{
    return {"moment", moment_labels(), {{"long_name", "moment"}}};
}

io::Dimension scenario_dimension(const model::Spec& spec)
{
    std::vector<std::string> names;
    for (const model::Scenario& scenario : spec.scenarios) {
        names.push_back(scenario.name);
    }
    return {"scenario",
            std::move(names),
            {{"long_name", "policy package over the same futures"}}};
}

std::vector<io::Dimension> item_dimensions(const config::RunConfig& config)
{
    const model::Spec& spec = config.model;
    std::vector<io::Dimension> dimensions = {scenario_dimension(spec)};
    for (const model::ItemKind kind : {model::ItemKind::sector,
                                       model::ItemKind::technology,
                                       model::ItemKind::carrier,
                                       model::ItemKind::carrier_or_none,
                                       model::ItemKind::commodity,
                                       model::ItemKind::component,
                                       model::ItemKind::resource}) {
        dimensions.push_back(
            {std::string(dimension_name(kind)),
             item_labels(kind, spec),
             {{"long_name", std::string(dimension_name(kind))}}});
    }
    dimensions.push_back(
        {"scope",
         inner_labels("scope", spec),
         {{"long_name", "1 direct, 2 electricity, 3 upstream"}}});
    dimensions.push_back({"cause",
                          inner_labels("cause", spec),
                          {{"long_name", "what avoids emissions"}}});
    dimensions.push_back({"budget",
                          inner_labels("budget", spec),
                          {{"long_name", "remaining carbon budget"}}});
    dimensions.push_back(year_dimension(config));
    return dimensions;
}

BandGroups make_bands(const State& state,
                      const config::RunConfig& config,
                      const model::OutputLayout& layout,
                      const CellMap& cells,
                      const ExactPercentiles& exact,
                      int n_threads)
{
    const model::Spec& spec = config.model;
    BandGroups out;
    out.bands.name = "bands";
    out.moments.name = "moments";
    out.headline.name = "headline";
    out.bands.dimensions = item_dimensions(config);
    out.moments.dimensions = out.bands.dimensions;
    out.bands.dimensions.push_back(percentile_dimension(config));
    out.moments.dimensions.push_back(moment_dimension());
    out.bands.variables = unit_variables(spec);
    out.moments.variables = unit_variables(spec);
    for (const io::Dimension& dimension : out.bands.dimensions) {
        for (const char* name : {"scenario", "sector", "scope", "percentile"}) {
            if (dimension.name == name) {
                out.headline.dimensions.push_back(dimension);
            }
        }
    }
    out.headline.dimensions.push_back(
        {"headline_year",
         std::vector<std::int32_t>(config.headline_years.begin(),
                                   config.headline_years.end()),
         {{"long_name", "calendar year"}}});
    out.bands.attributes = {{"confidence", config.confidence}};
    out.headline.attributes = {{"confidence", config.confidence}};

    for (const model::Metric& metric : layout.metrics()) {
        const Shape shape{cells.n_scenarios(),
                          item_labels(metric.kind, spec).size(),
                          metric.n_inner,
                          cells.n_years()};
        const auto reduce = [&](double confidence) {
            return reduce_metric(state,
                                 config,
                                 metric,
                                 cells,
                                 shape,
                                 exact,
                                 confidence,
                                 n_threads);
        };
        MetricArrays arrays = reduce(config.confidence);
        if (metric.name == layout.emissions.name) {
            add_simultaneous(out.bands,
                             metric,
                             reduce(statistics::bonferroni_confidence(
                                 config.confidence, cells.n_years())));
            add_headline(out.headline,
                         config,
                         metric,
                         arrays,
                         shape.n_years,
                         !exact.cells.empty());
        }
        out.bands.variables.push_back(metric_variable(metric,
                                                      metric.name,
                                                      metric.long_name,
                                                      "percentile",
                                                      std::move(arrays.value)));
        out.bands.variables.push_back(
            metric_variable(metric,
                            metric.name + "_lower",
                            metric.long_name + ", lower confidence limit",
                            "percentile",
                            std::move(arrays.lower)));
        out.bands.variables.push_back(
            metric_variable(metric,
                            metric.name + "_upper",
                            metric.long_name + ", upper confidence limit",
                            "percentile",
                            std::move(arrays.upper)));
        out.moments.variables.push_back(
            metric_variable(metric,
                            metric.name,
                            metric.long_name,
                            "moment",
                            std::move(arrays.moment)));
    }
    return out;
}

}  // namespace hepta::campaign
