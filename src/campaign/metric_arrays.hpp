/// \file
/// Percentiles, limits and moments of one metric, from the integer state.
#pragma once

#include "hepta/campaign/cells.hpp"
#include "hepta/campaign/exact.hpp"
#include "hepta/campaign/state.hpp"
#include "hepta/config/run_config.hpp"
#include "hepta/model/output_layout.hpp"

#include <cstddef>
#include <vector>

namespace hepta::campaign {

/// One metric as arrays over (scenario, item, inner, year, k); NaN where a
/// cell is not observed.
struct MetricArrays
{
    std::vector<double> value, lower, upper, moment;
};

/// Where a metric's number stands in an array with `n_last` numbers a cell.
struct Shape
{
    std::size_t n_scenarios, n_labels, n_inner, n_years;

    [[nodiscard]] std::size_t n_cells() const
    {
        return n_scenarios * n_labels * n_inner * n_years;
    }
    [[nodiscard]] std::size_t index(std::size_t scenario,
                                    std::size_t item,
                                    std::size_t inner,
                                    std::size_t year) const
    {
        return ((scenario * n_labels + item) * n_inner + inner) * n_years +
               year;
    }
};

/// Limits hold with `confidence`. Percentiles are from the counts, and those of
/// `exact` where it has the cell; limits over randomisations where the state
/// has them, else binomial.
[[nodiscard]] MetricArrays reduce_metric(const State& state,
                                         const config::RunConfig& config,
                                         const model::Metric& metric,
                                         const CellMap& cells,
                                         const Shape& shape,
                                         const ExactPercentiles& exact,
                                         double confidence,
                                         int n_threads);

}  // namespace hepta::campaign
