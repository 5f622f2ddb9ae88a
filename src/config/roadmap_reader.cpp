#include "sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace hepta::config {
namespace {

constexpr int years_between = 5;

void read_milestone(const Entry& entry,
                    const Entry& sector,
                    TableReader& table,
                    Catalogue& catalogue)
{
    std::vector<std::string> items = table.texts("items", Need::required);
    auto event = read_event(entry, table, false);
    if (!event) {
        return;
    }
    if (items.empty()) {
        table.reject(entry, "has no items", "items = [\"all\"]");
    }
    if (event->year % years_between != 0) {
        table.reject(entry,
                     fmt::format("is of {}", event->year),
                     "milestones are of every fifth year: 2030, 2035, ...");
    }
    catalogue.milestones.push_back(
        {name_at(entry.key, entry),
         name_at(sector.key, sector),
         {sector.key, std::move(items), std::move(*event)}});
}

}  // namespace

void read_milestones(TableReader section, Catalogue& catalogue)
{
    for (const Entry& sector : section.entries()) {
        auto names = section.as_table(sector);
        if (!names) {
            continue;
        }
        for (const Entry& entry : names->entries()) {
            auto table = names->as_table(entry);
            const auto is_same = [&](const MilestoneEntry& other) {
                return other.name.name == entry.key;
            };
            if (std::any_of(catalogue.milestones.begin(),
                            catalogue.milestones.end(),
                            is_same)) {
                names->reject(entry,
                              "has the name of another milestone",
                              "rename one of them");
            } else if (table &&
                       accept_name(entry, std::vector<SectorEntry>(), *names)) {
                read_milestone(entry, sector, *table, catalogue);
            }
        }
    }
}

}  // namespace hepta::config
