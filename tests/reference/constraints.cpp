#include "reference/constraints.hpp"

#include "reference/paths.hpp"

#include <algorithm>

namespace hepta::reference {

namespace {

constexpr int seed_years = 3;

/// Thirds of a seed that are due by `year`, 0 to 3.
int thirds_due(const World& world,
               const model::Technology& technology,
               int year)
{
    const int available =
        std::max(world.spec.first_year + 1,
                 rounded_year(world.sample(technology.availability_year)));
    return std::clamp(year - available + 1, 0, seed_years);
}

/// True in the three years in which a third falls due.
bool is_seed_year(const World& world,
                  const model::Technology& technology,
                  int year)
{
    return thirds_due(world, technology, year) >
           thirds_due(world, technology, year - 1);
}

bool has_base_share(const World& world, const model::Technology& technology)
{
    return world.sample(technology.share_2020) > 0.0;
}

/// A third of the seed, as the scenario scales it.
double third_of_seed(const World& world, const model::Technology& technology)
{
    return world.sample(technology.seed_share) * world.scenario.seed_factor /
           seed_years;
}

/// Committed share by `year`, at most the ceiling.
double floor_of(const World& world,
                const model::Technology& technology,
                int year)
{
    const double committed = has_base_share(world, technology)
                                 ? world.sample(technology.seed_share)
                                 : third_of_seed(world, technology) *
                                       thirds_due(world, technology, year);
    return std::min(world.sample(technology.max_share), committed);
}

/// Bring the summed share of a group to `target`: pro rata inside the group,
/// equally if all its members are zero, and pro rata outside.
void set_group_share(std::vector<double>& share,
                     const std::vector<bool>& member,
                     double target)
{
    double inside = 0.0, outside = 0.0, n_members = 0.0;
    for (std::size_t i = 0; i < share.size(); ++i) {
        (member[i] ? inside : outside) += share[i];
        n_members += member[i] ? 1.0 : 0.0;
    }
    if (outside <= 0.0 && target < inside) {
        return;  // nobody can take the excess
    }
    for (std::size_t i = 0; i < share.size(); ++i) {
        if (!member[i]) {
            share[i] *= outside > 0.0 ? (1.0 - target) / outside : 0.0;
        } else if (inside > 0.0) {
            share[i] *= target / inside;
        } else {
            share[i] = target / n_members;
        }
    }
}

}  // namespace

std::vector<double> normalised(std::vector<double> share)
{
    for (double& s : share) {
        s = std::max(s, 0.0);
    }
    const double total = sum(share);
    for (double& s : share) {
        s /= total;
    }
    return share;
}

std::vector<double> seeded(const World& world,
                           std::size_t sector,
                           int next_year,
                           std::vector<double> share)
{
    const auto& technologies = world.spec.sectors[sector].technologies;
    std::vector<double> seed(share.size(), 0.0);
    for (std::size_t i = 0; i < share.size(); ++i) {
        const model::Technology& technology = technologies[i];
        if (is_newcomer(technology) && !has_base_share(world, technology) &&
            !is_banned(world, sector, i, next_year) &&
            is_seed_year(world, technology, next_year)) {
            const double room =
                std::max(0.0, world.sample(technology.max_share) - share[i]);
            seed[i] = std::min(third_of_seed(world, technology), room);
        }
    }
    const double kept = 1.0 - sum(seed);
    for (std::size_t i = 0; i < share.size(); ++i) {
        share[i] = share[i] * kept + seed[i];
    }
    return share;
}

std::vector<double> floored(const World& world,
                            std::size_t sector,
                            int next_year,
                            std::vector<double> share)
{
    const auto& technologies = world.spec.sectors[sector].technologies;
    std::vector<double> floor(share.size(), 0.0), above(share.size());
    double missing = 0.0;
    for (std::size_t i = 0; i < share.size(); ++i) {
        if (is_newcomer(technologies[i]) &&
            !is_banned(world, sector, i, next_year)) {
            floor[i] = floor_of(world, technologies[i], next_year);
        }
        above[i] = std::max(0.0, share[i] - floor[i]);
        missing += std::max(0.0, floor[i] - share[i]);
    }
    const double all_above = sum(above);
    if (missing <= 0.0) {
        return share;
    }
    for (std::size_t i = 0; i < share.size(); ++i) {
        share[i] =
            std::max(share[i], floor[i]) - missing * above[i] / all_above;
    }
    return share;
}

std::vector<double> mandated(const World& world,
                             std::size_t sector,
                             int next_year,
                             std::vector<double> share)
{
    const auto apply = [&](const std::vector<model::ShareBound>& bounds,
                           auto violates) {
        for (const model::ShareBound& bound : bounds) {
            if (bound.sector != sector) {
                continue;
            }
            std::vector<bool> member(share.size(), false);
            double group = 0.0;
            for (const std::uint32_t i : bound.technologies) {
                member[i] = true;
                group += share[i];
            }
            const double level = lever(bound.share, next_year, group) *
                                 factor(bound.scale, world.sample);
            if (violates(group, level)) {
                set_group_share(share, member, level);
            }
        }
    };
    apply(world.scenario.minimum_share,
          [](double group, double least) { return group < least; });
    apply(world.scenario.maximum_share,
          [](double group, double most) { return group > most; });
    return share;
}

}  // namespace hepta::reference
