#include "sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace hepta::config {
namespace {

const std::vector<std::string>& groups()
{
    static const std::vector<std::string> names = {"demand",
                                                   "technology_cost",
                                                   "adoption",
                                                   "prices",
                                                   "policy",
                                                   "resources",
                                                   "climate"};
    return names;
}

void read_driver(const Entry& entry, TableReader& table, DriverEntry& driver)
{
    driver.name = entry.key;
    driver.place = entry.place;
    (void)table.find("description", Need::optional);
    driver.unit =
        table.text("unit", Need::required, "unit of its paths").value_or("");
    driver.group = table.text("group", Need::optional).value_or("prices");
    if (std::find(groups().begin(), groups().end(), driver.group) ==
        groups().end()) {
        table.reject(
            *table.find("group", Need::optional),
            fmt::format("\"{}\" is not a group", printable(driver.group)),
            suggest(driver.group, groups()));
    }
    read_fields(table, driver_fields, driver.unit, driver.numbers);
    if (driver.numbers.size() == 1) {
        table.reject(entry,
                     "has one of `volatility` and `mean_reversion`",
                     "give both, or none for a driver without noise");
    }
    if (auto paths = table.table("path", Need::required)) {
        for (const Entry& item : paths->entries()) {
            driver.paths.emplace(
                item.key,
                read_path(item, {driver.unit, any_number}, table.file()));
        }
    }
    table.finish();
}

void read_converter(const Entry& entry,
                    TableReader& table,
                    ConverterEntry& converter)
{
    converter.name = entry.key;
    converter.place = entry.place;
    (void)table.find("description", Need::optional);
    converter.output =
        table.text("output", Need::required, "the carrier made").value_or("");
    converter.input =
        table.text("input", Need::required, "the carrier used").value_or("");
    converter.component =
        table.text("component", Need::required, "the component that learns")
            .value_or("");
    read_fields(table, converter_fields, "", converter.numbers);
    if (const auto energy = table.find("specific_energy",
                                       Need::required,
                                       "kWh per t of output, by year")) {
        converter.specific_energy =
            read_path(*energy, {"kWh per t", positive}, table.file());
    }
    table.finish();
}

struct LimitUnit
{
    const char* unit;
    double factor;  ///< to that of its use
};
struct ResourceKind
{
    const char* name;
    model::Resource::Kind kind;
    const char* use_unit;
    LimitUnit limits[2];
};
constexpr ResourceKind resource_kinds[] = {
    {"carriers",
     model::Resource::Kind::carriers,
     "PJ/yr",
     {{"EJ per yr", 1000.0}, {"PJ per yr", 1.0}}},
    {"captured_co2",
     model::Resource::Kind::captured_co2,
     "Mt/yr",
     {{"Gt CO2 per yr", 1000.0}, {"Mt CO2 per yr", 1.0}}},
    {"resource_input",
     model::Resource::Kind::resource_input,
     "Mt/yr",
     {{"Gt", 1000.0}, {"Mt", 1.0}}},
};

void read_limit(TableReader& table,
                const ResourceKind& kind,
                ResourceEntry& resource)
{
    const auto entry = table.find("limit", Need::required, "the limit by year");
    if (!entry) {
        return;
    }
    const std::string units =
        fmt::format("{}|{}", kind.limits[0].unit, kind.limits[1].unit);
    resource.limit = read_path(*entry, {units, not_negative}, table.file());
    std::set<double> factors;
    for (const KnotNumber& knot : resource.limit) {
        for (const LimitUnit& limit : kind.limits) {
            if (unit_fits(knot.number.unit, limit.unit)) {
                factors.insert(limit.factor);
            }
        }
    }
    if (factors.size() > 1) {
        table.reject(*entry, "mixes units", "use one unit for all years");
    } else if (!factors.empty()) {
        resource.limit_factor = *factors.begin();
    }
}

void read_resource(const Entry& entry,
                   TableReader& table,
                   ResourceEntry& resource)
{
    resource.name = entry.key;
    resource.place = entry.place;
    (void)table.find("description", Need::optional);
    const std::string limits =
        table.text("limits", Need::required, "what is counted").value_or("");
    std::vector<std::string> known;
    const ResourceKind* kind = nullptr;
    for (const ResourceKind& candidate : resource_kinds) {
        known.emplace_back(candidate.name);
        kind = limits == candidate.name ? &candidate : kind;
    }
    if (kind == nullptr) {
        if (const auto given = table.find("limits", Need::optional)) {
            table.reject(*given,
                         fmt::format("\"{}\" is not what a resource limits",
                                     printable(limits)),
                         suggest(limits, known));
        }
        return;
    }
    resource.kind = kind->kind;
    resource.unit = table.text("unit", Need::required, kind->use_unit)
                        .value_or(kind->use_unit);
    if (resource.unit != kind->use_unit) {
        table.reject(*table.find("unit", Need::optional),
                     fmt::format("\"{}\" is not the unit expected",
                                 printable(resource.unit)),
                     fmt::format("the use is counted in {}", kind->use_unit));
    }
    if (kind->kind == model::Resource::Kind::carriers) {
        resource.carriers = table.texts("carriers", Need::required);
    }
    read_limit(table, *kind, resource);
    table.finish();
}

/// Read every named table of a section into `entries`.
template <class T, class Read>
void read_each(TableReader& section, std::vector<T>& entries, Read read)
{
    for (const Entry& entry : section.entries()) {
        std::optional<TableReader> table = section.as_table(entry);
        if (table && accept_name(entry, entries, section)) {
            T item;
            read(entry, *table, item);
            entries.push_back(std::move(item));
        }
    }
}

}  // namespace

void read_carriers(TableReader section, Catalogue& catalogue)
{
    read_each(
        section,
        catalogue.carriers,
        [](const Entry& entry, TableReader& table, CarrierEntry& carrier) {
            carrier.name = entry.key;
            carrier.place = entry.place;
            (void)table.find("description", Need::optional);
            carrier.driver = table.text("driver", Need::optional).value_or("");
            read_fields(table, carrier_fields, "", carrier.numbers);
            read_fields(table, priced_carrier_fields, "", carrier.numbers);
            table.finish();
        });
}

void read_drivers(TableReader section, Catalogue& catalogue)
{
    read_each(section, catalogue.drivers, read_driver);
}

void read_roles(TableReader section, Catalogue& catalogue)
{
    Roles& roles = catalogue.roles;
    roles.given = true;
    const std::pair<const char*, NameAt*> all[] = {
        {"carbon_price", &roles.carbon_price},
        {"grid_intensity", &roles.grid_intensity},
        {"co2_storage_price", &roles.co2_storage_price},
        {"co2_feedstock_price", &roles.co2_feedstock_price}};
    for (const auto& [key, role] : all) {
        const auto name = section.text(key, Need::required, "its driver");
        if (name) {
            *role = name_at(*name, *section.find(key, Need::optional));
        }
    }
    section.finish();
}

void read_components(TableReader section, Catalogue& catalogue)
{
    read_each(
        section,
        catalogue.components,
        [](const Entry& entry, TableReader& table, ComponentEntry& component) {
            component.name = entry.key;
            component.place = entry.place;
            (void)table.find("description", Need::optional);
            component.unit =
                table.text("unit", Need::required, "unit of deployment")
                    .value_or("");
            read_fields(
                table, component_fields, component.unit, component.numbers);
            read_fields(table,
                        converter_component_fields,
                        component.unit,
                        component.numbers);
            if (const auto path =
                    table.find("exogenous_cumulative", Need::optional)) {
                component.exogenous_cumulative = read_path(
                    *path, {component.unit, not_negative}, table.file());
            }
            table.finish();
        });
}

void read_converters(TableReader section, Catalogue& catalogue)
{
    read_each(section, catalogue.converters, read_converter);
}

void read_resources(TableReader section, Catalogue& catalogue)
{
    read_each(section, catalogue.resources, read_resource);
}

void read_global(TableReader section, Catalogue& catalogue)
{
    const auto take =
        [&](std::string_view key, std::string_view unit, const Range& range) {
            const auto entry = section.find(key, Need::optional);
            if (!entry) {
                return;
            }
            // A faulty number is there too: it is not also missing.
            const Number number =
                read_number(*entry, {std::string(unit), range}, section.file())
                    .value_or(Number{});
            if (!catalogue.global.emplace(key, number).second) {
                section.reject(
                    *entry, "is defined twice", "rename or remove one of them");
            }
        };
    for (const Field<model::Spec>& field : global_fields) {
        take(field.key, field.unit, field.range);
    }
    take(converter_discount_rate, "1/yr", positive);
    section.finish();
}

}  // namespace hepta::config
