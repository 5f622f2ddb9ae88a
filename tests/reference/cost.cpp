#include "reference/cost.hpp"

#include "reference/paths.hpp"

#include <cmath>

namespace hepta::reference {

namespace {

/// q_ik(t) = q_ik0 (1 - eta_s)^(t - t0), [carrier].
std::vector<double> energy_use(const World& world,
                               const model::Sector& sector,
                               const model::Technology& technology,
                               int year)
{
    const double efficiency =
        std::pow(1.0 - world.sample(sector.efficiency_improvement),
                 year - world.spec.first_year);
    std::vector<double> use(world.spec.carriers.size(), 0.0);
    for (const model::CarrierUse& input : technology.energy_input) {
        use[input.carrier] += world.sample(input.amount_gj) * efficiency;
    }
    return use;
}

/// Step 5.
Factors factors_of(const World& world,
                   const model::Sector& sector,
                   const model::Technology& technology,
                   int year)
{
    const Sample& sample = world.sample;
    const double intensity = grid_intensity(world, year);
    Factors factors;
    factors.energy_gj = energy_use(world, sector, technology, year);
    double gross = sample(technology.process_ghg);
    factors.scope3_t = sample(technology.upstream_ghg, 0.0);
    for (std::size_t k = 0; k < world.spec.carriers.size(); ++k) {
        const model::Carrier& carrier = world.spec.carriers[k];
        const double use = factors.energy_gj[k];
        gross += use * sample(carrier.ef_direct);
        factors.scope2_t += use * sample(carrier.grid_fraction) * intensity;
        factors.scope3_t += use * sample(carrier.ef_upstream);
    }
    factors.captured_t = sample(technology.capture_rate) * gross;
    factors.scope1_t = gross - factors.captured_t;
    return factors;
}

}  // namespace

FactorTable emission_factors(const World& world, int year)
{
    FactorTable table;
    for (const model::Sector& sector : world.spec.sectors) {
        std::vector<Factors>& row = table.emplace_back();
        for (const model::Technology& technology : sector.technologies) {
            row.push_back(factors_of(world, sector, technology, year));
        }
    }
    return table;
}

double capex(const World& world,
             const model::Technology& technology,
             const std::vector<double>& component_cost)
{
    double share = 0.0, learnt = 0.0;
    for (const model::ComponentUse& part : technology.capex_component_share) {
        const double y = world.sample(part.amount);
        share += y;
        learnt += y * component_cost[part.component];
    }
    return world.sample(technology.capex_2020) * ((1.0 - share) + learnt);
}

double carbon_cost(const World& world,
                   std::size_t sector,
                   int year,
                   const Factors& factors,
                   const Prices& prices)
{
    const double cover =
        lever(world.scenario.carbon_cover.at(sector), year, 1.0);
    return prices.carbon * cover * (factors.scope1_t + factors.scope2_t);
}

double premium(const World& world,
               std::size_t sector,
               std::size_t technology,
               int year)
{
    const std::size_t i = first_technology(world.spec, sector) + technology;
    const double usd = lever(world.scenario.premium.at(i), year, 0.0);
    const auto& scales = world.scenario.premium_scale;
    return scales.empty() ? usd : usd * factor(scales.at(i), world.sample);
}

Table levelised_costs(const World& world,
                      int year,
                      const FactorTable& factors,
                      const Prices& prices,
                      const std::vector<double>& component_cost)
{
    const Sample& sample = world.sample;
    Table costs;
    for (std::size_t s = 0; s < world.spec.sectors.size(); ++s) {
        const model::Sector& sector = world.spec.sectors[s];
        std::vector<double>& row = costs.emplace_back();
        for (std::size_t i = 0; i < sector.technologies.size(); ++i) {
            const model::Technology& technology = sector.technologies[i];
            const Factors& of_i = factors[s][i];
            double cost = capital_recovery(sample(sector.discount_rate_real),
                                           sample(technology.lifetime)) *
                              capex(world, technology, component_cost) +
                          sample(technology.opex_non_energy) +
                          sample(technology.feedstock_cost);
            for (std::size_t k = 0; k < of_i.energy_gj.size(); ++k) {
                cost += of_i.energy_gj[k] * prices.carrier[k];
            }
            cost +=
                of_i.captured_t * prices.co2_storage +
                sample(technology.co2_feedstock, 0.0) * prices.co2_feedstock +
                carbon_cost(world, s, year, of_i, prices) -
                premium(world, s, i, year);
            row.push_back(cost);
        }
    }
    return costs;
}

}  // namespace hepta::reference
