#include "state_shape.hpp"

#include "hepta/campaign/accumulator.hpp"
#include "hepta/campaign/derived.hpp"
#include "hepta/core/error.hpp"
#include "hepta/statistics/cell.hpp"

#include <fmt/format.h>

namespace hepta::campaign {

void check_shape(const std::string& path,
                 const State& state,
                 const config::RunConfig& config,
                 const Engine& engine,
                 const CellMap& cells)
{
    const auto expect = [&](const char* what, std::size_t n, std::size_t want) {
        if (n != want) {
            throw ResultError(fmt::format(
                "{}: is damaged: it has {} {}, its configuration {}",
                path,
                n,
                what,
                want));
        }
    };
    const std::uint32_t n_batches = batches_of(engine.sampler());
    const bool is_weighted = engine.is_weighted();
    const std::uint32_t n_each = is_weighted ? n_batches : 1;
    const model::OutputLayout& layout = engine.model().layout();
    const DerivedCounts derived = make_derived_counts(
        plan_derived(config, layout), cells.n_scenarios(), n_each);
    expect("cells", state.plans.size(), cells.n_cells());
    expect("replicates", state.replicates.n, is_weighted ? 0 : n_batches);
    expect("batches", state.batches.n, is_weighted ? n_batches : 0);
    expect("events",
           state.events.size(),
           events_of(config, layout).size() * cells.n_scenarios() * n_each);
    expect("first years", state.derived.years.size(), derived.years.size());
    expect("joint events", state.derived.joints.size(), derived.joints.size());
    for (std::size_t cell = 0; cell < cells.n_cells(); ++cell) {
        if (cells.is_observed(cell) &&
            !statistics::is_sound(state.plans[cell])) {
            throw ResultError(fmt::format(
                "{}: is damaged: its bins do not hold what lies in them",
                path));
        }
    }
}

}  // namespace hepta::campaign
