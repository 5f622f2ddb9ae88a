#include "hepta/campaign/cells.hpp"

#include "hepta/campaign/engine.hpp"
#include "hepta/parallel/threads.hpp"
#include "hepta/statistics/weighted.hpp"

#include <algorithm>
#include <numeric>

namespace hepta::campaign {

CellMap::CellMap(const config::RunConfig& config,
                 const model::OutputLayout& layout)
    : n_scenarios_(config.model.scenarios.size()),
      n_years_(static_cast<std::size_t>(config.model.n_years())),
      n_rows_(layout.n_rows()),
      n_stock_rows_(layout.n_stock_rows()),
      bins_per_cell_(config.tilts.empty() ? bins_per_cell
                                          : weighted_bins_per_cell),
      rows_(n_rows_),
      side_rows_(SideOutputs(config).n_rows()),
      headline_year_(n_years_, false)
{
    std::iota(rows_.begin(), rows_.end(), 0u);
    std::iota(side_rows_.begin(), side_rows_.end(), 0u);
    for (const int year : config.headline_years) {
        headline_year_.at(
            static_cast<std::size_t>(year - config.model.first_year)) = true;
    }
    const model::Metric& emissions = layout.emissions;
    first_headline_row_ = emissions.first_row;
    end_headline_row_ =
        emissions.first_row + emissions.n_items * emissions.n_inner;
}

CellMap::CellMap(std::size_t n_rows, bool is_weighted)
    : n_scenarios_(1),
      n_years_(1),
      n_rows_(n_rows),
      n_stock_rows_(n_rows),
      bins_per_cell_(is_weighted ? weighted_bins_per_cell : bins_per_cell),
      rows_(n_rows),
      headline_year_(1, true),
      end_headline_row_(static_cast<std::uint32_t>(n_rows))
{
    std::iota(rows_.begin(), rows_.end(), 0u);
}

std::span<const std::uint32_t> CellMap::rows(std::size_t year) const noexcept
{
    return {rows_.data(), year + 1 == n_years_ ? n_stock_rows_ : n_rows_};
}

std::uint32_t CellMap::n_inner_bins(std::size_t year,
                                    std::size_t row) const noexcept
{
    const bool headline = headline_year_[year] && row >= first_headline_row_ &&
                          row < end_headline_row_;
    return headline ? bins_per_headline_cell / bins_per_cell * bins_per_cell_
                    : bins_per_cell_;
}

std::vector<statistics::CellPlan> plan_cells(const Engine& engine,
                                             const CellMap& cells,
                                             std::uint64_t pilot_samples,
                                             int n_threads)
{
    const std::size_t n_tiles = (pilot_samples + tile_lanes - 1) / tile_lanes;
    const std::size_t pitch = n_tiles * tile_lanes;
    AlignedArray<double> values(cells.n_cells() * pitch);  // [cell][sample]
    auto workers = engine.make_workers(n_threads);
    parallel::for_each(n_threads, n_tiles, [&](int thread, std::size_t tile) {
        Engine::Worker& worker = workers[static_cast<std::size_t>(thread)];
        engine.draw_pilot(tile * tile_lanes, worker);
        const auto keep = [&](const Tile& outputs,
                              std::span<const std::uint32_t> rows,
                              std::size_t first_cell) {
            for (const std::uint32_t row : rows) {
                std::copy_n(outputs.row(row),
                            tile_lanes,
                            values.data() + (first_cell + row) * pitch +
                                tile * tile_lanes);
            }
        };
        engine.simulate(
            worker,
            [&](std::uint32_t scenario, std::size_t year, const Tile& outputs) {
                keep(outputs, cells.rows(year), cells.cell(scenario, year, 0));
            });
        engine.evaluate_side(worker);
        keep(worker.side, cells.side_rows(), cells.first_side_cell());
    });

    std::vector<statistics::CellPlan> plans(cells.n_cells());
    parallel::for_each(n_threads, plans.size(), [&](int, std::size_t cell) {
        const std::span<double> pilot(values.data() + cell * pitch,
                                      pilot_samples);
        plans[cell] = statistics::plan_cell(
            cells.is_observed(cell) ? pilot : pilot.first(0),
            cells.n_inner_bins(cell));
        if (engine.is_weighted()) {
            plans[cell] = statistics::for_weights(
                plans[cell], cells.is_observed(cell) ? pilot : pilot.first(0));
        }
    });
    std::uint64_t first_bin = 0;
    for (statistics::CellPlan& plan : plans) {
        plan.first_bin = static_cast<std::uint32_t>(first_bin);
        first_bin += statistics::bin::count(plan.n_inner);
    }
    return plans;
}

}  // namespace hepta::campaign
