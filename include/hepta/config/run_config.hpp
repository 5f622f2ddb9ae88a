/// \file
/// A run, read from TOML and validated: what to compute, and how to count it.
#pragma once

#include "hepta/model/pipeline.hpp"
#include "hepta/model/spec.hpp"
#include "hepta/sampling/design.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hepta::config {

/// An event of a sample, reported as a probability: an output compared with a
/// threshold in one year.
struct EventSpec
{
    enum class Direction
    {
        below,  ///< output <= threshold
        above,  ///< output >= threshold
    };
    std::string name;
    std::string metric;  ///< of the output layout
    std::string item;    ///< "steel", "all", "steel/h2_dri_eaf"
    std::string inner;   ///< scope or budget, empty where the metric has none
    int year = 2050;
    double threshold = 0.0;
    bool relative_to_first_year = false;  ///< threshold x first year's value
    Direction direction = Direction::below;
    std::string source;
};

/// A step of a sector's roadmap: by `event.year` an output, or its sum over
/// some items, is to pass a threshold.
struct MilestoneSpec
{
    std::string sector;
    std::vector<std::string> items;
    EventSpec event;  ///< without an item
};

/// What a sector may emit from the first to the last year, as published.
struct SectorBudget
{
    std::string sector;
    double amount_gt = 0.0;  ///< Gt CO2, scope 1+2
    std::string source;
};

/// What the companies of a sector have committed to.
struct Commitment
{
    std::string sector;
    model::Row covered = model::no_row;   ///< share of activity
    model::Row delivery = model::no_row;  ///< part of it that is delivered
};

/// A published number that results are held against; no part of the model.
struct ReferenceValue
{
    std::string name;  ///< "steel/ref_emissions_s1_s2"
    int year = 0;      ///< 0 where the number has none
    std::string unit;
    double value = 0.0;
    double low = 0.0;
    double high = 0.0;
    std::string source;
};

/// `--set key=value`, dotted key of the run file.
struct Override
{
    std::string key, value;
};

/// The texts a configuration was read from: stored with a result, it can be
/// read again without its files.
struct Sources
{
    std::string run_file;                      ///< name without folder
    std::map<std::string, std::string> texts;  ///< by path from the run file
    std::vector<Override> overrides;
    bool are_complete = false;  ///< no file is read beside `texts`
};

/// Stop when the percentiles of the headline totals are known well enough.
struct StopSpec
{
    /// Samples at the first look; looks follow at each doubling, the last at
    /// `RunConfig::samples`.
    std::uint64_t first_look = 65536;
    std::vector<double> percentiles;  ///< that must be precise enough
    /// A percentile v is, when its interval reaches from it at most to
    /// max(absolute, relative |v|). At least one is positive.
    double relative_half_width = 0.0;
    double absolute_half_width = 0.0;  ///< Mt CO2e/yr
};

/// What the run file says; the command line may override some of it.
struct RunConfig
{
    std::string name;  ///< file name without .toml; default output name
    sampling::DesignSpec design;
    model::Spec model;

    std::uint64_t samples = 1'000'000;
    std::uint64_t seed = 1;
    std::string sampler = "mc";
    std::uint32_t randomisations = 16;  ///< of `sobol`, or batches with tilts
    bool antithetic = false;            ///< pairs u, 1 - u; for `mc`
    std::optional<StopSpec> stop;
    /// Samples that first-order sensitivities are found from, at most.
    std::uint64_t sensitivity_samples = 65536;
    std::uint64_t block_size = 2048;  ///< samples counted at once
    std::uint64_t pilot_samples = 1024;
    std::uint64_t draws = 2000;  ///< samples whose inputs are kept
    std::vector<double> percentiles;
    double confidence = 0.95;
    std::vector<int> headline_years;
    double max_invalid_fraction = 1e-4;
    std::vector<EventSpec> events;
    std::vector<ReferenceValue> references;

    /// The resolved model: every input (name, id, distribution, unit, source),
    /// every knot and equation parameter; compact canonical JSON text. Does
    /// not contain samples, range, threads, block size or output.
    std::string resolved_json;
    std::string sha256;  ///< of `resolved_json`, 64 hex digits
    Sources sources;     ///< what it was read from

    std::vector<MilestoneSpec> milestones;  ///< sector after sector
    std::vector<SectorBudget> sector_budgets;
    model::ProjectSpec projects;          ///< without groups if none is given
    std::vector<Commitment> commitments;  ///< of sectors of the run

    /// Importance sampling: inputs drawn off their distribution, every sample
    /// counting by its likelihood weight. By name.
    std::vector<sampling::Tilt> tilts;
};

/// Read and validate a run file and all it includes.
/// \throws InputError with every fault found, one line each with its hint:
///         "file:line:column: key problem\n  hint: remedy"
[[nodiscard]] RunConfig load(const std::string& path,
                             const std::vector<Override>& overrides = {});

/// Read again what an earlier `load` kept; no file is looked at.
/// \throws InputError as above
[[nodiscard]] RunConfig load(const Sources& sources);

}  // namespace hepta::config
