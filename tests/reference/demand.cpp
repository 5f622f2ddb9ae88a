#include "reference/demand.hpp"

#include "hepta/core/error.hpp"
#include "reference/paths.hpp"

#include <algorithm>
#include <cmath>

namespace hepta::reference {

namespace {

bool recovers(const model::Sector& sector)
{
    return sector.recovery_year != model::no_row;
}

/// path_s(t): through the value of 2019 in the recovery year.
double activity_path(const World& world, const model::Sector& sector, int year)
{
    std::vector<Point> knots = points(sector.activity, world.sample);
    if (recovers(sector)) {
        knots.insert(knots.begin() + 1,
                     {rounded_year(world.sample(sector.recovery_year)),
                      world.sample(sector.activity_2019)});
    }
    return geometric(knots, year);
}

/// m_s(t): material efficiency, circularity, logistics.
double demand_reduction(const World& world, std::size_t sector, int year)
{
    const double full =
        world.sample(world.spec.sectors[sector].demand_reduction_2050);
    const double reduction = world.scenario.demand_reduction.at(sector) * full *
                             (year - 2025) / 25.0;
    return std::clamp(reduction, 0.0, 1.0);
}

}  // namespace

std::vector<double> activity_noise(const World& world,
                                   const model::Sector& sector)
{
    return autoregressive(world.sample(sector.activity_noise_phi),
                          world.sample(sector.activity_noise_sd),
                          world.sample,
                          sector.activity_innovation);
}

double demand(const World& world, std::size_t sector, int year, double response)
{
    const double noise = world.activity_noise[sector][world.index(year)];
    return activity_path(world, world.spec.sectors[sector], year) *
           (1.0 - demand_reduction(world, sector, year)) * std::exp(noise) *
           response;
}

double price_response(const World& world,
                      std::size_t sector,
                      double mean_cost,
                      double carbon_cost)
{
    const model::Sector& data = world.spec.sectors[sector];
    if (!(mean_cost > 0.0) || !(mean_cost - carbon_cost > 0.0)) {
        throw RunError(data.name + ": mean levelised cost is not positive");
    }
    return std::pow(mean_cost / (mean_cost - carbon_cost),
                    world.sample(data.demand_price_elasticity));
}

double capacity(const World& world, std::size_t sector, int year, double demand)
{
    const model::Sector& data = world.spec.sectors[sector];
    if (!recovers(data) ||
        year > rounded_year(world.sample(data.recovery_year))) {
        return demand;
    }
    return std::max(demand, world.sample(data.activity_2019));
}

double covid_factor(const World& world, std::size_t sector, int year)
{
    if (year != world.spec.first_year) {
        return 1.0;
    }
    return world.sample(world.spec.sectors[sector].covid_intensity_factor, 1.0);
}

}  // namespace hepta::reference
