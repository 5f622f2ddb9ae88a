#include "stopping.hpp"

#include "hepta/campaign/cell_statistics.hpp"
#include "hepta/campaign/headline.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace hepta::campaign {

std::vector<std::uint64_t> looks_of(const config::RunConfig& config,
                                    std::uint64_t n_samples)
{
    std::vector<std::uint64_t> looks;
    if (config.stop) {
        std::uint64_t look = config.stop->first_look;
        if (config.sampler == "sobol") {
            look = std::bit_ceil(look);
        }
        for (; look < n_samples; look *= 2) {
            looks.push_back(look);
        }
    }
    looks.push_back(n_samples);
    return looks;
}

double Look::n_needed() const
{
    const double ratio = half_width / target;
    return std::ceil(static_cast<double>(n_samples) * ratio * ratio);
}

Look look_at(const State& state,
             const Engine& engine,
             const config::RunConfig& config,
             const CellMap& cells,
             std::size_t n_looks)
{
    const config::StopSpec& stop = config.stop.value();
    const model::Metric& emissions = engine.model().layout().emissions;
    auto outputs = headline_outputs(config, engine.model().layout());
    std::erase_if(outputs, [&emissions](const HeadlineOutput& output) {
        const auto scope = static_cast<model::Scope>(
            (output.row - emissions.first_row) % emissions.n_inner);
        return scope != model::Scope::scope1_2;
    });
    const std::size_t n_intervals =
        n_looks * outputs.size() * stop.percentiles.size();
    Look worst;
    worst.n_samples = state.n_samples();
    worst.confidence =
        1.0 - (1.0 - config.confidence) / static_cast<double>(n_intervals);
    const CellStatistics of(state, stop.percentiles, worst.confidence);
    std::vector<statistics::Percentile> found(stop.percentiles.size());
    double worst_ratio = -1.0;
    for (const HeadlineOutput& output : outputs) {
        of.percentiles(cells.cell(output.scenario, output.year, output.row),
                       found);
        for (std::size_t k = 0; k < found.size(); ++k) {
            const double value = found[k].value;
            const double half_width =
                std::max(found[k].upper - value, value - found[k].lower);
            const double target =
                std::max(stop.absolute_half_width,
                         stop.relative_half_width * std::abs(value));
            const double ratio = half_width == 0.0 ? 0.0 : half_width / target;
            if (!(ratio <= worst_ratio)) {  // a NaN is the worst of all
                worst_ratio = ratio;
                worst.half_width = half_width;
                worst.target = target;
                worst.value = value;
                worst.percentile = stop.percentiles[k];
                worst.output = output.name;
            }
        }
    }
    return worst;
}

io::Group make_convergence(const std::vector<Look>& looks)
{
    io::Group group;
    group.name = "convergence";
    group.attributes = {
        {"description",
         "the least precise percentile of the headline totals at each look"}};
    std::vector<std::uint64_t> n_samples;
    std::vector<double> confidence, half_width, target, value, percentile;
    std::vector<std::string> output;
    for (const Look& look : looks) {
        n_samples.push_back(look.n_samples);
        confidence.push_back(look.confidence);
        half_width.push_back(look.half_width);
        target.push_back(look.target);
        value.push_back(look.value);
        percentile.push_back(look.percentile);
        output.push_back(look.output);
    }
    group.dimensions = {
        {"look", n_samples, {{"long_name", "samples at the look"}}}};
    const auto add = [&](const char* name,
                         io::Values values,
                         const char* unit,
                         const char* meaning) {
        group.variables.push_back({name,
                                   {"look"},
                                   std::move(values),
                                   {{"units", unit}, {"long_name", meaning}},
                                   false,
                                   false});
    };
    add("half_width",
        std::move(half_width),
        "Mt CO2e/yr",
        "from the percentile to its farther limit");
    add("target", std::move(target), "Mt CO2e/yr", "half width wanted");
    add("value", std::move(value), "Mt CO2e/yr", "value of the percentile");
    add("percentile", std::move(percentile), "percent", "which percentile");
    add("confidence", std::move(confidence), "1", "of each interval");
    add("output", std::move(output), "1", "which output");
    return group;
}

}  // namespace hepta::campaign
