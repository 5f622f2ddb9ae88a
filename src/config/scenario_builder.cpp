#include "model_builder.hpp"

#include <algorithm>

namespace hepta::config {
namespace {

/// Looks up what a scenario names; what is not part of the run has no index.
class Names
{
  public:
    explicit Names(const model::Spec& model)
    {
        for (const model::Sector& sector : model.sectors) {
            sectors_.push_back(sector.name);
            for (const model::Technology& technology : sector.technologies) {
                technologies_.push_back(technology.name);
            }
        }
    }

    [[nodiscard]] std::optional<std::uint32_t> sector(
        const std::string& name) const
    {
        return index(sectors_, name);
    }
    [[nodiscard]] std::optional<std::uint32_t> technology(
        const std::string& name) const
    {
        return index(technologies_, name);
    }
    [[nodiscard]] std::size_t n_sectors() const { return sectors_.size(); }
    [[nodiscard]] std::size_t n_technologies() const
    {
        return technologies_.size();
    }

  private:
    static std::optional<std::uint32_t> index(
        const std::vector<std::string>& names, const std::string& name)
    {
        const auto found = std::find(names.begin(), names.end(), name);
        return found == names.end() ? std::nullopt
                                    : std::optional(static_cast<std::uint32_t>(
                                          found - names.begin()));
    }

    std::vector<std::string> sectors_, technologies_;
};

std::vector<model::LeverPath> by_sector(const std::vector<LeverPathAt>& levers,
                                        const Names& names)
{
    std::vector<model::LeverPath> paths(names.n_sectors());
    for (const LeverPathAt& lever : levers) {
        if (const auto i = names.sector(lever.of.name)) {
            paths[*i] = lever.path;
        }
    }
    return paths;
}

std::vector<model::ShareBound> bounds_of(
    const std::vector<ShareBoundEntry>& entries,
    const Names& names,
    const model::Spec& model)
{
    std::vector<model::ShareBound> bounds;
    for (const ShareBoundEntry& entry : entries) {
        const auto sector = names.sector(entry.sector.name);
        if (!sector) {
            continue;
        }
        model::ShareBound bound{.sector = *sector, .share = entry.share};
        const auto& technologies = model.sectors[*sector].technologies;
        for (const NameAt& name : entry.technologies) {
            const std::string full = entry.sector.name + "/" + name.name;
            for (std::uint32_t i = 0; i < technologies.size(); ++i) {
                if (technologies[i].name == full) {
                    bound.technologies.push_back(i);
                }
            }
        }
        bounds.push_back(std::move(bound));
    }
    return bounds;
}

model::Scenario scenario_of(const ScenarioEntry& entry,
                            const Names& names,
                            const model::Spec& model)
{
    model::Scenario scenario;
    scenario.name = entry.name;
    scenario.end_of_new_builds.assign(names.n_technologies(), model::never);
    for (const auto& [of, year] : entry.end_of_new_builds) {
        if (const auto i = names.technology(of.name)) {
            scenario.end_of_new_builds[*i] = year;
        }
    }
    scenario.demand_reduction.assign(names.n_sectors(),
                                     entry.demand_reduction.value_or(0.0));
    for (const auto& [of, value] : entry.demand_reductions) {
        if (const auto i = names.sector(of.name)) {
            scenario.demand_reduction[*i] = value;
        }
    }
    scenario.carbon_cover = by_sector(entry.carbon_cover, names);
    scenario.fixed_block_path = by_sector(entry.fixed_block_path, names);
    scenario.premium.resize(names.n_technologies());
    for (const LeverPathAt& lever : entry.premium) {
        if (const auto i = names.technology(lever.of.name)) {
            scenario.premium[*i] = lever.path;
        }
    }
    scenario.seed_factor = entry.seed_factor;
    scenario.adoption_factor = entry.adoption_factor;
    scenario.retirement_factor = entry.retirement_factor;
    scenario.minimum_share = bounds_of(entry.minimum_share, names, model);
    scenario.maximum_share = bounds_of(entry.maximum_share, names, model);
    return scenario;
}

}  // namespace

void build_scenarios(const Catalogue& catalogue,
                     const Selection& used,
                     model::Spec& model)
{
    const Names names(model);
    for (const ScenarioEntry* entry : used.scenarios) {
        if (catalogue.baseline && catalogue.baseline->name == entry->name) {
            model.baseline_scenario =
                static_cast<std::uint32_t>(model.scenarios.size());
        }
        model.scenarios.push_back(scenario_of(*entry, names, model));
    }
    for (const PortfolioEntry& entry : catalogue.portfolios) {
        model::Portfolio portfolio{.name = entry.name.name};
        for (const NameAt& sector : entry.sectors) {
            portfolio.sectors.push_back(*names.sector(sector.name));
        }
        model.portfolios.push_back(std::move(portfolio));
    }
}

}  // namespace hepta::config
