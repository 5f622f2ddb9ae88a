#include "reference/scalar_model.hpp"

#include "hepta/core/error.hpp"
#include "hepta/model/output_layout.hpp"
#include "reference/accounts.hpp"
#include "reference/choice.hpp"
#include "reference/constraints.hpp"
#include "reference/cost.hpp"
#include "reference/demand.hpp"
#include "reference/differences.hpp"
#include "reference/integrate.hpp"
#include "reference/learning.hpp"
#include "reference/limits.hpp"
#include "reference/prices.hpp"
#include "reference/world.hpp"

#include <algorithm>
#include <utility>

namespace hepta::reference {

namespace {

/// The first year: base-year shares, nothing added yet, no price response.
State first_state(const World& world)
{
    const model::Spec& spec = world.spec;
    State state{.year = spec.first_year};
    for (std::size_t s = 0; s < spec.sectors.size(); ++s) {
        std::vector<double>& share = state.share.emplace_back();
        for (const model::Technology& technology :
             spec.sectors[s].technologies) {
            share.push_back(world.sample(technology.share_2020));
        }
        state.demand.push_back(demand(world, s, spec.first_year, 1.0));
    }
    state.added.assign(spec.components.size(), 0.0);
    state.invested.assign(spec.carriers.size() + 1, 0.0);
    return state;
}

/// Steps 2 to 5 at the start of a year.
YearResult start_of_year(const World& world, const State& state)
{
    YearResult result{.state = state,
                      .factors = emission_factors(world, state.year)};
    result.experience = experience(world, state.year, state.added);
    result.component_cost = component_costs(world, state.year, state.added);
    result.prices = prices(world, state.year, result.component_cost);
    result.cost = levelised_costs(world,
                                  state.year,
                                  result.factors,
                                  result.prices,
                                  result.component_cost);
    return result;
}

/// beta_s, from the mean cost of the first year without carbon price and
/// premium, [sector].
std::vector<double> choice_scales(const World& world, const YearResult& first)
{
    std::vector<double> scales;
    for (std::size_t s = 0; s < first.cost.size(); ++s) {
        const model::Sector& sector = world.spec.sectors[s];
        const int year = first.state.year;
        double mean = 0.0;
        for (std::size_t i = 0; i < first.cost[s].size(); ++i) {
            const double bare =
                first.cost[s][i] -
                carbon_cost(world, s, year, first.factors[s][i], first.prices) +
                premium(world, s, i, year);
            mean += first.state.share[s][i] * bare;
        }
        if (!(mean > 0.0)) {
            throw RunError(sector.name +
                           ": mean levelised cost of the first year is not "
                           "positive");
        }
        scales.push_back(
            choice_scale(world.sample(sector.choice_spread) * mean));
    }
    return scales;
}

/// Step 1: D(t + 1), known at the start of year t, [sector].
std::vector<double> next_demands(const World& world, const YearResult& year)
{
    std::vector<double> result;
    for (std::size_t s = 0; s < year.cost.size(); ++s) {
        double mean = 0.0, carbon = 0.0;
        for (std::size_t i = 0; i < year.cost[s].size(); ++i) {
            const double share = year.state.share[s][i];
            mean += share * year.cost[s][i];
            carbon +=
                share *
                carbon_cost(
                    world, s, year.state.year, year.factors[s][i], year.prices);
        }
        result.push_back(demand(world,
                                s,
                                year.state.year + 1,
                                price_response(world, s, mean, carbon)));
    }
    return result;
}

/// K(t) and K(t + 1).
Growth capacities(const World& world,
                  const State& state,
                  const std::vector<double>& next_demand)
{
    Growth growth;
    for (std::size_t s = 0; s < next_demand.size(); ++s) {
        growth.capacity.push_back(
            capacity(world, s, state.year, state.demand[s]));
        growth.next_capacity.push_back(
            capacity(world, s, state.year + 1, next_demand[s]));
    }
    return growth;
}

/// Step 7 (a) to (d), all sectors.
Table constrained(const World& world, int next_year, const Table& integrated)
{
    Table result;
    for (std::size_t s = 0; s < integrated.size(); ++s) {
        std::vector<double> share = normalised(integrated[s]);
        share = seeded(world, s, next_year, share);
        share = floored(world, s, next_year, share);
        result.push_back(mandated(world, s, next_year, share));
    }
    return result;
}

/// Y_c(t + 1): experience follows what was really built.
std::vector<double> next_added(const State& state,
                               const System& integrated,
                               const Table& next_share,
                               const Growth& growth,
                               const Intensities& intensities)
{
    std::vector<double> result;
    for (std::size_t c = 0; c < state.added.size(); ++c) {
        double added = integrated.added[c];
        for (std::size_t s = 0; s < next_share.size(); ++s) {
            for (std::size_t i = 0; i < next_share[s].size(); ++i) {
                added += intensities[s][i][c] * growth.next_capacity[s] *
                         (next_share[s][i] - integrated.share[s][i]);
            }
        }
        result.push_back(std::max(state.added[c], added));
    }
    return result;
}

/// All years of one scenario.
struct Run
{
    std::vector<std::vector<double>> rows;        ///< [year][row]
    std::vector<std::vector<SectorParts>> parts;  ///< [year][sector]
};

Run run_scenario(const World& world, const model::OutputLayout& layout)
{
    State state = first_state(world);
    std::vector<double> choice;
    Run run;
    std::vector<std::vector<double>>& rows = run.rows;
    while (true) {
        const YearResult year = start_of_year(world, state);
        if (rows.empty()) {
            choice = choice_scales(world, year);
        }
        rows.push_back(
            account_year(world,
                         layout,
                         year,
                         rows.empty() ? std::vector<double>{} : rows.back()));
        run.parts.push_back(sector_parts(world, year));
        if (state.year == world.spec.last_year) {
            return run;
        }

        const std::vector<double> next_demand = next_demands(world, year);
        const Growth growth = capacities(world, state, next_demand);
        const Intensities intensities =
            component_intensities(world, state.year, year.factors);
        const System integrated = integrate_year(
            world, state, growth, year.factors, intensities, choice);
        const Table wanted =
            constrained(world, state.year + 1, integrated.share);
        const Limited next = limited(world, state, wanted, next_demand);
        account_flows(
            world, layout, year, growth, next, rows.back(), state.invested);

        state.added =
            next_added(state, integrated, next.share, growth, intensities);
        state.share = next.share;
        state.demand = next_demand;
        ++state.year;
    }
}

}  // namespace

Trajectory simulate(const model::Spec& spec, const std::vector<double>& input)
{
    const model::OutputLayout layout(spec);
    Trajectory trajectory;
    std::vector<std::vector<std::vector<SectorParts>>> parts;
    for (std::size_t z = 0; z < spec.scenarios.size(); ++z) {
        Run run = run_scenario(make_world(spec, z, input), layout);
        trajectory.push_back(std::move(run.rows));
        parts.push_back(std::move(run.parts));
    }
    account_avoided(spec, layout, trajectory);
    account_differences(spec, layout, parts, trajectory);
    return trajectory;
}

}  // namespace hepta::reference
