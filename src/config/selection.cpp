#include "links.hpp"
#include "model_builder.hpp"

#include <algorithm>
#include <set>

namespace hepta::config {
namespace {

/// Visit every technology of every sector.
template <class Visit>
void for_each_technology(const Catalogue& catalogue, Visit visit)
{
    for (const SectorEntry& sector : catalogue.sectors) {
        for (const TechnologyEntry& technology : sector.technologies) {
            visit(technology);
        }
    }
}

std::set<std::string> carriers_of_technologies(const Catalogue& catalogue)
{
    std::set<std::string> names;
    for_each_technology(catalogue, [&](const TechnologyEntry& technology) {
        for (const NamedNumber& use : technology.energy_input) {
            names.insert(use.name);
        }
    });
    return names;
}

/// Converters of carriers in use, inputs before users; their inputs are then
/// in use too.
void select_converters(const Catalogue& catalogue,
                       std::set<std::string>& carriers,
                       Selection& used)
{
    std::vector<const ConverterEntry*> order = converters_in_order(catalogue);
    std::reverse(order.begin(), order.end());
    for (const ConverterEntry* converter : order) {
        if (carriers.count(converter->output) != 0) {
            carriers.insert(converter->input);
            used.converters.push_back(converter);
        }
    }
    std::reverse(used.converters.begin(), used.converters.end());
}

void select_components(const Catalogue& catalogue, Selection& used)
{
    const auto use = [&](const std::string& name) {
        const ComponentEntry* found = find_named(catalogue.components, name);
        if (std::find(used.components.begin(), used.components.end(), found) ==
            used.components.end()) {
            used.components.push_back(found);
        }
    };
    for_each_technology(catalogue, [&](const TechnologyEntry& technology) {
        for (const NamedNumber& share : technology.capex_component_share) {
            use(share.name);
        }
        for (const NamedNumber& units : technology.component_intensity) {
            use(units.name);
        }
    });
    for (const ConverterEntry* converter : used.converters) {
        use(converter->component);
    }
}

void select_drivers(const Catalogue& catalogue, Selection& used)
{
    const Roles& roles = catalogue.roles;
    std::set<std::string> names = {roles.carbon_price.name,
                                   roles.grid_intensity.name,
                                   roles.co2_storage_price.name,
                                   roles.co2_feedstock_price.name};
    for (const CarrierEntry* carrier : used.carriers) {
        const bool made = std::any_of(
            used.converters.begin(), used.converters.end(), [&](const auto* c) {
                return c->output == carrier->name;
            });
        if (!made) {
            names.insert(carrier->driver);
        }
    }
    for (const DriverEntry& driver : catalogue.drivers) {
        if (names.count(driver.name) != 0) {
            used.drivers.push_back(&driver);
        }
    }
}

void select_resources(const Catalogue& catalogue,
                      const std::set<std::string>& carriers,
                      Selection& used)
{
    std::set<std::string> inputs;
    for_each_technology(catalogue, [&](const TechnologyEntry& technology) {
        for (const NamedNumber& use : technology.resource_input) {
            inputs.insert(use.name);
        }
    });
    for (const ResourceEntry& resource : catalogue.resources) {
        const bool has_user =
            resource.kind == model::Resource::Kind::captured_co2 ||
            inputs.count(resource.name) != 0 ||
            std::any_of(resource.carriers.begin(),
                        resource.carriers.end(),
                        [&](const std::string& name) {
                            return carriers.count(name) != 0;
                        });
        if (has_user) {
            used.resources.push_back(&resource);
        }
    }
}

}  // namespace

Selection select_used(const Catalogue& catalogue)
{
    Selection used;
    const std::set<std::string> direct = carriers_of_technologies(catalogue);
    std::set<std::string> carriers = direct;
    select_converters(catalogue, carriers, used);
    for (const CarrierEntry& carrier : catalogue.carriers) {
        if (carriers.count(carrier.name) != 0) {
            used.carriers.push_back(&carrier);
        }
    }
    select_components(catalogue, used);
    select_drivers(catalogue, used);
    select_resources(catalogue, direct, used);
    for (const NameAt& name : catalogue.scenarios_run) {
        used.scenarios.push_back(find_named(catalogue.scenarios, name.name));
    }
    return used;
}

}  // namespace hepta::config
