#include "reference/world.hpp"

#include "reference/demand.hpp"
#include "reference/learning.hpp"
#include "reference/prices.hpp"

#include <cmath>
#include <numeric>

namespace hepta::reference {

double sum(const std::vector<double>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0);
}

World make_world(const model::Spec& spec,
                 std::size_t scenario_index,
                 const std::vector<double>& input)
{
    World world{.spec = spec,
                .scenario = spec.scenarios.at(scenario_index),
                .scenario_index = scenario_index,
                .sample = Sample(input)};
    for (const model::Sector& sector : spec.sectors) {
        world.activity_noise.push_back(activity_noise(world, sector));
    }
    for (const model::Driver& driver : spec.drivers) {
        world.driver_noise.push_back(driver_noise(world, driver));
    }
    for (const model::Component& component : spec.components) {
        world.learning_noise.push_back(learning_noise(world, component));
    }
    return world;
}

std::size_t first_technology(const model::Spec& spec, std::size_t sector)
{
    std::size_t first = 0;
    for (std::size_t s = 0; s < sector; ++s) {
        first += spec.sectors[s].technologies.size();
    }
    return first;
}

bool is_banned(const World& world,
               std::size_t sector,
               std::size_t technology,
               int year)
{
    const std::size_t i = first_technology(world.spec, sector) + technology;
    return year >= world.scenario.end_of_new_builds.at(i);
}

bool is_newcomer(const model::Technology& technology)
{
    return technology.seed_share != model::no_row;
}

int rounded_year(double year)
{
    return static_cast<int>(std::floor(year + 0.5));
}

}  // namespace hepta::reference
