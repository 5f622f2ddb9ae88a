#include "metric_arrays.hpp"

#include "hepta/campaign/cell_statistics.hpp"
#include "hepta/parallel/threads.hpp"
#include "hepta/statistics/percentile.hpp"

#include <limits>

namespace hepta::campaign {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

}  // namespace

MetricArrays reduce_metric(const State& state,
                           const config::RunConfig& config,
                           const model::Metric& metric,
                           const CellMap& cells,
                           const Shape& shape,
                           const ExactPercentiles& exact,
                           double confidence,
                           int n_threads)
{
    const std::size_t n_p = config.percentiles.size();
    const CellStatistics statistics_of(state, config.percentiles, confidence);
    MetricArrays out;
    for (auto* array : {&out.value, &out.lower, &out.upper}) {
        array->assign(shape.n_cells() * n_p, missing);
    }
    out.moment.assign(shape.n_cells() * n_moments, missing);
    const std::size_t n_tasks = shape.n_scenarios * shape.n_years;
    parallel::for_each(n_threads, n_tasks, [&](int, std::size_t task) {
        const std::size_t scenario = task / shape.n_years;
        const std::size_t year = task % shape.n_years;
        std::vector<statistics::Percentile> found(n_p);
        for (std::uint32_t item = 0; item < metric.n_items; ++item) {
            for (std::uint32_t inner = 0; inner < metric.n_inner; ++inner) {
                const std::uint32_t row = metric.row(item, inner);
                if (!cells.is_observed(year, row)) {
                    continue;
                }
                const std::size_t cell = cells.cell(scenario, year, row);
                const std::size_t at = shape.index(scenario, item, inner, year);
                statistics_of.percentiles(cell, found);
                const auto sorted = exact.of(cell);
                for (std::size_t k = 0; k < sorted.size(); ++k) {
                    found[k].value = sorted[k];
                }
                for (std::size_t k = 0; k < n_p; ++k) {
                    out.value[at * n_p + k] = found[k].value;
                    out.lower[at * n_p + k] = found[k].lower;
                    out.upper[at * n_p + k] = found[k].upper;
                }
                statistics_of.moments(cell, out.moment.data() + at * n_moments);
            }
        }
    });
    return out;
}

}  // namespace hepta::campaign
