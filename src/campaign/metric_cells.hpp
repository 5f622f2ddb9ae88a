/// \file
/// Where the numbers of a metric stand in a result.
#pragma once

#include "hepta/core/error.hpp"
#include "hepta/io/tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <variant>
#include <vector>

namespace hepta::campaign {

[[nodiscard]] inline std::size_t length(const io::Group& group,
                                        const std::string& dimension)
{
    return group.dimension(dimension).length();
}

/// \throws ResultError if the dataset is not of numbers
[[nodiscard]] inline const std::vector<double>& numbers(const io::Group& group,
                                                        const std::string& name)
{
    const auto* values =
        std::get_if<std::vector<double>>(&group.variable(name).values);
    if (values == nullptr) {
        throw ResultError(
            fmt::format("/{}/{} is not as hepta writes it", group.name, name));
    }
    return *values;
}

/// Cells of one metric, in the order of its datasets in /bands and /moments,
/// and where /state has them. A cell of /state is (scenario, year, output
/// row), rows being metric after metric, the item and inner index fastest.
/// The last items (portfolios) have no row, and NaN, where a metric means
/// nothing for them.
class MetricCells
{
  public:
    MetricCells(const io::Group& bands, const io::Variable& variable)
    {
        const auto& names = variable.dimensions;
        n_last_ = length(bands, names.back());
        n_years_ = length(bands, names.at(names.size() - 2));
        for (std::size_t k = 1; k + 2 < names.size(); ++k) {
            n_items_ *= length(bands, names[k]);
        }
        const std::vector<double>& values = numbers(bands, variable.name);
        n_cells_ = values.size() / n_last_;
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (!std::isnan(values[i])) {
                n_rows_ = std::max(n_rows_, item_of(i / n_last_) + 1);
            }
        }
    }
    [[nodiscard]] std::size_t n_cells() const { return n_cells_; }
    [[nodiscard]] std::size_t n_last() const { return n_last_; }
    [[nodiscard]] std::size_t n_rows() const { return n_rows_; }
    [[nodiscard]] bool has_row(std::size_t cell) const
    {
        return item_of(cell) < n_rows_;
    }
    /// Cell of /state that is cell `i` of the dataset.
    [[nodiscard]] std::size_t cell(std::size_t i,
                                   std::size_t first_row,
                                   std::size_t n_rows_of_all) const
    {
        const std::size_t year = i % n_years_;
        const std::size_t scenario = i / n_years_ / n_items_;
        return (scenario * n_years_ + year) * n_rows_of_all + first_row +
               item_of(i);
    }

  private:
    [[nodiscard]] std::size_t item_of(std::size_t cell) const
    {
        return cell / n_years_ % n_items_;
    }
    std::size_t n_years_ = 1, n_items_ = 1, n_last_ = 1;
    std::size_t n_cells_ = 0, n_rows_ = 0;
};

}  // namespace hepta::campaign
