#include "links.hpp"

#include "fields.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace hepta::config {
namespace {

/// Reports names that are not among those of some kind of entity.
class NameCheck
{
  public:
    NameCheck(std::string kind,
              std::vector<std::string> known,
              Diagnostics& diagnostics)
        : kind_(std::move(kind)),
          known_(std::move(known)),
          diagnostics_(&diagnostics)
    {
    }

    bool operator()(const std::string& name,
                    const Place& place,
                    const std::string& path) const
    {
        if (std::find(known_.begin(), known_.end(), name) != known_.end()) {
            return true;
        }
        diagnostics_->add(place,
                          path,
                          fmt::format("refers to {} `{}`, which is not defined",
                                      kind_,
                                      printable(name)),
                          suggest(name, known_));
        return false;
    }
    bool operator()(const NameAt& name) const
    {
        return (*this)(name.name, name.place, name.path);
    }

  private:
    std::string kind_;
    std::vector<std::string> known_;
    Diagnostics* diagnostics_;
};

void check_technologies(const Catalogue& catalogue, Diagnostics& diagnostics)
{
    const NameCheck carrier(
        "carrier", names_of(catalogue.carriers), diagnostics);
    const NameCheck component(
        "component", names_of(catalogue.components), diagnostics);
    std::vector<std::string> inputs;
    for (const ResourceEntry& resource : catalogue.resources) {
        if (resource.kind == model::Resource::Kind::resource_input) {
            inputs.push_back(resource.name);
        }
    }
    const NameCheck resource("resource", inputs, diagnostics);
    for (const SectorEntry& sector : catalogue.sectors) {
        for (const TechnologyEntry& technology : sector.technologies) {
            for (const auto& [name, number] : technology.energy_input) {
                carrier(name, number.place, number.path);
            }
            for (const auto* list : {&technology.capex_component_share,
                                     &technology.component_intensity}) {
                for (const auto& [name, number] : *list) {
                    component(name, number.place, number.path);
                }
            }
            for (const auto& [name, number] : technology.resource_input) {
                resource(name, number.place, number.path);
            }
        }
    }
}

bool is_made(const Catalogue& catalogue, const std::string& carrier)
{
    return std::any_of(
        catalogue.converters.begin(),
        catalogue.converters.end(),
        [&](const ConverterEntry& c) { return c.output == carrier; });
}

void check_prices(const Catalogue& catalogue, Diagnostics& diagnostics)
{
    const NameCheck driver("driver", names_of(catalogue.drivers), diagnostics);
    for (const CarrierEntry& carrier : catalogue.carriers) {
        const std::string path = "carriers." + carrier.name;
        if (carrier.driver.empty()) {
            if (!is_made(catalogue, carrier.name)) {
                diagnostics.add(carrier.place,
                                path,
                                "has no price",
                                "add `driver` and `price_link`, or a "
                                "converter that makes it");
            }
            continue;
        }
        if (!driver(carrier.driver, carrier.place, path)) {
            continue;
        }
        const DriverEntry* found =
            find_named(catalogue.drivers, carrier.driver);
        if (!unit_fits(found->unit, "USD2020 per GJ")) {
            diagnostics.add(
                carrier.place,
                path,
                fmt::format("takes its price from `{}`, which is in {}",
                            found->name,
                            found->unit),
                "a price of energy is in USD2020 per GJ");
        }
        if (carrier.numbers.count("price_link") == 0) {
            diagnostics.add(carrier.place,
                            path,
                            "has a driver but no price_link",
                            "add `price_link`, the multiplier of the driver");
        }
    }
}

void check_roles(const Catalogue& catalogue, Diagnostics& diagnostics)
{
    const Roles& roles = catalogue.roles;
    if (!roles.given) {
        diagnostics.add(catalogue.run_place,
                        "roles",
                        "is missing",
                        "include drivers.toml, or add [roles]: which driver "
                        "is the carbon price, ...");
        return;
    }
    const NameCheck driver("driver", names_of(catalogue.drivers), diagnostics);
    const std::pair<const NameAt*, const char*> all[] = {
        {&roles.carbon_price, "USD2020 per t CO2"},
        {&roles.grid_intensity, "g CO2 per kWh"},
        {&roles.co2_storage_price, "USD2020 per t CO2"},
        {&roles.co2_feedstock_price, "USD2020 per t CO2"}};
    for (const auto& [role, unit] : all) {
        if (role->name.empty() || !driver(*role)) {
            continue;
        }
        const DriverEntry* found = find_named(catalogue.drivers, role->name);
        if (!unit_fits(found->unit, unit)) {
            diagnostics.add(role->place,
                            role->path,
                            fmt::format("is in {}", found->unit),
                            fmt::format("the role needs {}", unit));
        }
    }
}

void check_resources(const Catalogue& catalogue, Diagnostics& diagnostics)
{
    const NameCheck carrier(
        "carrier", names_of(catalogue.carriers), diagnostics);
    for (const ResourceEntry& resource : catalogue.resources) {
        for (const std::string& name : resource.carriers) {
            carrier(name, resource.place, "resources." + resource.name);
        }
    }
}

/// The converter that makes the input of `converter`; nullptr if none does.
const ConverterEntry* maker_of_input(const Catalogue& catalogue,
                                     const ConverterEntry& converter)
{
    for (const ConverterEntry& other : catalogue.converters) {
        if (other.output == converter.input) {
            return &other;
        }
    }
    return nullptr;
}

void check_circles(const Catalogue& catalogue, Diagnostics& diagnostics)
{
    std::set<std::string> reported;
    for (const ConverterEntry& start : catalogue.converters) {
        std::vector<std::string> chain = {start.name};
        const ConverterEntry* next = maker_of_input(catalogue, start);
        while (next != nullptr && next != &start &&
               chain.size() <= catalogue.converters.size()) {
            chain.push_back(next->name);
            next = maker_of_input(catalogue, *next);
        }
        if (next == &start && reported.count(start.name) == 0) {
            reported.insert(chain.begin(), chain.end());
            chain.push_back(start.name);
            diagnostics.add(start.place,
                            "converters." + start.name,
                            fmt::format("is part of a circle: {}",
                                        fmt::join(chain, " <- ")),
                            "a carrier cannot be made from itself");
        }
    }
}

void check_converters(const Catalogue& catalogue, Diagnostics& diagnostics)
{
    const NameCheck carrier(
        "carrier", names_of(catalogue.carriers), diagnostics);
    const NameCheck component(
        "component", names_of(catalogue.components), diagnostics);
    std::set<std::string> made;
    for (const ConverterEntry& converter : catalogue.converters) {
        const std::string path = "converters." + converter.name;
        if (converter.output.empty() || converter.input.empty() ||
            converter.component.empty()) {
            continue;  // reported where it was read
        }
        carrier(converter.output, converter.place, path + ".output");
        carrier(converter.input, converter.place, path + ".input");
        if (!made.insert(converter.output).second) {
            diagnostics.add(converter.place,
                            path,
                            fmt::format("makes `{}`, as another converter does",
                                        printable(converter.output)),
                            "one converter makes a carrier");
        }
        if (!component(
                converter.component, converter.place, path + ".component")) {
            continue;
        }
        const ComponentEntry* part =
            find_named(catalogue.components, converter.component);
        const auto cost = part->numbers.find("unit_cost");
        if (part->unit != "GW" || cost == part->numbers.end() ||
            !unit_fits(cost->second.unit, "USD2020 per kW")) {
            diagnostics.add(converter.place,
                            path,
                            fmt::format("needs `{}` in GW with a unit_cost in "
                                        "USD2020 per kW",
                                        part->name),
                            "give its component these units");
        }
    }
    if (!catalogue.converters.empty() &&
        catalogue.global.count(converter_discount_rate) == 0) {
        diagnostics.add(catalogue.converters.front().place,
                        fmt::format("global.{}", converter_discount_rate),
                        "is missing",
                        "add it to [global]: 1/yr");
    }
    check_circles(catalogue, diagnostics);
}

void check_global(const Catalogue& catalogue, Diagnostics& diagnostics)
{
    for (const Field<model::Spec>& field : global_fields) {
        if (catalogue.global.count(field.key) == 0) {
            diagnostics.add(
                catalogue.run_place,
                fmt::format("global.{}", field.key),
                "is missing",
                fmt::format("include a file whose [global] has it: {}",
                            field.unit));
        }
    }
    if (catalogue.sectors.empty()) {
        diagnostics.add(catalogue.run_place,
                        "sectors",
                        "is empty",
                        "include a file of a sector, with a [sectors.NAME]");
    }
}

/// The path of activity passes through the recovery, between its first year and
/// the knot after it.
void check_recoveries(const Catalogue& catalogue, Diagnostics& diagnostics)
{
    const double first_year = model::Spec{}.first_year;
    for (const SectorEntry& sector : catalogue.sectors) {
        const auto recovery = sector.numbers.find("recovery_year");
        const auto next = std::find_if(
            sector.activity.begin(), sector.activity.end(), [&](auto& knot) {
                return knot.year > first_year;
            });
        if (recovery == sector.numbers.end() || next == sector.activity.end()) {
            continue;
        }
        const Number& year = recovery->second;
        if (std::floor(year.low + 0.5) <= first_year ||
            std::floor(year.high + 0.5) >= next->year) {
            diagnostics.add(
                year.place,
                year.path,
                fmt::format("is not between {} and {}", first_year, next->year),
                "it lies after the first year and before the next "
                "knot of `activity`");
        }
    }
}

}  // namespace

bool is_absent_sector(const Catalogue& catalogue, std::string_view name)
{
    return find_named(catalogue.sectors, name) == nullptr &&
           nearest(name, names_of(catalogue.sectors)).empty();
}

std::vector<const ConverterEntry*> converters_in_order(
    const Catalogue& catalogue)
{
    std::vector<const ConverterEntry*> order;
    while (order.size() < catalogue.converters.size()) {
        for (const ConverterEntry& converter : catalogue.converters) {
            const auto done = [&](const ConverterEntry* c) {
                return std::find(order.begin(), order.end(), c) != order.end();
            };
            const ConverterEntry* needed = maker_of_input(catalogue, converter);
            if (!done(&converter) && (needed == nullptr || done(needed))) {
                order.push_back(&converter);
            }
        }
    }
    return order;
}

void check_links(const Catalogue& catalogue, Diagnostics& diagnostics)
{
    check_technologies(catalogue, diagnostics);
    check_prices(catalogue, diagnostics);
    check_roles(catalogue, diagnostics);
    check_resources(catalogue, diagnostics);
    check_converters(catalogue, diagnostics);
    check_global(catalogue, diagnostics);
    check_recoveries(catalogue, diagnostics);
    check_scenario_links(catalogue, diagnostics);
    check_correlation_links(catalogue, diagnostics);
}

}  // namespace hepta::config
