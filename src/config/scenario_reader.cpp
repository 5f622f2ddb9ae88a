#include "sections.hpp"

#include <algorithm>

namespace hepta::config {
namespace {

const NumberRule year_rule{"calendar year", year_range};

constexpr std::string_view committed_key = "committed";

/// What a lever may be.
struct LeverRule
{
    NumberRule number;
    bool may_be_committed = false;
};

/// The key `committed`, where it is true; reports it where it may not be.
std::optional<NameAt> read_committed(TableReader& table, bool is_allowed)
{
    const auto entry = table.find(committed_key, Need::optional);
    if (!entry) {
        return std::nullopt;
    }
    if (!is_allowed) {
        table.reject(*entry,
                     "is not for this lever",
                     "minimum shares and premiums may be committed, no others");
        return std::nullopt;
    }
    const bool is_true =
        table.boolean(committed_key, Need::optional).value_or(false);
    return is_true ? std::optional(name_at(entry->key, *entry)) : std::nullopt;
}

/// A lever that is one number in all years.
std::optional<double> read_single(const Entry& entry,
                                  const NumberRule& rule,
                                  FileContext& file)
{
    if (!entry.node->is_table()) {
        return read_fixed(entry, rule, file);
    }
    TableReader table(*entry.node->as_table(), entry.path, entry.place, file);
    (void)read_committed(table, false);
    return read_fixed(entry, rule, table);
}

/// The values by year of `{2020 = 1.0, 2050 = 0.4, unit = "-", source =
/// "..."}`.
model::LeverPath read_years(TableReader& table, const NumberRule& rule)
{
    model::LeverPath path;
    (void)read_provenance(table, rule);
    for (const Entry& item : table.entries()) {
        if (item.key == "unit" || item.key == "source" ||
            item.key == "confidence" || item.key == "note" ||
            item.key == committed_key) {
            continue;
        }
        const auto year = read_year(item, table.file());
        const auto value = finite_number(item, table.file());
        if (value && !rule.range.holds(*value)) {
            table.reject(item,
                         "is outside " + rule.range.text(),
                         "percent, another unit, or a wrong sign?");
        }
        if (year && value) {
            path.push_back({*year, *value});
        }
    }
    std::sort(path.begin(), path.end(), [](const auto& a, const auto& b) {
        return a.year < b.year;
    });
    return path;
}

/// A policy lever: values by year, or `{value = 1, unit = "-", source =
/// "..."}` for all years.
LeverEntry read_lever(const Entry& entry,
                      const LeverRule& rule,
                      FileContext& file)
{
    LeverEntry lever;
    if (!entry.node->is_table()) {
        (void)read_fixed(entry, rule.number, file);
        return lever;
    }
    TableReader table(*entry.node->as_table(), entry.path, entry.place, file);
    lever.committed = read_committed(table, rule.may_be_committed);
    if (!entry.node->as_table()->contains("value")) {
        lever.path = read_years(table, rule.number);
    } else if (const auto value = read_fixed(entry, rule.number, table)) {
        lever.path.push_back({2020, *value});
    }
    return lever;
}

std::vector<LeverAt> read_levers(TableReader& table,
                                 std::string_view key,
                                 const LeverRule& rule)
{
    std::vector<LeverAt> levers;
    if (auto list = table.table(key, Need::optional)) {
        for (const Entry& entry : list->entries()) {
            levers.push_back({name_at(entry.key, entry),
                              read_lever(entry, rule, table.file())});
        }
    }
    return levers;
}

/// `[[scenario.x.minimum_share]]` with `sector`, `technologies`, `share`.
std::vector<ShareBoundEntry> read_bounds(TableReader& table,
                                         std::string_view key,
                                         bool may_be_committed)
{
    std::vector<ShareBoundEntry> bounds;
    const auto list = table.find(key, Need::optional);
    if (!list) {
        return bounds;
    }
    for (const Entry& entry : elements(*list, table.file())) {
        auto item = table.as_table(entry);
        if (!item) {
            continue;
        }
        ShareBoundEntry bound;
        const auto sector = item->text("sector", Need::required);
        const auto names = item->find("technologies", Need::required);
        const auto share = item->find("share", Need::required);
        item->finish();
        if (!sector || !names || !share) {
            continue;
        }
        bound.sector = name_at(*sector, *item->find("sector", Need::optional));
        for (const Entry& name : elements(*names, table.file())) {
            bound.technologies.push_back(
                name_at(name.node->value_or<std::string>(""), name));
        }
        bound.share = read_lever(
            *share, {{"fraction", fraction}, may_be_committed}, table.file());
        bounds.push_back(std::move(bound));
    }
    return bounds;
}

void read_driver_paths(TableReader& table, ScenarioEntry& scenario)
{
    if (auto list = table.table("path", Need::optional)) {
        for (const Entry& entry : list->entries()) {
            if (const auto path = list->text(entry.key, Need::required)) {
                scenario.driver_paths.emplace_back(name_at(entry.key, entry),
                                                   *path);
            }
        }
    }
}

void read_end_of_new_builds(TableReader& table, ScenarioEntry& scenario)
{
    if (auto list = table.table("end_of_new_builds", Need::optional)) {
        for (const Entry& entry : list->entries()) {
            if (const auto year = read_single(entry, year_rule, table.file())) {
                scenario.end_of_new_builds.emplace_back(
                    name_at(entry.key, entry), static_cast<int>(*year));
            }
        }
    }
}

/// One number for all sectors, or a table of numbers by sector.
void read_demand_reduction(TableReader& table, ScenarioEntry& scenario)
{
    const NumberRule rule{"fraction", fraction};
    const auto entry = table.find("demand_reduction", Need::optional);
    if (!entry) {
        return;
    }
    const toml::table* by_sector = entry->node->as_table();
    if (by_sector == nullptr || by_sector->contains("value")) {
        scenario.demand_reduction = read_single(*entry, rule, table.file());
        return;
    }
    for (const Entry& item : table.as_table(*entry)->entries()) {
        if (const auto value = read_single(item, rule, table.file())) {
            scenario.demand_reductions.emplace_back(name_at(item.key, item),
                                                    *value);
        }
    }
}

void read_scenario(TableReader& table, ScenarioEntry& scenario)
{
    (void)table.find("description", Need::optional);
    read_driver_paths(table, scenario);
    read_end_of_new_builds(table, scenario);
    read_demand_reduction(table, scenario);
    scenario.carbon_cover =
        read_levers(table, "carbon_cover", {{"fraction", fraction}});
    scenario.premium =
        read_levers(table, "premium", {{"USD2020", any_number}, true});
    scenario.fixed_block_path =
        read_levers(table, "fixed_block_path", {{"-", not_negative}});
    const std::pair<const char*, double*> factors[] = {
        {"seed_factor", &scenario.seed_factor},
        {"adoption_factor", &scenario.adoption_factor},
        {"retirement_factor", &scenario.retirement_factor}};
    for (const auto& [key, factor] : factors) {
        if (const auto entry = table.find(key, Need::optional)) {
            *factor = read_single(*entry, {"-", not_negative}, table.file())
                          .value_or(1.0);
        }
    }
    scenario.minimum_share = read_bounds(table, "minimum_share", true);
    scenario.maximum_share = read_bounds(table, "maximum_share", false);
    table.finish();
}

}  // namespace

void read_scenarios(TableReader section, Catalogue& catalogue)
{
    for (const Entry& entry : section.entries()) {
        std::optional<TableReader> table = section.as_table(entry);
        if (table && accept_name(entry, catalogue.scenarios, section)) {
            ScenarioEntry scenario;
            scenario.name = entry.key;
            scenario.place = entry.place;
            read_scenario(*table, scenario);
            catalogue.scenarios.push_back(std::move(scenario));
        }
    }
}

}  // namespace hepta::config
