#include "reference/limits.hpp"

#include "reference/paths.hpp"

#include <algorithm>
#include <functional>

namespace hepta::reference {

namespace {

/// Resource units per functional unit of one technology.
double coefficient(const World& world,
                   const model::Technology& technology,
                   const Factors& factors,
                   std::size_t resource)
{
    const model::Resource& data = world.spec.resources[resource];
    double amount = 0.0;
    switch (data.kind) {
        case model::Resource::Kind::carriers:
            for (const std::uint32_t k : data.carriers) {
                amount += factors.energy_gj[k];
            }
            break;
        case model::Resource::Kind::captured_co2:
            amount = factors.captured_t;
            break;
        case model::Resource::Kind::resource_input:
            for (const model::ResourceUse& use : technology.resource_input) {
                if (use.resource == resource) {
                    amount += world.sample(use.amount);
                }
            }
            break;
    }
    return amount;
}

/// rho_r, the part of the wanted growth that the limit leaves, in [0, 1].
std::vector<double> growth_left(const World& world,
                                const State& state,
                                const Table& wanted,
                                const std::vector<double>& next_demand,
                                const ResourceTable& coefficients)
{
    std::vector<double> left;
    for (std::size_t r = 0; r < world.spec.resources.size(); ++r) {
        double kept_use = 0.0, growth = 0.0;
        for (std::size_t s = 0; s < wanted.size(); ++s) {
            for (std::size_t i = 0; i < wanted[s].size(); ++i) {
                const double before = state.demand[s] * state.share[s][i];
                const double after = next_demand[s] * wanted[s][i];
                kept_use += coefficients[s][i][r] * std::min(before, after);
                growth += coefficients[s][i][r] * std::max(0.0, after - before);
            }
        }
        const model::Resource& resource = world.spec.resources[r];
        const double limit =
            linear(points(resource.limit, world.sample), state.year + 1) *
            resource.limit_factor;
        left.push_back(
            growth == 0.0
                ? 1.0
                : std::clamp((std::max(limit, kept_use) - kept_use) / growth,
                             0.0,
                             1.0));
    }
    return left;
}

/// Add `amount` to the shares of a sector, in proportion to `weight`; false
/// if nobody has any weight.
bool give(std::vector<double>& share,
          const std::vector<double>& weight,
          double amount)
{
    const double all = sum(weight);
    if (all <= 0.0) {
        return false;
    }
    for (std::size_t i = 0; i < share.size(); ++i) {
        share[i] += amount * weight[i] / all;
    }
    return true;
}

/// Hand on what the users of limited resources gave up, first to what fell in
/// this step, then to those that can take any amount.
/// \param yielded  share given up, [technology]
void redistribute(const World& world,
                  std::size_t sector,
                  int next_year,
                  const std::vector<double>& before,
                  const std::vector<double>& wanted,
                  const std::vector<bool>& is_user,
                  const std::vector<double>& yielded,
                  std::vector<double>& share)
{
    const auto weights = [&](const std::function<double(std::size_t)>& weight) {
        std::vector<double> result(share.size(), 0.0);
        for (std::size_t i = 0; i < share.size(); ++i) {
            result[i] = is_user[i] ? 0.0 : weight(i);
        }
        return result;
    };
    const std::vector<double> loss = weights(
        [&](std::size_t i) { return std::max(0.0, before[i] - wanted[i]); });
    const double first = std::min(sum(yielded), sum(loss));
    give(share, loss, first);

    const double rest = sum(yielded) - first;
    const auto has_ceiling = [&](std::size_t i) {
        const model::Technology& technology =
            world.spec.sectors[sector].technologies[i];
        return world.sample(technology.max_share) < 1.0;
    };
    const auto free_and_open = weights([&](std::size_t i) {
        const bool banned = is_banned(world, sector, i, next_year);
        return banned || has_ceiling(i) ? 0.0 : wanted[i];
    });
    const auto free = weights(
        [&](std::size_t i) { return has_ceiling(i) ? 0.0 : wanted[i]; });
    const auto any = weights([&](std::size_t i) { return wanted[i]; });
    // A sector of users alone keeps its shares: they must sum to 1.
    if (rest > 0.0 && !give(share, free_and_open, rest) &&
        !give(share, free, rest) && !give(share, any, rest)) {
        give(share, yielded, rest);
    }
}

/// Growth of one sector scaled by the smallest rho of what it uses.
std::vector<double> limited_sector(const World& world,
                                   std::size_t sector,
                                   const State& state,
                                   const std::vector<double>& wanted,
                                   double next_demand,
                                   const Table& coefficients,
                                   const std::vector<double>& left)
{
    const std::vector<double>& before = state.share[sector];
    std::vector<double> share = wanted, yielded(share.size(), 0.0);
    std::vector<bool> is_user(share.size(), false);
    for (std::size_t i = 0; i < share.size(); ++i) {
        double smallest = 1.0;
        for (std::size_t r = 0; r < left.size(); ++r) {
            if (coefficients[i][r] > 0.0) {
                is_user[i] = true;
                smallest = std::min(smallest, left[r]);
            }
        }
        const double activity = state.demand[sector] * before[i];
        const double growth = next_demand * wanted[i] - activity;
        if (growth > 0.0 && smallest < 1.0) {
            share[i] = (activity + smallest * growth) / next_demand;
            yielded[i] = wanted[i] - share[i];
        }
    }
    redistribute(
        world, sector, state.year + 1, before, wanted, is_user, yielded, share);
    return share;
}

}  // namespace

ResourceTable resource_coefficients(const World& world,
                                    const FactorTable& factors)
{
    ResourceTable table;
    for (std::size_t s = 0; s < factors.size(); ++s) {
        Table& sector = table.emplace_back();
        for (std::size_t i = 0; i < factors[s].size(); ++i) {
            std::vector<double>& row = sector.emplace_back();
            for (std::size_t r = 0; r < world.spec.resources.size(); ++r) {
                row.push_back(coefficient(world,
                                          world.spec.sectors[s].technologies[i],
                                          factors[s][i],
                                          r));
            }
        }
    }
    return table;
}

Limited limited(const World& world,
                const State& state,
                const Table& wanted,
                const std::vector<double>& next_demand)
{
    const ResourceTable coefficients =
        resource_coefficients(world, emission_factors(world, state.year + 1));
    const std::vector<double> left =
        growth_left(world, state, wanted, next_demand, coefficients);
    Limited result;
    for (const double rho : left) {
        result.binds.push_back(rho < 1.0);
    }
    for (std::size_t s = 0; s < wanted.size(); ++s) {
        result.share.push_back(limited_sector(
            world, s, state, wanted[s], next_demand[s], coefficients[s], left));
    }
    return result;
}

}  // namespace hepta::reference
