/// \file
/// What the files say, as read: every entity with its numbers, by name.
#pragma once

#include "hepta/config/run_config.hpp"
#include "number.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hepta::config {

/// The numbers of an entity by key.
using Numbers = std::map<std::string, Number, std::less<>>;

/// Numbers whose keys are names of other entities, in the order of the file.
struct NamedNumber
{
    std::string name;
    Number number;
};
using NamedNumbers = std::vector<NamedNumber>;

using KnotNumbers = std::vector<KnotNumber>;

struct TechnologyEntry
{
    std::string name;  ///< within its sector
    Place place;
    std::string path;
    Numbers numbers;
    NamedNumbers energy_input;
    NamedNumbers capex_component_share;
    NamedNumbers component_intensity;
    NamedNumbers resource_input;
};

struct SectorEntry
{
    std::string name;
    Place place;
    std::string activity_unit, functional_unit;
    Numbers numbers;
    KnotNumbers activity;
    NamedNumbers fixed_block;  ///< at most one
    std::vector<TechnologyEntry> technologies;
};

struct CarrierEntry
{
    std::string name;
    Place place;
    std::string driver;
    Numbers numbers;
};

struct DriverEntry
{
    std::string name;
    Place place;
    std::string unit, group;
    Numbers numbers;
    std::map<std::string, KnotNumbers> paths;
};

struct ComponentEntry
{
    std::string name;
    Place place;
    std::string unit;
    Numbers numbers;
    KnotNumbers exogenous_cumulative;
};

struct ConverterEntry
{
    std::string name;
    Place place;
    std::string output, input, component;
    Numbers numbers;
    KnotNumbers specific_energy;
};

struct ResourceEntry
{
    std::string name;
    Place place;
    std::string unit;
    model::Resource::Kind kind = model::Resource::Kind::carriers;
    std::vector<std::string> carriers;
    KnotNumbers limit;
    double limit_factor = 1.0;
};

/// A reference to an entity in a scenario or list, with its place.
struct NameAt
{
    std::string name;
    Place place;
    std::string path;
};

/// Values of a lever over the years.
struct LeverEntry
{
    model::LeverPath path;
    std::optional<NameAt> committed;  ///< that key, where it is true
};

struct LeverAt
{
    NameAt of;  ///< sector or technology
    LeverEntry lever;
};

struct ShareBoundEntry
{
    NameAt sector;
    std::vector<NameAt> technologies;
    LeverEntry share;
};

struct ScenarioEntry
{
    std::string name;
    Place place;
    std::vector<std::pair<NameAt, std::string>> driver_paths;
    std::vector<std::pair<NameAt, int>> end_of_new_builds;
    std::optional<double> demand_reduction;  ///< of all sectors
    std::vector<std::pair<NameAt, double>> demand_reductions;
    std::vector<LeverAt> carbon_cover, premium, fixed_block_path;
    double seed_factor = 1.0, adoption_factor = 1.0, retirement_factor = 1.0;
    std::vector<ShareBoundEntry> minimum_share, maximum_share;
};

/// `rank` correlation of two named quantities.
struct CorrelationPair
{
    NameAt first, second;
    double rank = 0.0;
};
/// Inputs `parameter` of a sector that share a factor.
struct SharedFactor
{
    NameAt parameter;
    double rank = 0.0;
};
/// Inputs `parameter` of newcomers that lean on a named factor.
struct NewcomerFactor
{
    NameAt parameter, factor;
    double rank = 0.0;
};

/// Driver roles of the model.
struct Roles
{
    NameAt carbon_price, grid_intensity, co2_storage_price, co2_feedstock_price;
    bool given = false;
};

struct PortfolioEntry
{
    NameAt name;
    std::vector<NameAt> sectors;
};

struct EventEntry
{
    NameAt name;
    EventSpec event;
};

struct MilestoneEntry
{
    NameAt name, sector;
    MilestoneSpec milestone;
};

/// A count of projects at a date.
struct CountAt
{
    std::string date;   ///< "2025-11"
    double time = 0.0;  ///< in calendar years, the middle of the month
    Number number;
};

/// Projects of a sector, or of all.
struct ProjectEntry
{
    std::string name;
    Place place;
    std::string path;
    std::map<std::string, std::vector<CountAt>, std::less<>> counts;
    Numbers rates;
};

struct CommitmentEntry
{
    std::string name;  ///< a sector, or "all"
    Place place;
    std::string path;
    Numbers numbers;
};

/// Switches of variants of the model.
struct Variant
{
    Place place;
    bool given = false;
    bool learning_spillover = true;
    bool accelerates = false;
    Numbers acceleration;
    bool ramps_up = false;
    Numbers ramp_up;  ///< of newcomers, in place of their own
    bool retrofits = false;

    /// Of what is on.
    [[nodiscard]] std::vector<std::string> names() const;
};

/// All files together.
struct Catalogue
{
    std::vector<SectorEntry> sectors;
    std::vector<CarrierEntry> carriers;
    std::vector<DriverEntry> drivers;
    std::vector<ComponentEntry> components;
    std::vector<ConverterEntry> converters;
    std::vector<ResourceEntry> resources;
    std::vector<ScenarioEntry> scenarios;
    std::vector<CorrelationPair> correlation_pairs;
    std::vector<SharedFactor> shared_factors;
    std::vector<NewcomerFactor> newcomer_factors;
    Roles roles;
    Numbers global;
    std::vector<ReferenceValue> references;

    std::vector<NameAt> scenarios_run;
    std::optional<NameAt> baseline;
    std::vector<PortfolioEntry> portfolios;
    NamedNumbers budgets;
    std::vector<EventEntry> events;
    int steps_per_year = 1;
    bool non_co2_forcing = false;
    Place run_place;
    std::vector<MilestoneEntry> milestones;
    NamedNumbers sector_budgets;
    std::vector<ProjectEntry> projects;
    std::vector<CommitmentEntry> commitments;
    std::vector<std::pair<NameAt, double>> tilts;
    Variant variant;
};

/// The entry called `name`; nullptr if there is none.
template <class T>
[[nodiscard]] const T* find_named(const std::vector<T>& entries,
                                  std::string_view name)
{
    for (const T& entry : entries) {
        if (entry.name == name) {
            return &entry;
        }
    }
    return nullptr;
}

template <class T>
[[nodiscard]] std::vector<std::string> names_of(const std::vector<T>& entries)
{
    std::vector<std::string> names;
    for (const T& entry : entries) {
        names.push_back(entry.name);
    }
    return names;
}

}  // namespace hepta::config
