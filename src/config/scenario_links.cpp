#include "links.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace hepta::config {
namespace {

void report(const NameAt& name,
            std::string_view kind,
            const std::vector<std::string>& known,
            Diagnostics& diagnostics)
{
    diagnostics.add(name.place,
                    name.path,
                    fmt::format("refers to {} `{}`, which is not defined",
                                kind,
                                printable(name.name)),
                    suggest(name.name, known));
}

bool contains(const std::vector<std::string>& names, const std::string& name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

class ScenarioCheck
{
  public:
    ScenarioCheck(const Catalogue& catalogue, Diagnostics& diagnostics)
        : catalogue_(&catalogue), diagnostics_(&diagnostics)
    {
        for (const SectorEntry& sector : catalogue.sectors) {
            for (const TechnologyEntry& technology : sector.technologies) {
                technologies_.push_back(sector.name + "/" + technology.name);
            }
        }
    }

    void check(const ScenarioEntry& scenario) const
    {
        for (const auto& [driver, path] : scenario.driver_paths) {
            check_driver_path(driver, path);
        }
        for (const auto& [technology, year] : scenario.end_of_new_builds) {
            check_technology(technology);
        }
        for (const auto& [sector, value] : scenario.demand_reductions) {
            check_sector(sector);
        }
        for (const LeverAt& lever : scenario.carbon_cover) {
            check_sector(lever.of);
        }
        for (const LeverAt& lever : scenario.premium) {
            check_technology(lever.of);
            check_committed(scenario,
                            lever.lever,
                            lever.of.name.substr(0, lever.of.name.find('/')));
        }
        for (const LeverAt& lever : scenario.fixed_block_path) {
            check_fixed_block(lever.of);
        }
        for (const auto* bounds :
             {&scenario.minimum_share, &scenario.maximum_share}) {
            for (const ShareBoundEntry& bound : *bounds) {
                check_bound(bound);
                check_committed(scenario, bound.share, bound.sector.name);
            }
        }
        for (const SectorEntry& sector : catalogue_->sectors) {
            check_seeds(scenario, sector);
        }
    }

  private:
    void check_sector(const NameAt& name) const
    {
        if (find_named(catalogue_->sectors, name.name) == nullptr &&
            !is_absent_sector(*catalogue_, name.name)) {
            report(
                name, "sector", names_of(catalogue_->sectors), *diagnostics_);
        }
    }

    void check_technology(const NameAt& name) const
    {
        const std::string sector = name.name.substr(0, name.name.find('/'));
        if (!contains(technologies_, name.name) &&
            (sector == name.name || !is_absent_sector(*catalogue_, sector))) {
            report(name, "technology", technologies_, *diagnostics_);
        }
    }

    void check_driver_path(const NameAt& name, const std::string& path) const
    {
        const DriverEntry* driver = find_named(catalogue_->drivers, name.name);
        if (driver == nullptr) {
            report(
                name, "driver", names_of(catalogue_->drivers), *diagnostics_);
            return;
        }
        std::vector<std::string> paths;
        for (const auto& [known, knots] : driver->paths) {
            paths.push_back(known);
        }
        if (!contains(paths, path)) {
            report({path, name.place, name.path}, "path", paths, *diagnostics_);
        }
    }

    void check_fixed_block(const NameAt& name) const
    {
        check_sector(name);
        const SectorEntry* sector = find_named(catalogue_->sectors, name.name);
        if (sector != nullptr && sector->fixed_block.empty()) {
            diagnostics_->add(name.place,
                              name.path,
                              "is of a sector without a fixed block",
                              "remove it, or add the block to the sector");
        }
    }

    void check_bound(const ShareBoundEntry& bound) const
    {
        check_sector(bound.sector);
        const SectorEntry* sector =
            find_named(catalogue_->sectors, bound.sector.name);
        if (sector == nullptr) {
            return;
        }
        const std::vector<std::string> known = names_of(sector->technologies);
        for (const NameAt& technology : bound.technologies) {
            if (!contains(known, technology.name)) {
                report(technology, "technology", known, *diagnostics_);
            }
        }
    }

    /// What is committed of a sector is asked for where the scenario is run.
    void check_committed(const ScenarioEntry& scenario,
                         const LeverEntry& lever,
                         const std::string& sector) const
    {
        if (!lever.committed ||
            find_named(catalogue_->scenarios_run, scenario.name) == nullptr ||
            find_named(catalogue_->sectors, sector) == nullptr) {
            return;
        }
        const CommitmentEntry* commitment =
            find_named(catalogue_->commitments, sector);
        if (catalogue_->commitments.empty()) {
            diagnostics_->add(lever.committed->place,
                              lever.committed->path,
                              "is true in a run without [commitments]",
                              "include a file that has them, such as "
                              "commitments.toml");
        } else if (commitment == nullptr ||
                   commitment->numbers.count("covered_share") == 0) {
            diagnostics_->add(
                lever.committed->place,
                lever.committed->path,
                fmt::format("is true, but `{}` has no covered share",
                            printable(sector)),
                fmt::format("give commitments.{}.covered_share",
                            printable(sector)));
        }
    }

    /// Seeds are taken from what the others have, which is 1 in all.
    void check_seeds(const ScenarioEntry& scenario,
                     const SectorEntry& sector) const
    {
        double largest = 0.0;
        for (const TechnologyEntry& technology : sector.technologies) {
            const auto seed = technology.numbers.find("seed_share");
            const auto limit = technology.numbers.find("max_share_2050");
            if (seed != technology.numbers.end() &&
                limit != technology.numbers.end()) {
                largest += std::min(seed->second.high * scenario.seed_factor,
                                    limit->second.high);
            }
        }
        if (largest > 1.0) {
            diagnostics_->add(
                scenario.place,
                fmt::format("scenario.{}.seed_factor", scenario.name),
                fmt::format("= {} makes the largest seeds of `{}` sum to {:.3}",
                            scenario.seed_factor,
                            sector.name,
                            largest),
                "seeds are shares of the sector: at most 1 in all");
        }
    }

    const Catalogue* catalogue_;
    Diagnostics* diagnostics_;
    std::vector<std::string> technologies_;
};

/// A driver that no scenario gives a path takes "central".
void check_central_paths(const Catalogue& catalogue, Diagnostics& diagnostics)
{
    for (const DriverEntry& driver : catalogue.drivers) {
        if (driver.paths.count("central") == 0) {
            diagnostics.add(driver.place,
                            "drivers." + driver.name + ".path.central",
                            "is missing",
                            "scenarios that name no path take `central`");
        }
    }
}

void check_run(const Catalogue& catalogue, Diagnostics& diagnostics)
{
    const std::vector<std::string> scenarios = names_of(catalogue.scenarios);
    for (const NameAt& name : catalogue.scenarios_run) {
        if (!contains(scenarios, name.name)) {
            report(name, "scenario", scenarios, diagnostics);
        }
    }
    if (catalogue.scenarios_run.empty()) {
        diagnostics.add(catalogue.run_place,
                        "scenarios",
                        "is empty",
                        "name the scenarios to run: scenarios = "
                        "[\"reference\"]");
    } else if (catalogue.baseline &&
               !contains(names_of(catalogue.scenarios_run),
                         catalogue.baseline->name)) {
        report(*catalogue.baseline,
               "scenario of the run",
               names_of(catalogue.scenarios_run),
               diagnostics);
    }
    const std::vector<std::string> sectors = names_of(catalogue.sectors);
    for (const PortfolioEntry& portfolio : catalogue.portfolios) {
        if (contains(sectors, portfolio.name.name)) {
            diagnostics.add(portfolio.name.place,
                            portfolio.name.path,
                            "has the name of a sector",
                            "rename the portfolio");
        }
        if (portfolio.sectors.empty()) {
            diagnostics.add(portfolio.name.place,
                            portfolio.name.path,
                            "has no sector",
                            "name its sectors");
        }
        for (const NameAt& name : portfolio.sectors) {
            if (!contains(sectors, name.name)) {
                report(name, "sector", sectors, diagnostics);
            }
        }
    }
}

}  // namespace

void check_scenario_links(const Catalogue& catalogue, Diagnostics& diagnostics)
{
    const ScenarioCheck check(catalogue, diagnostics);
    for (const ScenarioEntry& scenario : catalogue.scenarios) {
        check.check(scenario);
    }
    check_central_paths(catalogue, diagnostics);
    check_run(catalogue, diagnostics);
}

}  // namespace hepta::config
