/// \file
/// The year loop over the kernels, one pair of registers of samples at a time.
#include "kernel/accounts.hpp"
#include "kernel/constraints.hpp"
#include "kernel/differences.hpp"
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

/// Step 1: f_s, the response of demand to the carbon cost within the mean cost.
inline void respond(const Plan& plan, const Year& y, Lanes x, Vec* response)
{
    Vec ratio[max_sectors];
    for (std::uint32_t s = 0; s < plan.sectors.size; ++s) {
        const Vec mean = y.mean[s].cost;
        // both means must be positive: the logarithm of a ratio of unlike
        // signs is NaN, of two negative ones would not be
        ratio[s] = select(
            set(0.0) < mean, mean / (mean - y.mean[s].carbon), set(-1.0));
    }
    for (std::uint32_t s = 0; s < plan.sectors.size; ++s) {
        response[s] =
            exp_within(x[plan.sectors[s].elasticity] * log_inline(ratio[s]));
    }
}

/// Step 7: alpha_i, faster where a newcomer has passed the threshold.
HEPTA_INLINE Vec diffusion_rate(const Plan& plan,
                                const TechnologyPlan& t,
                                Lanes x)
{
    const Lanes w = x.from(t.rows);
    const Vec rate = w[w_rate];
    if (plan.acceleration.factor == no_row || t.seed_share == no_row) {
        return rate;
    }
    return select(w[w_share] < x[plan.acceleration.threshold],
                  rate,
                  rate * x[plan.acceleration.factor]);
}

/// Steps 1 and 7: demand and capacity of t + 1, and what growth allows.
inline void look_ahead(const Plan& plan, Year& y, Lanes x)
{
    Vec response[max_sectors];
    respond(plan, y, x, response);
    // 0, or NaN where a sector's mean cost is not positive: no share of the
    // sample has a meaning then. Were only that sector's NaN, what others make
    // of it would depend on what is computed for the neighbours' sake.
    Vec unanswered = set(0.0);
    for (std::uint32_t s = 0; s < plan.sectors.size; ++s) {
        const SectorPlan& sector = plan.sectors[s];
        const Vec beta = x[sector.w_beta];
        unanswered += (response[s] - response[s]) + (beta - beta);
        const Vec next = demand_in(plan, y, s, y.t + 1, response[s], x);
        y.demand_next[s] = next;
        y.capacity[s] = capacity_for(sector, plan, y.t, x[sector.w_demand], x);
        y.capacity_next[s] = capacity_for(sector, plan, y.t + 1, next, x);
    }
    for (std::uint32_t s = 0; s < plan.sectors.size; ++s) {
        const SectorPlan& sector = plan.sectors[s];
        const Vec capacity = y.capacity[s];
        const Vec change = y.capacity_next[s] - capacity;
        const Vec growth =
            log_inline(max(set(1.0), y.capacity_next[s] / capacity));
        const Vec turnover_floor = x[sector.w_retirement] + growth + unanswered;
        const Vec retained = fnma(capacity, turnover_floor, change);
        const std::uint32_t end =
            sector.first_technology + sector.n_technologies;
        for (std::uint32_t i = sector.first_technology; i < end; ++i) {
            const TechnologyPlan& t = plan.technologies[i];
            const Lanes w = x.from(t.rows);
            TechnologyYear& technology = y.technology[i];
            technology.rate = diffusion_rate(plan, t, x);
            technology.inverse_ceiling = w[w_inverse_ceiling];
            technology.turnover = w[w_inverse_life] + turnover_floor;
            technology.replaced = fma(capacity, technology.turnover, retained);
            if (t.investment_cycle != no_row) {
                const Vec chances =
                    max(w[w_inverse_life] + x[sector.w_retirement],
                        set(1.0) / x[t.investment_cycle]);
                technology.turnover = chances + growth + unanswered;
            }
        }
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
    keep_bounds(plan, y, x, share);
    keep_limits(plan, y, x, share, binds);
}

/// Experience follows what was really built: Y_c(t+1), where `share` is what
/// the constraints left of the integrated one.
inline void correct_experience(const Plan& plan,
                               const Year& y,
                               const Vec* share,
                               Integration& state)
{
    for (std::uint32_t s = 0; s < plan.sectors.size; ++s) {
        const SectorPlan& sector = plan.sectors[s];
        for (std::uint32_t j = 0; j < sector.n_technologies; ++j) {
            const std::uint32_t i = sector.first_technology + j;
            state.growth[i] =
                y.capacity_next[s] * (share[i] - state.share[i].end);
        }
    }
    for (std::uint32_t c = 0; c < plan.components.size; ++c) {
        Vec& added = state.added[c].end;
        added = max(y.added_at_start[c],
                    added + experience_gain(plan, y, c, state.growth));
    }
}

/// What the technologies of a year have in common; `start` is its learning.
inline void set_year(const Plan& plan, Year& y, Lanes x, Learning& start)
{
    set_prices(plan, y, x);
    set_experience(plan, y, x);
    learn_at_start(plan, y, start);
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
        x.set(sector.w_retirement,
              x[sector.early_retirement] * set(scenario.retirement_factor));
    }
    for (const TechnologyPlan& t : plan.technologies) {
        const bool newcomer = t.seed_share != no_row;
        const Lanes w = x.from(t.rows);
        w.set(w_share, x[t.share_2020]);
        w.set(w_rate,
              newcomer ? x[t.diffusion_rate] * set(scenario.adoption_factor)
                       : x[t.diffusion_rate]);
        w.set(w_seed,
              newcomer ? x[t.seed_share] * set(scenario.seed_factor) : zero);
    }
    for (const ComponentPlan& c : plan.components) {
        x.set(c.w_added, zero);
    }
    for (std::uint32_t k = 0; k <= plan.carriers.size; ++k) {
        x.set(plan.w_invested + k, zero);
    }
    Year y;
    y.t = 0;
    y.scenario = scenario_index;
    Learning learning;
    set_year(plan, y, x, learning);
    for (std::uint32_t s = 0; s < plan.sectors.size; ++s) {
        const SectorPlan& sector = plan.sectors[s];
        x.set(sector.w_demand, demand_in(plan, y, s, 0, one, x));
        Vec mean = zero;
        const auto add =
            [&](std::uint32_t i, const TechnologyPlan&, const StartCost& cost) {
                const Vec bare =
                    cost.levelised - cost.carbon + premium_of(plan, y, i, x);
                mean = fma(cost.share, bare, mean);
            };
        set_sector_costs(plan, y, s, x, learning, add);
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
    Learning start;
    set_year(plan, y, x, start);
    Stocks stocks;
    account_technologies(plan, y, x, start, stocks, out);
    account_emissions(plan, y, x, out);
    account_climate(plan, y, x, out);
    account_differences(plan, y, x, out);
    account_stocks(plan, y, x, start, stocks, out);
    if (t + 1 == static_cast<std::size_t>(plan.n_years)) {
        return;
    }
    look_ahead(plan, y, x);
    Integration state;
    for (std::uint32_t i = 0; i < plan.n_technologies; ++i) {
        state.share[i].end = x[plan.technologies[i].rows + w_share];
    }
    for (std::uint32_t c = 0; c < plan.components.size; ++c) {
        state.added[c].end = y.added_at_start[c];
    }
    integrate(plan, y, x, start, state);
    Vec share[max_technologies];
    Vec binds[max_resources];
    for (std::uint32_t i = 0; i < plan.n_technologies; ++i) {
        share[i] = state.share[i].end;
    }
    constrain(plan, y, x, share, binds);
    account_flows(plan, y, x, start, share, binds, out);
    correct_experience(plan, y, share, state);

    for (std::uint32_t i = 0; i < plan.n_technologies; ++i) {
        x.set(plan.technologies[i].rows + w_share, share[i]);
    }
    for (std::uint32_t c = 0; c < plan.components.size; ++c) {
        x.set(plan.components[c].w_added, state.added[c].end);
    }
    for (std::uint32_t s = 0; s < plan.sectors.size; ++s) {
        const SectorPlan& sector = plan.sectors[s];
        const Vec efficiency = x[sector.w_efficiency];
        x.set(sector.w_demand, y.demand_next[s]);
        x.set(sector.w_efficiency,
              fnma(efficiency, x[sector.efficiency_improvement], efficiency));
    }
}

/// The block of the workspace that begins with a lane of the tile.
HEPTA_INLINE Lanes block_of(const Plan& plan,
                            double* workspace,
                            std::size_t lane)
{
    return {{workspace + lane * plan.n_rows}};
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
