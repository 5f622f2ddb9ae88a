#include "reference/integrate.hpp"

#include "reference/choice.hpp"
#include "reference/learning.hpp"
#include "reference/runge_kutta.hpp"
#include "reference/shares.hpp"

#include <algorithm>
#include <cmath>

namespace hepta::reference {

namespace {

/// What step 7 needs to know of a sector, but for its costs.
Dynamics dynamics(const World& world,
                  std::size_t sector,
                  int year,
                  const std::vector<double>& share,
                  const Growth& growth)
{
    const model::Sector& data = world.spec.sectors[sector];
    const double growth_per_yr = std::max(
        0.0, std::log(growth.next_capacity[sector] / growth.capacity[sector]));
    const double early_per_yr = world.sample(data.early_retirement_rate) *
                                world.scenario.retirement_factor;
    Dynamics result;
    for (std::size_t i = 0; i < data.technologies.size(); ++i) {
        const model::Technology& technology = data.technologies[i];
        double factor =
            is_newcomer(technology) ? world.scenario.adoption_factor : 1.0;
        const model::Acceleration& acceleration = world.spec.acceleration;
        if (acceleration.factor != model::no_row && is_newcomer(technology) &&
            share[i] >= world.sample(acceleration.threshold)) {
            factor *= world.sample(acceleration.factor);
        }
        result.adoption.push_back(world.sample(technology.diffusion_rate) *
                                  factor);
        double chances_per_yr =
            1.0 / world.sample(technology.lifetime) + early_per_yr;
        if (technology.investment_cycle != model::no_row) {
            chances_per_yr =
                std::max(chances_per_yr,
                         1.0 / world.sample(technology.investment_cycle));
        }
        result.turnover.push_back(chances_per_yr + growth_per_yr);
        result.ceiling.push_back(world.sample(technology.max_share));
        result.banned.push_back(is_banned(world, sector, i, year));
    }
    return result;
}

/// v replicator + (1 - v) vintage_logit
std::vector<double> share_rate(const World& world,
                               const Dynamics& sector,
                               const std::vector<double>& share)
{
    const double v = world.sample(world.spec.form_weight);
    const std::vector<double> first = replicator(sector, share);
    const std::vector<double> second = vintage_logit(sector, share);
    std::vector<double> rate;
    for (std::size_t i = 0; i < share.size(); ++i) {
        rate.push_back(v * first[i] + (1.0 - v) * second[i]);
    }
    return rate;
}

/// Capacity of converters per activity unit of a technology that uses
/// `energy_gj`, [carrier]; what a converter uses may be another one's output.
void add_converters(const World& world,
                    int year,
                    std::vector<double> energy_gj,
                    std::vector<double>& intensity)
{
    const std::vector<model::Converter>& converters = world.spec.converters;
    for (auto converter = converters.rbegin(); converter != converters.rend();
         ++converter) {
        const double output = energy_gj[converter->output_carrier];
        intensity[converter->component] +=
            output * converter_capacity(world, *converter, year);
        energy_gj[converter->input_carrier] +=
            output * converter_input(world, *converter, year);
    }
}

/// dY_c/dt: gross additions times component intensities.
std::vector<double> added_rate(const World& world,
                               const Growth& growth,
                               const Intensities& intensities,
                               const Table& share,
                               const Table& share_per_yr)
{
    std::vector<double> rate(world.spec.components.size(), 0.0);
    for (std::size_t s = 0; s < share.size(); ++s) {
        const double now = growth.capacity[s];
        const double grown = growth.next_capacity[s] - now;
        for (std::size_t i = 0; i < share[s].size(); ++i) {
            const double lifetime =
                world.sample(world.spec.sectors[s].technologies[i].lifetime);
            const double gross =
                std::max(0.0,
                         now * share_per_yr[s][i] + grown * share[s][i] +
                             now * share[s][i] / lifetime);
            rate = plus(rate, gross, intensities[s][i]);
        }
    }
    return rate;
}

}  // namespace

System plus(System state, double weight, const System& rate)
{
    for (std::size_t s = 0; s < state.share.size(); ++s) {
        state.share[s] = plus(state.share[s], weight, rate.share[s]);
    }
    state.added = plus(state.added, weight, rate.added);
    return state;
}

Intensities component_intensities(const World& world,
                                  int year,
                                  const FactorTable& factors)
{
    Intensities result;
    for (std::size_t s = 0; s < factors.size(); ++s) {
        Table& sector = result.emplace_back();
        for (std::size_t i = 0; i < factors[s].size(); ++i) {
            std::vector<double>& intensity =
                sector.emplace_back(world.spec.components.size(), 0.0);
            for (const model::ComponentUse& use :
                 world.spec.sectors[s].technologies[i].component_intensity) {
                intensity[use.component] += world.sample(use.amount);
            }
            add_converters(world, year, factors[s][i].energy_gj, intensity);
        }
    }
    return result;
}

System integrate_year(const World& world,
                      const State& state,
                      const Growth& growth,
                      const FactorTable& factors,
                      const Intensities& intensities,
                      const std::vector<double>& choice_scale)
{
    std::vector<Dynamics> sectors;
    for (std::size_t s = 0; s < state.share.size(); ++s) {
        sectors.push_back(
            dynamics(world, s, state.year, state.share[s], growth));
    }
    const auto rate = [&](const System& stage) {
        const std::vector<double> component_cost =
            component_costs(world, state.year, stage.added);
        const Table cost =
            levelised_costs(world,
                            state.year,
                            factors,
                            prices(world, state.year, component_cost),
                            component_cost);
        System per_yr;
        for (std::size_t s = 0; s < sectors.size(); ++s) {
            sectors[s].attraction = attractions(cost[s], choice_scale[s]);
            per_yr.share.push_back(
                share_rate(world, sectors[s], stage.share[s]));
        }
        per_yr.added =
            added_rate(world, growth, intensities, stage.share, per_yr.share);
        return per_yr;
    };

    System system{.share = state.share, .added = state.added};
    const int steps = world.spec.steps_per_year;
    for (int step = 0; step < steps; ++step) {
        system = runge_kutta_step(system, 1.0 / steps, rate);
    }
    return system;
}

}  // namespace hepta::reference
