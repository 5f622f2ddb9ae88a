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

std::vector<model::LeverPath> by_sector(const std::vector<LeverAt>& levers,
                                        const Names& names)
{
    std::vector<model::LeverPath> paths(names.n_sectors());
    for (const LeverAt& lever : levers) {
        if (const auto i = names.sector(lever.of.name)) {
            paths[*i] = lever.lever.path;
        }
    }
    return paths;
}

/// What a lever of a sector is multiplied by.
model::LeverScale scale_of(const LeverEntry& lever,
                           const std::string& sector,
                           const std::vector<Commitment>& commitments)
{
    if (!lever.committed) {
        return {};
    }
    const auto of_sector = std::find_if(
        commitments.begin(), commitments.end(), [&](const Commitment& c) {
            return c.sector == sector;
        });
    return {of_sector->covered, of_sector->delivery};
}

std::vector<model::ShareBound> bounds_of(
    const std::vector<ShareBoundEntry>& entries,
    const Names& names,
    const std::vector<Commitment>& commitments,
    const model::Spec& model)
{
    std::vector<model::ShareBound> bounds;
    for (const ShareBoundEntry& entry : entries) {
        const auto sector = names.sector(entry.sector.name);
        if (!sector) {
            continue;
        }
        model::ShareBound bound{
            .sector = *sector,
            .share = entry.share.path,
            .scale = scale_of(entry.share, entry.sector.name, commitments)};
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

void add_premiums(const std::vector<LeverAt>& premiums,
                  const Names& names,
                  const std::vector<Commitment>& commitments,
                  model::Scenario& scenario)
{
    scenario.premium.resize(names.n_technologies());
    for (const LeverAt& premium : premiums) {
        const std::string& name = premium.of.name;
        const auto i = names.technology(name);
        if (!i) {
            continue;
        }
        scenario.premium[*i] = premium.lever.path;
        if (premium.lever.committed) {
            scenario.premium_scale.resize(names.n_technologies());
            scenario.premium_scale[*i] = scale_of(
                premium.lever, name.substr(0, name.find('/')), commitments);
        }
    }
}

model::Scenario scenario_of(const ScenarioEntry& entry,
                            const Names& names,
                            const std::vector<Commitment>& commitments,
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
    add_premiums(entry.premium, names, commitments, scenario);
    scenario.seed_factor = entry.seed_factor;
    scenario.adoption_factor = entry.adoption_factor;
    scenario.retirement_factor = entry.retirement_factor;
    scenario.minimum_share =
        bounds_of(entry.minimum_share, names, commitments, model);
    scenario.maximum_share =
        bounds_of(entry.maximum_share, names, commitments, model);
    return scenario;
}

}  // namespace

void build_scenarios(const Catalogue& catalogue,
                     const Selection& used,
                     const std::vector<Commitment>& commitments,
                     model::Spec& model)
{
    const Names names(model);
    for (const ScenarioEntry* entry : used.scenarios) {
        if (catalogue.baseline && catalogue.baseline->name == entry->name) {
            model.baseline_scenario =
                static_cast<std::uint32_t>(model.scenarios.size());
        }
        model.scenarios.push_back(
            scenario_of(*entry, names, commitments, model));
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
