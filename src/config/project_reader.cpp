/// \file
/// [pipeline] and [commitments] as they are written.
#include "sections.hpp"

#include <fmt/format.h>

#include <charconv>
#include <string_view>
#include <utility>

namespace hepta::config {
namespace {

enum class Kind
{
    count,  ///< by date
    rate,
    kept,  ///< by date or period; checked, not used
};

struct ProjectField
{
    std::string_view key;
    std::string_view unit;
    Range range;
    Kind kind;
};

constexpr ProjectField project_fields[] = {
    {"announced", "projects", not_negative, Kind::count},
    {"operational", "projects", not_negative, Kind::count},
    {"fid", "projects", not_negative, Kind::count},
    {"operational_or_fid", "projects", not_negative, Kind::count},
    {"total_tracked", "projects", not_negative, Kind::count},
    {"announced_to_fid_annual_hazard", "1/yr", not_negative, Kind::rate},
    {"fid_to_operation_delay", "yr", positive, Kind::rate},
    {"fid_to_operation_success", "fraction", fraction, Kind::rate},
    {"operating_share_of_past_fid", "fraction", fraction, Kind::rate},
    {"capacity_per_project", "", not_negative, Kind::rate},
    {"avoided_per_unit", "t CO2", any_number, Kind::rate},
    {"target_2030", "projects", not_negative, Kind::kept},
    {"poised", "projects", not_negative, Kind::kept},
    {"on_time_completion_rate", "fraction", fraction, Kind::kept},
    {"eventual_success_rate", "fraction", fraction, Kind::kept},
};

constexpr ProjectField commitment_fields[] = {
    {"members", "companies", not_negative, Kind::kept},
    {"covered_share", "fraction", fraction, Kind::rate},
    {"delivery_rate", "fraction", fraction, Kind::rate},
};

/// The calendar time of "2025" or "2025-11", in the middle of it.
std::optional<double> time_of(std::string_view text)
{
    int year = 0, month = 0;
    const char* end = text.data() + text.size();
    auto parsed = std::from_chars(text.data(), end, year);
    if (parsed.ec != std::errc() || !year_range.holds(year)) {
        return std::nullopt;
    }
    if (parsed.ptr == end) {
        return year + 0.5;
    }
    if (*parsed.ptr != '-') {
        return std::nullopt;
    }
    parsed = std::from_chars(parsed.ptr + 1, end, month);
    if (parsed.ec != std::errc() || parsed.ptr != end || month < 1 ||
        month > 12) {
        return std::nullopt;
    }
    return year + (month - 0.5) / 12.0;
}

bool is_by_date(const Entry& entry)
{
    const toml::table* table = entry.node->as_table();
    return table != nullptr && !table->contains("unit") &&
           !table->contains("value") && !table->contains("distribution");
}

void read_counts(const Entry& stage,
                 const NumberRule& rule,
                 TableReader& table,
                 ProjectEntry& project)
{
    if (!is_by_date(stage)) {
        table.reject(stage,
                     "has no date",
                     fmt::format("write {}.2025-11 = {{...}}", stage.key));
        return;
    }
    auto dates = table.as_table(stage);
    for (const Entry& entry : dates->entries()) {
        const auto time = time_of(entry.key);
        if (!time) {
            dates->reject(entry, "is not a date", "write 2025-11, or 2025");
        }
        auto number = read_number(entry, rule, table.file());
        if (time && number) {
            project.counts[stage.key].push_back(
                {entry.key, *time, std::move(*number)});
        }
    }
}

/// Numbers with or without a period below their key: the number itself, if
/// there is one alone.
void read_rate(const Entry& rate,
               const NumberRule& rule,
               bool is_used,
               TableReader& table,
               Numbers& numbers)
{
    std::vector<Entry> entries = {rate};
    if (is_by_date(rate)) {
        entries = table.as_table(rate)->entries();
    }
    if (is_used && entries.size() != 1) {
        table.reject(rate,
                     fmt::format("has {} numbers", entries.size()),
                     "give one number");
        return;
    }
    for (const Entry& entry : entries) {
        auto number = read_number(entry, rule, table.file());
        if (number && is_used) {
            numbers.emplace(rate.key, std::move(*number));
        }
    }
}

}  // namespace

void read_pipeline(TableReader section, Catalogue& catalogue)
{
    for (const Entry& entry : section.entries()) {
        auto table = section.as_table(entry);
        if (!table || !accept_name(entry, catalogue.projects, section)) {
            continue;
        }
        ProjectEntry project{entry.key, entry.place, entry.path, {}, {}};
        for (const ProjectField& field : project_fields) {
            const auto found = table->find(field.key, Need::optional);
            if (!found) {
                continue;
            }
            const NumberRule rule{std::string(field.unit), field.range};
            if (field.kind == Kind::count) {
                read_counts(*found, rule, *table, project);
            } else {
                read_rate(*found,
                          rule,
                          field.kind == Kind::rate,
                          *table,
                          project.rates);
            }
        }
        table->finish();
        catalogue.projects.push_back(std::move(project));
    }
}

void read_commitments(TableReader section, Catalogue& catalogue)
{
    for (const Entry& entry : section.entries()) {
        auto table = section.as_table(entry);
        if (!table || !accept_name(entry, catalogue.commitments, section)) {
            continue;
        }
        CommitmentEntry commitment{entry.key, entry.place, entry.path, {}};
        for (const ProjectField& field : commitment_fields) {
            const auto found = table->find(field.key, Need::optional);
            if (found) {
                read_rate(*found,
                          {std::string(field.unit), field.range},
                          field.kind == Kind::rate,
                          *table,
                          commitment.numbers);
            }
        }
        table->finish();
        catalogue.commitments.push_back(std::move(commitment));
    }
}

}  // namespace hepta::config
