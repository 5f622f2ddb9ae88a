/// \file
/// The output cells of a run: metric x item x year x scenario, numbered.
#pragma once

#include "hepta/config/run_config.hpp"
#include "hepta/model/output_layout.hpp"
#include "hepta/statistics/cell.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace hepta::campaign {

class Engine;

/// Bins of an ordinary and of a headline cell, of 32 bits a rank.
inline constexpr std::uint32_t bins_per_cell = 512;
inline constexpr std::uint32_t bins_per_headline_cell = 16 * bins_per_cell;
/// Of a weighted run they hold 64 bits, and there are half as many.
inline constexpr std::uint32_t weighted_bins_per_cell = bins_per_cell / 2;

/// Numbers the cells: scenario slowest, then year, then output row; at last
/// the side outputs. Flows of the last year have a number but are never
/// observed.
class CellMap
{
  public:
    CellMap(const config::RunConfig& config, const model::OutputLayout& layout);
    /// One scenario, one year, `n_rows` headline cells.
    explicit CellMap(std::size_t n_rows, bool is_weighted = false);

    [[nodiscard]] std::size_t n_cells() const noexcept
    {
        return first_side_cell() + side_rows_.size();
    }
    /// The first of the side outputs, which are of no scenario and year.
    [[nodiscard]] std::size_t first_side_cell() const noexcept
    {
        return n_scenarios_ * n_years_ * n_rows_;
    }
    [[nodiscard]] std::span<const std::uint32_t> side_rows() const noexcept
    {
        return side_rows_;
    }
    [[nodiscard]] std::size_t n_scenarios() const noexcept
    {
        return n_scenarios_;
    }
    [[nodiscard]] std::size_t n_years() const noexcept { return n_years_; }
    [[nodiscard]] std::size_t n_rows() const noexcept { return n_rows_; }
    [[nodiscard]] std::size_t cell(std::size_t scenario,
                                   std::size_t year,
                                   std::size_t row) const noexcept
    {
        return (scenario * n_years_ + year) * n_rows_ + row;
    }
    /// Rows observed in a year: all, or all but the flows.
    [[nodiscard]] std::span<const std::uint32_t> rows(
        std::size_t year) const noexcept;
    [[nodiscard]] bool is_observed(std::size_t year,
                                   std::size_t row) const noexcept
    {
        return row < rows(year).size();
    }
    [[nodiscard]] bool is_observed(std::size_t cell) const noexcept
    {
        return cell >= first_side_cell() ||
               is_observed(cell / n_rows_ % n_years_, cell % n_rows_);
    }
    [[nodiscard]] std::uint32_t n_inner_bins(std::size_t year,
                                             std::size_t row) const noexcept;
    [[nodiscard]] std::uint32_t n_inner_bins(std::size_t cell) const noexcept
    {
        return cell >= first_side_cell()
                   ? bins_per_cell_
                   : n_inner_bins(cell / n_rows_ % n_years_, cell % n_rows_);
    }

  private:
    std::size_t n_scenarios_, n_years_, n_rows_, n_stock_rows_;
    std::uint32_t bins_per_cell_;
    std::vector<std::uint32_t> rows_, side_rows_;
    std::vector<bool> headline_year_;  ///< [year]
    std::uint32_t first_headline_row_ = 0, end_headline_row_ = 0;
};

/// Bins of every cell, from the pilot's samples: the same for every run of a
/// configuration, whatever its seed, size and machine.
/// \note holds cells x pilot samples for a moment: 230 MB by default
[[nodiscard]] std::vector<statistics::CellPlan> plan_cells(
    const Engine& engine,
    const CellMap& cells,
    std::uint64_t pilot_samples,
    int n_threads);

}  // namespace hepta::campaign
