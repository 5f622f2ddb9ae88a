#include "reference/learning.hpp"

#include "reference/paths.hpp"

#include <algorithm>
#include <cmath>

namespace hepta::reference {

namespace {

/// W_c(t): geometric from X_c0 to X_c0 + what the rest of the world adds.
double world_deployment(const World& world,
                        const model::Component& component,
                        int year)
{
    const double base = world.sample(component.cumulative);
    std::vector<Point> knots{{world.spec.first_year, base}};
    for (const Point& point :
         points(component.exogenous_cumulative, world.sample)) {
        knots.push_back({point.year, base + point.value});
    }
    return geometric(knots, year);
}

}  // namespace

std::vector<double> learning_noise(const World& world,
                                   const model::Component& component)
{
    const double rho = world.sample(world.spec.learning_noise_rho);
    const double psi = world.sample(world.spec.learning_noise_persistence);
    const double sd =
        world.sample(component.noise_sd) / std::sqrt(1.0 + rho * rho);
    std::vector<double> noise{0.0};
    double last_shock = 0.0;
    for (const model::Row innovation : component.innovation) {
        const double shock = sd * world.sample(innovation);
        noise.push_back(psi * noise.back() + shock + rho * last_shock);
        last_shock = shock;
    }
    return noise;
}

std::vector<double> experience(const World& world,
                               int year,
                               const std::vector<double>& added)
{
    std::vector<double> result;
    for (std::size_t c = 0; c < world.spec.components.size(); ++c) {
        result.push_back(
            world_deployment(world, world.spec.components[c], year) + added[c]);
    }
    return result;
}

std::vector<double> component_costs(const World& world,
                                    int year,
                                    const std::vector<double>& added)
{
    const std::vector<double> cumulative = experience(world, year, added);
    std::vector<double> result;
    for (std::size_t c = 0; c < world.spec.components.size(); ++c) {
        const model::Component& component = world.spec.components[c];
        const double omega =
            -std::log2(1.0 - world.sample(component.learning_rate));
        const double learnt =
            std::pow(cumulative[c] / world.sample(component.cumulative),
                     -omega) *
            std::exp(world.learning_noise[c][world.index(year)]);
        result.push_back(
            std::max(world.sample(component.cost_floor_fraction), learnt));
    }
    return result;
}

}  // namespace hepta::reference
