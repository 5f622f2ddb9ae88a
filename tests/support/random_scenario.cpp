#include "support/random_draws.hpp"

namespace hepta::tests {

namespace {

model::LeverPath lever(Draws& draws,
                       const model::Spec& spec,
                       double low,
                       double high)
{
    return {
        {spec.first_year, draws.uniform(low, high)},
        {spec.last_year, draws.one_of({low, high, draws.uniform(low, high)})}};
}

/// On a random group of technologies of a random sector; where there is a free
/// technology it is never in the group, and the others cannot be all.
model::ShareBound bound(Draws& draws,
                        const model::Spec& spec,
                        bool is_minimum,
                        bool keep_first)
{
    model::ShareBound result;
    result.sector = draws.integer(0, spec.sectors.size() - 1);
    const std::size_t n = spec.sectors[result.sector].technologies.size();
    for (std::uint32_t i = keep_first ? 1 : 0; i < n; ++i) {
        if (draws.chance(0.5)) {
            result.technologies.push_back(i);
        }
    }
    const bool is_whole = is_minimum && !keep_first;
    result.share = lever(draws, spec, 0.0, is_whole ? 1.0 : 0.9);
    return result;
}

/// Two inputs between `low` and 1, now and then.
model::LeverScale scale(Draws& draws, double low)
{
    model::LeverScale result;
    if (draws.chance(0.3)) {
        result.first = draws.number(low, 1.0, {low, 1.0});
        result.second = draws.number(low, 1.0, {low, 1.0});
    }
    return result;
}

}  // namespace

void scale_levers(Draws& draws, model::Scenario& scenario)
{
    for (model::ShareBound& bound : scenario.minimum_share) {
        bound.scale = scale(draws, 0.0);
    }
    for (model::ShareBound& bound : scenario.maximum_share) {
        // a maximum of 0 leaves the sector to what may cost nothing but
        // carbon: the sign of the rest would be that of a rounding
        bound.scale = scale(draws, 0.2);
    }
    if (draws.chance(0.3)) {
        for (std::size_t i = 0; i < scenario.premium.size(); ++i) {
            scenario.premium_scale.push_back(scale(draws, 0.0));
        }
    }
}

model::Scenario random_scenario(Draws& draws,
                                const model::Spec& spec,
                                bool keep_first)
{
    model::Scenario scenario;
    scenario.name = "any";
    const bool all_banned = draws.chance(0.1);
    for (const model::Sector& sector : spec.sectors) {
        scenario.demand_reduction.push_back(draws.one_of({0.0, 0.5, 1.0}));
        scenario.carbon_cover.push_back(draws.chance(0.5)
                                            ? model::LeverPath{}
                                            : lever(draws, spec, 0.0, 1.0));
        scenario.fixed_block_path.push_back(draws.chance(0.5)
                                                ? model::LeverPath{}
                                                : lever(draws, spec, 0.0, 2.0));
        for (std::size_t i = 0; i < sector.technologies.size(); ++i) {
            const bool banned = all_banned || draws.chance(0.2);
            scenario.end_of_new_builds.push_back(
                banned
                    ? spec.first_year + static_cast<int>(draws.integer(0, 20))
                    : model::never);
            scenario.premium.push_back(draws.chance(0.8)
                                           ? model::LeverPath{}
                                           : lever(draws, spec, -10.0, 30.0));
        }
    }
    scenario.seed_factor = draws.one_of({0.0, 1.0, 1.5});
    scenario.adoption_factor = draws.one_of({0.0, 1.0, 3.0});
    scenario.retirement_factor = draws.one_of({0.0, 1.0, 2.0});
    for (auto* bounds : {&scenario.minimum_share, &scenario.maximum_share}) {
        for (std::uint32_t n = draws.integer(0, 2); n > 0; --n) {
            const auto made = bound(
                draws, spec, bounds == &scenario.minimum_share, keep_first);
            if (!made.technologies.empty()) {
                bounds->push_back(made);
            }
        }
    }
    return scenario;
}

}  // namespace hepta::tests
