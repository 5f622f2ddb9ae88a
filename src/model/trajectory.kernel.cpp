/// \file
/// The year loop over the kernels, one register of samples at a time.
#include "kernel/accounts.hpp"
#include "kernel/constraints.hpp"
#include "kernel/limits.hpp"
#include "kernel/prepare.hpp"
#include "kernel/rates.hpp"

namespace hepta::model {
namespace HEPTA_ISA {
namespace {

/// Step 1: capacity that the sector keeps for a demand in year t.
HEPTA_INLINE Vec capacity_for(const SectorPlan& sector,
                              const Plan& plan,
                              std::size_t t,
                              Vec demand,
                              Lanes x)
{
    if (sector.recovery_year == no_row) {
        return demand;
    }
    const Vec year =
        set(static_cast<double>(plan.first_year) + static_cast<double>(t));
    const Vec recovery = floor(x[sector.recovery_year] + set(0.5));
    return select(
        year <= recovery, max(demand, x[sector.activity_2019]), demand);
}

/// Step 1: D(t) from the path, the scenario's reduction and the response to
/// last year's carbon cost.
HEPTA_INLINE Vec demand_in(const Plan& plan,
                           const Year& y,
                           std::uint32_t s,
                           std::size_t t,
                           Vec response,
                           Lanes x)
{
    const SectorPlan& sector = plan.sectors[s];
    const double years_since_2025 =
        static_cast<double>(plan.first_year) + static_cast<double>(t) - 2025.0;
    const double pursued =
        plan.scenarios[y.scenario].demand_reduction[s] * years_since_2025 / 25;
    const Vec reduction =
        min(set(1.0), max(set(0.0), set(pursued) * x[sector.demand_reduction]));
    return x[sector.w_activity + static_cast<Row>(t)] * (set(1.0) - reduction) *
           response;
}

/// Steps 1 and 7: demand and capacity of t + 1, and what growth allows.
inline void look_ahead(const Plan& plan, Year& y, Lanes x, const Stage& start)
{
    for (std::uint32_t s = 0; s < plan.sectors.size; ++s) {
        const SectorPlan& sector = plan.sectors[s];
        Vec mean = set(0.0), carbon = set(0.0);
        for (std::uint32_t j = 0; j < sector.n_technologies; ++j) {
            const std::uint32_t i = sector.first_technology + j;
            const Vec share = x[plan.technologies[i].w_share];
            mean = fma(share, start.cost[i], mean);
            carbon = fma(share, y.carbon_cost[i], carbon);
        }
        // both means must be positive: the logarithm of a ratio of unlike
        // signs is NaN, of two negative ones would not be
        const Vec ratio = mean / (mean - carbon);
        const Vec response =
            exp(x[sector.elasticity] *
                log(select(set(0.0) < mean, ratio, set(-1.0))));
        x.set(sector.w_response, response);
        const Vec demand = x[sector.w_demand];
        const Vec next = demand_in(plan, y, s, y.t + 1, response, x);
        y.demand_next[s] = next;
        y.capacity[s] = capacity_for(sector, plan, y.t, demand, x);
        y.capacity_next[s] = capacity_for(sector, plan, y.t + 1, next, x);
        y.capacity_change[s] = y.capacity_next[s] - y.capacity[s];
        const Vec growth =
            max(set(0.0), log(y.capacity_next[s] / y.capacity[s]));
        y.turnover_floor[s] = x[sector.w_retirement] + growth;
    }
}

/// Step 7, after the integration, and step 8: from S of Runge-Kutta to S(t+1).
inline void constrain(
    const Plan& plan, const Year& y, Lanes x, Vec* share, Vec* binds)
{
    for (const SectorPlan& sector : plan.sectors) {
        Vec* first = share + sector.first_technology;
        normalise(first, sector.n_technologies);
        plant_seeds(plan, y, sector, x, first);
        keep_floors(plan, y, sector, x, first);
    }
    keep_bounds(plan, y, share);
    keep_limits(plan, y, x, share, binds);
}

/// Experience follows what was really built: Y_c(t+1).
inline void correct_experience(const Plan& plan,
                               const Year& y,
                               Lanes x,
                               const Vec* integrated,
                               const Vec* share,
                               Vec* added)
{
    for (std::uint32_t s = 0; s < plan.sectors.size; ++s) {
        const SectorPlan& sector = plan.sectors[s];
        for (std::uint32_t j = 0; j < sector.n_technologies; ++j) {
            const std::uint32_t i = sector.first_technology + j;
            gain_experience(plan,
                            y,
                            plan.technologies[i],
                            x[sector.w_efficiency],
                            x,
                            y.capacity_next[s] * (share[i] - integrated[i]),
                            added);
        }
    }
    for (std::uint32_t c = 0; c < plan.components.size; ++c) {
        added[c] = max(y.added_at_start[c], added[c]);
    }
}

inline void set_year(const Plan& plan, Year& y, Lanes x)
{
    set_prices(plan, y, x);
    set_costs(plan, y, x);
    set_experience(plan, y, x);
    y.form_weight = x[plan.form_weight];
    y.any_replicator = any(!(y.form_weight == set(0.0)));
    y.any_vintage = any(!(y.form_weight == set(1.0)));
}

/// Start a scenario: states of the first year, levers, choice scale.
inline void begin_lanes(const Plan& plan, std::uint32_t scenario_index, Lanes x)
{
    const ScenarioPlan& scenario = plan.scenarios[scenario_index];
    const Vec zero = set(0.0);
    const Vec one = set(1.0);
    for (const SectorPlan& sector : plan.sectors) {
        x.set(sector.w_efficiency, one);
        x.set(sector.w_response, one);
        x.set(sector.w_retirement,
              x[sector.early_retirement] * set(scenario.retirement_factor));
    }
    for (const TechnologyPlan& t : plan.technologies) {
        const bool newcomer = t.seed_share != no_row;
        x.set(t.w_share, x[t.share_2020]);
        x.set(t.w_rate,
              newcomer ? x[t.diffusion_rate] * set(scenario.adoption_factor)
                       : x[t.diffusion_rate]);
        x.set(t.w_seed,
              newcomer ? x[t.seed_share] * set(scenario.seed_factor) : zero);
    }
    for (const ComponentPlan& c : plan.components) {
        x.set(c.w_added, zero);
    }
    Year y;
    y.t = 0;
    y.scenario = scenario_index;
    set_year(plan, y, x);
    Stage stage;
    cost_out(plan, y, x, y.added_at_start, stage);
    const auto n_years = static_cast<std::size_t>(plan.n_years);
    for (std::uint32_t s = 0; s < plan.sectors.size; ++s) {
        const SectorPlan& sector = plan.sectors[s];
        x.set(sector.w_demand, demand_in(plan, y, s, 0, one, x));
        Vec mean = zero;
        for (std::uint32_t j = 0; j < sector.n_technologies; ++j) {
            const std::uint32_t i = sector.first_technology + j;
            const Vec bare = stage.cost[i] - y.carbon_cost[i] +
                             set(scenario.premium[i * n_years]);
            mean = fma(x[plan.technologies[i].w_share], bare, mean);
        }
        // sigma must be positive: NaN marks the sample otherwise
        const Vec sigma = x[sector.choice_spread] * mean;
        const Vec beta = set(1.768 / 1.4142135623730951) / sigma;
        x.set(sector.w_beta, select(zero < sigma, beta, zero / zero));
    }
}

/// Outputs of year t, and the states of t + 1.
inline void year_lanes(const Plan& plan,
                       std::uint32_t scenario,
                       std::size_t t,
                       Lanes x,
                       const Outputs& out)
{
    Year y;
    y.t = t;
    y.scenario = scenario;
    set_year(plan, y, x);
    Stage start;
    cost_out(plan, y, x, y.added_at_start, start);
    account_emissions(plan, y, x, out);
    account_climate(plan, y, x, out);
    account_stocks(plan, y, x, start, out);
    if (t + 1 == static_cast<std::size_t>(plan.n_years)) {
        return;
    }
    look_ahead(plan, y, x, start);
    Vec share[max_technologies], integrated[max_technologies];
    Vec added[max_components];
    Vec binds[max_resources];
    for (std::uint32_t i = 0; i < plan.n_technologies; ++i) {
        share[i] = x[plan.technologies[i].w_share];
    }
    for (std::uint32_t c = 0; c < plan.components.size; ++c) {
        added[c] = y.added_at_start[c];
    }
    integrate(plan, y, x, share, added, start);
    for (std::uint32_t i = 0; i < plan.n_technologies; ++i) {
        integrated[i] = share[i];
    }
    constrain(plan, y, x, share, binds);
    account_flows(plan, y, x, start, share, binds, out);
    correct_experience(plan, y, x, integrated, share, added);

    for (std::uint32_t i = 0; i < plan.n_technologies; ++i) {
        x.set(plan.technologies[i].w_share, share[i]);
    }
    for (std::uint32_t c = 0; c < plan.components.size; ++c) {
        x.set(plan.components[c].w_added, added[c]);
    }
    for (std::uint32_t s = 0; s < plan.sectors.size; ++s) {
        const SectorPlan& sector = plan.sectors[s];
        const Vec efficiency = x[sector.w_efficiency];
        x.set(sector.w_demand, y.demand_next[s]);
        x.set(sector.w_efficiency,
              fnma(efficiency, x[sector.efficiency_improvement], efficiency));
    }
}

/// The block of the workspace that holds a lane of the tile.
HEPTA_INLINE Lanes block_of(const Plan& plan,
                            double* workspace,
                            std::size_t lane)
{
    const std::size_t block = lane / block_lanes;
    return {
        {workspace + block * plan.n_rows * block_lanes + lane % block_lanes}};
}

}  // namespace

void prepare(const Plan& plan, const double* inputs, double* workspace)
{
    for (std::size_t lane = 0; lane < tile_lanes; lane += width) {
        const Lanes x = block_of(plan, workspace, lane);
        for (std::size_t row = 0; row < plan.n_inputs; ++row) {
            x.set(row, load(inputs + row * tile_lanes + lane));
        }
        prepare_lanes(plan, x);
    }
}

void begin(const Plan& plan, std::uint32_t scenario, double* workspace)
{
    for (std::size_t lane = 0; lane < tile_lanes; lane += width) {
        begin_lanes(plan, scenario, block_of(plan, workspace, lane));
    }
}

void advance(const Plan& plan,
             std::uint32_t scenario,
             std::size_t t,
             double* workspace,
             double* outputs)
{
    for (std::size_t lane = 0; lane < tile_lanes; lane += width) {
        year_lanes(plan,
                   scenario,
                   t,
                   block_of(plan, workspace, lane),
                   Outputs{TileRows{outputs + lane}, plan.layout});
    }
}

}  // namespace HEPTA_ISA
}  // namespace hepta::model
