#include "sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace hepta::config {
namespace {

constexpr double share_sum_tolerance = 1e-9;

TechnologyEntry read_technology(TableReader table,
                                std::string name,
                                const std::string& functional_unit)
{
    TechnologyEntry technology;
    technology.name = std::move(name);
    technology.place = table.place();
    technology.path = table.path();
    (void)table.find("description", Need::optional);
    read_fields(table, technology_fields, functional_unit, technology.numbers);
    read_fields(table, retrofit_fields, functional_unit, technology.numbers);
    technology.energy_input = read_named_numbers(
        table,
        "energy_input",
        {fill_unit("GJ per {f}", functional_unit), not_negative});
    technology.capex_component_share = read_named_numbers(
        table, "capex_component_share", {"fraction", fraction});
    technology.component_intensity =
        read_named_numbers(table,
                           "component_intensity",
                           {"component units per activity unit", not_negative});
    technology.resource_input =
        read_named_numbers(table, "resource_input", {"t", not_negative});
    table.finish();

    double components = 0.0;
    for (const NamedNumber& share : technology.capex_component_share) {
        components += share.number.value;
    }
    if (components > 1.0 + share_sum_tolerance) {
        table.file().diagnostics->add(
            table.place(),
            table.path() + ".capex_component_share",
            fmt::format("sums to {}, more than 1", components),
            "components are parts of the capex");
    }
    return technology;
}

void check_shares(const SectorEntry& sector, const TableReader& table)
{
    double sum = 0.0;
    for (const TechnologyEntry& technology : sector.technologies) {
        const auto share = technology.numbers.find("share_2020");
        if (share == technology.numbers.end()) {
            return;  // reported already
        }
        if (!share->second.is_fixed()) {
            table.file().diagnostics->add(
                share->second.place,
                share->second.path,
                "is uncertain, but shares must sum to 1 in every sample",
                "give one value");
            return;
        }
        sum += share->second.value;
    }
    if (std::abs(sum - 1.0) > share_sum_tolerance) {
        table.file().diagnostics->add(
            sector.place,
            table.path(),
            fmt::format("share_2020 of its technologies sums to {:.12g}, "
                        "not 1",
                        sum),
            "let the shares sum to 1");
    }
}

void read_activity(TableReader& table, SectorEntry& sector)
{
    const auto entry =
        table.find("activity", Need::required, "activity by year");
    if (!entry) {
        return;
    }
    sector.activity =
        read_path(*entry, {sector.activity_unit, positive}, table.file());
    const bool has_base = std::any_of(
        sector.activity.begin(), sector.activity.end(), [](const auto& knot) {
            return knot.year == 2020;
        });
    if (!has_base) {
        table.reject(*entry, "has no 2020", "the path begins in 2020");
    }
    const bool has_2019 =
        !sector.activity.empty() && sector.activity.front().year == 2019;
    if (!has_2019) {
        table.reject(*entry,
                     "has no 2019",
                     "add the activity of 2019, that before the pandemic");
    }
}

void read_sector(const Entry& entry, TableReader& section, Catalogue& catalogue)
{
    std::optional<TableReader> table = section.as_table(entry);
    if (!table || !accept_name(entry, catalogue.sectors, section)) {
        return;
    }
    SectorEntry sector;
    sector.name = entry.key;
    sector.place = entry.place;
    (void)table->find("description", Need::optional);
    sector.activity_unit =
        table->text("activity_unit", Need::required, "unit of activity")
            .value_or("");
    sector.functional_unit = table
                                 ->text("functional_unit",
                                        Need::required,
                                        "an activity unit is 10^6 of them")
                                 .value_or("");
    read_fields(*table, sector_fields, "", sector.numbers);
    read_activity(*table, sector);
    sector.fixed_block = read_named_numbers(
        *table, "fixed_block", {"Mt CO2 per yr|Mt CO2e per yr", not_negative});
    if (sector.fixed_block.size() > 1) {
        table->file().diagnostics->add(sector.fixed_block[1].number.place,
                                       sector.fixed_block[1].number.path,
                                       "is a second fixed block",
                                       "add it to the first");
    }
    if (auto list = table->table("technologies", Need::required)) {
        for (const Entry& item : list->entries()) {
            if (!accept_name(item, sector.technologies, *list)) {
                continue;
            }
            if (auto technology = list->as_table(item)) {
                sector.technologies.push_back(read_technology(
                    *technology, item.key, sector.functional_unit));
            }
        }
    }
    table->finish();
    check_shares(sector, *table);
    const std::size_t n = sector.technologies.size();
    if (n == 0 || n > model::max_technologies_per_sector) {
        section.reject(entry,
                       fmt::format("has {} technologies", n),
                       fmt::format("a sector has 1 to {}",
                                   model::max_technologies_per_sector));
    }
    catalogue.sectors.push_back(std::move(sector));
}

}  // namespace

std::string fill_unit(std::string_view pattern, std::string_view unit)
{
    std::string filled;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const std::string_view three = pattern.substr(i, 3);
        if (three == "{f}" || three == "{u}") {
            filled += unit;
            i += 2;
        } else {
            filled += pattern[i];
        }
    }
    return filled;
}

NamedNumbers read_named_numbers(TableReader& table,
                                std::string_view key,
                                const NumberRule& rule)
{
    NamedNumbers numbers;
    if (auto list = table.table(key, Need::optional)) {
        for (const Entry& entry : list->entries()) {
            if (auto number = read_number(entry, rule, table.file())) {
                numbers.push_back({entry.key, std::move(*number)});
            }
        }
    }
    return numbers;
}

void read_sectors(TableReader section, Catalogue& catalogue)
{
    for (const Entry& entry : section.entries()) {
        read_sector(entry, section, catalogue);
    }
}

}  // namespace hepta::config
