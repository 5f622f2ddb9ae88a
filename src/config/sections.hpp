/// \file
/// Readers of the sections of a file; each adds to the catalogue.
#pragma once

#include "catalogue.hpp"
#include "fields.hpp"
#include "table_reader.hpp"
#include "toml_source.hpp"

#include <optional>
#include <string>

namespace hepta::config {

void read_sectors(TableReader section, Catalogue& catalogue);
void read_carriers(TableReader section, Catalogue& catalogue);
void read_drivers(TableReader section, Catalogue& catalogue);
void read_roles(TableReader section, Catalogue& catalogue);
void read_components(TableReader section, Catalogue& catalogue);
void read_converters(TableReader section, Catalogue& catalogue);
void read_resources(TableReader section, Catalogue& catalogue);
void read_scenarios(TableReader section, Catalogue& catalogue);
void read_correlations(TableReader section, Catalogue& catalogue);
void read_global(TableReader section, Catalogue& catalogue);

/// Numbers that the model is held against: nested tables down to numbers; the
/// last key is the year, if it is one.
void read_references(TableReader section, Catalogue& catalogue);

/// Milestones by sector.
void read_milestones(TableReader section, Catalogue& catalogue);

/// An event from its table; `needs_item` says whether it names one item.
/// Nothing if its threshold is missing; faults are reported.
[[nodiscard]] std::optional<EventSpec> read_event(const Entry& entry,
                                                  TableReader& table,
                                                  bool needs_item);

/// Projects by sector: counts by stage and date, rates and assumptions.
void read_pipeline(TableReader section, Catalogue& catalogue);

/// What companies have committed to, by sector.
void read_commitments(TableReader section, Catalogue& catalogue);

/// Switches of variants of the model; in one file only.
void read_variant(TableReader section, Catalogue& catalogue);

/// Keys of the run file itself.
void read_run(TableReader& run, RunConfig& config, Catalogue& catalogue);

/// The texts of [sources], into the context of the file.
void read_source_texts(TableReader& root);

/// All sections of all files; the first file is the run file.
void read_catalogue(const std::vector<SourceFile>& files,
                    RunConfig& config,
                    Catalogue& catalogue,
                    Diagnostics& diagnostics);

/// `pattern` with {f} and {u} replaced by `unit`.
[[nodiscard]] std::string fill_unit(std::string_view pattern,
                                    std::string_view unit);

/// Read the numbers of `fields` into `numbers`.
template <class T, std::size_t n>
void read_fields(TableReader& table,
                 const Field<T> (&fields)[n],
                 std::string_view unit,
                 Numbers& numbers)
{
    for (const Field<T>& field : fields) {
        const NumberRule rule{fill_unit(field.unit, unit), field.range};
        const auto entry = table.find(
            field.key, field.need, rule.unit.substr(0, rule.unit.find('|')));
        if (!entry) {
            continue;
        }
        if (auto number = read_number(*entry, rule, table.file())) {
            numbers.emplace(field.key, std::move(*number));
        }
    }
}

/// Read numbers whose keys are names, of the table at `key`, if it is there.
[[nodiscard]] NamedNumbers read_named_numbers(TableReader& table,
                                              std::string_view key,
                                              const NumberRule& rule);

/// True unless `name` cannot be part of the name of an input, or is taken.
template <class T>
bool accept_name(const Entry& entry,
                 const std::vector<T>& entries,
                 const TableReader& section)
{
    const bool plain = !entry.key.empty() &&
                       entry.key.find_first_not_of(
                           "abcdefghijklmnopqrstuvwxyz0123456789_"
                           "ABCDEFGHIJKLMNOPQRSTUVWXYZ-.") == std::string::npos;
    if (!plain) {
        section.reject(
            entry, "is not a name", "use letters, digits, _, - and .");
        return false;
    }
    if (find_named(entries, entry.key) != nullptr) {
        section.reject(
            entry, "is defined twice", "rename or remove one of them");
        return false;
    }
    return true;
}

[[nodiscard]] inline NameAt name_at(std::string name, const Entry& entry)
{
    return {std::move(name), entry.place, entry.path};
}

}  // namespace hepta::config
