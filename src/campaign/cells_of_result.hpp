/// \file
/// Which cell of /state a number of /bands, /moments, /pipeline or
/// /commitments is of.
#pragma once

#include "hepta/io/tree.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace hepta::campaign {

/// A cell of /state is (scenario, year, output row), rows being metric after
/// metric, the item and inner index fastest; behind these are the cells of
/// side outputs, quantity after quantity.
class CellsOfResult
{
  public:
    /// \throws ResultError if /bands or a group of side outputs is not as
    ///         hepta writes it
    explicit CellsOfResult(const io::Tree& tree);

    /// A dataset whose last dimension is the percentiles.
    struct Dataset
    {
        std::string group, name;
        std::size_t n_cells = 0;
        std::size_t first = 0;  ///< output row, or cell of a side output
        std::size_t n_items = 0, n_years = 0;  ///< of a metric
        std::size_t n_rows = 0;  ///< items that have a row; the last may not
    };
    [[nodiscard]] const std::vector<Dataset>& datasets() const
    {
        return datasets_;
    }
    [[nodiscard]] const Dataset* find(const std::string& group,
                                      const std::string& name) const;

    /// Cell of the `i`-th run of percentiles of a dataset; none of a portfolio
    /// that the metric means nothing for.
    [[nodiscard]] std::optional<std::size_t> cell(const Dataset& dataset,
                                                  std::size_t i) const;

  private:
    void add_metrics(const io::Group& bands);
    void add_side(const io::Group& group);

    std::vector<Dataset> datasets_;
    std::size_t n_rows_ = 0;
    std::size_t n_cells_ = 0;
};

}  // namespace hepta::campaign
