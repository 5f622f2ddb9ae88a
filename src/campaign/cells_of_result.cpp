#include "cells_of_result.hpp"

#include "hepta/campaign/side_outputs.hpp"
#include "statistical_pairs.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hepta::campaign {
namespace {

bool has_percentiles(const io::Variable& variable)
{
    return ends_in(variable, "percentile") && !is_limit(variable.name);
}

/// Items up to and with the last that has a number.
std::size_t n_rows_of(const std::vector<double>& values,
                      std::size_t n_last,
                      const CellsOfResult::Dataset& metric)
{
    std::size_t n_rows = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isnan(values[i])) {
            const std::size_t item =
                i / n_last / metric.n_years % metric.n_items;
            n_rows = std::max(n_rows, item + 1);
        }
    }
    return n_rows;
}

}  // namespace

CellsOfResult::CellsOfResult(const io::Tree& tree)
{
    const io::Group& bands = tree.group("bands");
    add_metrics(bands);
    n_cells_ = length(bands, "scenario") * length(bands, "year") * n_rows_;
    for (const io::Group& group : tree.groups) {
        if (is_side_group(group.name)) {
            add_side(group);
        }
    }
}

void CellsOfResult::add_metrics(const io::Group& bands)
{
    for (const io::Variable& variable : bands.variables) {
        if (!has_percentiles(variable)) {
            continue;
        }
        const auto& names = variable.dimensions;
        const std::vector<double>& values = numbers(bands, variable.name);
        const std::size_t n_last = length(bands, names.back());
        Dataset metric{bands.name, variable.name, 0};
        metric.first = n_rows_;
        metric.n_years = length(bands, names.at(names.size() - 2));
        metric.n_items = 1;
        for (std::size_t k = 1; k + 2 < names.size(); ++k) {
            metric.n_items *= length(bands, names[k]);
        }
        if (n_last * metric.n_years * metric.n_items == 0) {
            throw ResultError("/bands/" + variable.name +
                              " is not as hepta writes it");
        }
        metric.n_cells = values.size() / n_last;
        metric.n_rows = n_rows_of(values, n_last, metric);
        n_rows_ += metric.n_rows;
        datasets_.push_back(std::move(metric));
    }
}

void CellsOfResult::add_side(const io::Group& group)
{
    for (const io::Variable& variable : group.variables) {
        if (has_percentiles(variable)) {
            const std::size_t n_last = length(group, "percentile");
            const std::size_t n = numbers(group, variable.name).size() /
                                  std::max<std::size_t>(n_last, 1);
            datasets_.push_back({group.name, variable.name, n, n_cells_});
            n_cells_ += n;
        }
    }
}

const CellsOfResult::Dataset* CellsOfResult::find(const std::string& group,
                                                  const std::string& name) const
{
    const auto found =
        std::find_if(datasets_.begin(), datasets_.end(), [&](const Dataset& d) {
            return d.group == group && d.name == name;
        });
    return found == datasets_.end() ? nullptr : &*found;
}

std::optional<std::size_t> CellsOfResult::cell(const Dataset& dataset,
                                               std::size_t i) const
{
    if (dataset.n_items == 0) {
        return dataset.first + i;
    }
    const std::size_t item = i / dataset.n_years % dataset.n_items;
    if (item >= dataset.n_rows) {
        return std::nullopt;
    }
    const std::size_t year = i % dataset.n_years;
    const std::size_t scenario = i / dataset.n_years / dataset.n_items;
    return (scenario * dataset.n_years + year) * n_rows_ + dataset.first + item;
}

}  // namespace hepta::campaign
