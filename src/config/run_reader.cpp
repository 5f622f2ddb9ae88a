#include "hepta/core/tile.hpp"
#include "sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <filesystem>
#include <functional>

namespace hepta::config {
namespace {

/// A whole number in [low, high]; `fallback` where absent or wrong.
std::uint64_t read_count(TableReader& run,
                         std::string_view key,
                         std::int64_t low,
                         std::int64_t high,
                         std::uint64_t fallback)
{
    const auto value = run.integer(key, Need::optional);
    if (!value) {
        return fallback;
    }
    if (*value < low || *value > high) {
        run.reject(*run.find(key, Need::optional),
                   fmt::format("= {} is outside [{}, {}]", *value, low, high),
                   "give a number in the range");
        return fallback;
    }
    return static_cast<std::uint64_t>(*value);
}

double read_fraction(TableReader& run,
                     std::string_view key,
                     const Range& range,
                     double fallback)
{
    const auto value = run.real(key, Need::optional);
    if (value && !range.holds(*value)) {
        run.reject(*run.find(key, Need::optional),
                   fmt::format("= {} is outside {}", *value, range.text()),
                   "a fraction, not percent");
    }
    return value.value_or(fallback);
}

/// Sobol points come in powers of 2, so that every elementary interval holds
/// as many as any other.
void check_sobol_size(TableReader& run, const RunConfig& config)
{
    const std::uint64_t r = config.randomisations;
    std::uint64_t below = r;
    while (below * 2 <= config.samples) {
        below *= 2;
    }
    if (config.samples != below) {
        const auto entry = run.find("samples", Need::optional);
        run.reject(entry ? *entry : *run.find("sampler", Need::optional),
                   fmt::format("= {} is not {} randomisations times a "
                               "power of 2",
                               config.samples,
                               r),
                   config.samples < r
                       ? fmt::format("the fewest are {}", r)
                       : fmt::format("{} or {}", below, 2 * below));
    }
}

void read_sampler(TableReader& run, RunConfig& config)
{
    const std::vector<std::string> samplers = {"mc", "sobol", "lhs"};
    config.sampler = run.text("sampler", Need::optional).value_or("mc");
    if (std::find(samplers.begin(), samplers.end(), config.sampler) ==
        samplers.end()) {
        run.reject(
            *run.find("sampler", Need::optional),
            fmt::format("\"{}\" is not a sampler", printable(config.sampler)),
            suggest(config.sampler, samplers));
        return;
    }
    config.randomisations = static_cast<std::uint32_t>(
        read_count(run, "randomisations", 2, 64, config.randomisations));
    if (!std::has_single_bit(config.randomisations)) {
        run.reject(
            *run.find("randomisations", Need::optional),
            fmt::format("= {} is not a power of 2", config.randomisations),
            "16 or 32");
    }
    config.antithetic =
        run.boolean("antithetic", Need::optional).value_or(false);
    if (config.antithetic && config.sampler != "mc") {
        run.reject(*run.find("antithetic", Need::optional),
                   fmt::format("= true goes with the sampler \"mc\", not "
                               "\"{}\"",
                               config.sampler),
                   "sampler = \"mc\"");
    }
    if (config.sampler == "sobol") {
        check_sobol_size(run, config);
    }
}

void read_stop(TableReader& run, RunConfig& config)
{
    auto section = run.table("stop", Need::optional);
    if (!section) {
        return;
    }
    StopSpec stop;
    stop.first_look = read_count(
        *section, "first_look", 1024, 1'000'000'000, stop.first_look);
    const Range width{.low = 0.0, .high = 1e12};
    stop.relative_half_width =
        read_fraction(*section, "relative_half_width", width, 0.0);
    stop.absolute_half_width =
        read_fraction(*section, "absolute_half_width", width, 0.0);
    stop.percentiles = section->reals("percentiles", Need::optional);
    if (stop.percentiles.empty()) {
        stop.percentiles = {5.0, 50.0, 95.0};
    }
    for (const double p : stop.percentiles) {
        if (!(p > 0.0 && p < 100.0)) {
            section->reject(*section->find("percentiles", Need::optional),
                            fmt::format("has {}, outside (0, 100)", p),
                            "percentiles are percent");
        }
    }
    if (!(stop.relative_half_width > 0.0 || stop.absolute_half_width > 0.0)) {
        run.reject(*run.find("stop", Need::optional),
                   "has no target",
                   "relative_half_width = 0.01, or absolute_half_width");
    }
    section->finish();
    config.stop = std::move(stop);
}

void read_sampling(TableReader& run, RunConfig& config)
{
    constexpr std::int64_t most = 1'000'000'000'000'000;
    constexpr std::int64_t largest_block = 1 << 20;
    constexpr auto lanes = static_cast<std::int64_t>(tile_lanes);
    config.samples = read_count(run, "samples", 1, most, config.samples);
    config.seed = read_count(run, "seed", 0, INT64_MAX, config.seed);
    config.block_size =
        read_count(run, "block_size", lanes, largest_block, config.block_size);
    config.pilot_samples = read_count(
        run, "pilot_samples", lanes, largest_block, config.pilot_samples);
    for (const auto& [key, count] :
         {std::pair{"block_size", config.block_size},
          std::pair{"pilot_samples", config.pilot_samples}}) {
        if (count % tile_lanes != 0) {
            run.reject(
                *run.find(key, Need::optional),
                fmt::format("= {} is no multiple of {}", count, tile_lanes),
                "samples are computed in tiles of that many");
        }
    }
    config.draws = read_count(run, "draws", 0, 10'000'000, config.draws);
    config.max_invalid_fraction = read_fraction(
        run, "max_invalid_fraction", fraction, config.max_invalid_fraction);
    config.sensitivity_samples = read_count(
        run, "sensitivity_samples", 0, 10'000'000, config.sensitivity_samples);
    read_sampler(run, config);
}

/// Standard deviations by which scores are moved.
void read_tilt(TableReader& run, const RunConfig& config, Catalogue& catalogue)
{
    constexpr Range shifts{.low = -8.0, .high = 8.0};
    auto section = run.table("tilt", Need::optional);
    if (!section) {
        return;
    }
    for (const Entry& entry : section->entries()) {
        const auto shift = finite_number(entry, section->file());
        if (shift && !shifts.holds(*shift)) {
            section->reject(
                entry,
                fmt::format("= {} is outside {}", *shift, shifts.text()),
                "standard deviations that the input's normal score is moved "
                "by; 1 to 3 reach far tails");
        }
        catalogue.tilts.emplace_back(name_at(entry.key, entry),
                                     shift.value_or(0.0));
    }
    constexpr std::uint32_t fewest_batches = 4;
    if (config.randomisations < fewest_batches) {
        run.reject(*run.find("randomisations", Need::optional),
                   fmt::format("= {} batches leave a run with a [tilt] without "
                               "limits",
                               config.randomisations),
                   "16; limits have two degrees of freedom less than batches");
    }
    const bool is_antithetic = config.antithetic && config.sampler == "mc";
    if (is_antithetic || config.sampler == "lhs") {
        run.reject(*run.find("tilt", Need::optional),
                   fmt::format("does not go with {}",
                               is_antithetic ? "antithetic = true"
                                             : "the sampler \"lhs\""),
                   "sampler = \"mc\" or \"sobol\", without antithetic: "
                   "intervals are from batches of independent samples");
    }
}

std::vector<NameAt> read_names(TableReader& run, std::string_view key)
{
    std::vector<NameAt> names;
    const auto list = run.find(key, Need::optional);
    if (!list) {
        return names;
    }
    for (const Entry& entry : elements(*list, run.file())) {
        if (!entry.node->is_string()) {
            run.reject(entry,
                       "is " + type_name(*entry.node) + ", not a name",
                       "write it in quotes");
            continue;
        }
        const std::string name = entry.node->as_string()->get();
        const bool again =
            std::any_of(names.begin(), names.end(), [&](const NameAt& n) {
                return n.name == name;
            });
        if (again) {
            run.reject(entry,
                       fmt::format("\"{}\" is listed twice", printable(name)),
                       "remove one of them");
            continue;
        }
        names.push_back(name_at(name, entry));
    }
    return names;
}

void read_outputs(TableReader& run, RunConfig& config)
{
    constexpr Range percent{
        .low = 0.0, .high = 100.0, .open_low = true, .open_high = true};
    config.percentiles = {1, 2.5, 5, 10, 25, 50, 75, 90, 95, 97.5, 99};
    if (const auto list = run.find("percentiles", Need::optional)) {
        config.percentiles.clear();
        for (const Entry& entry : elements(*list, run.file())) {
            const auto value = finite_number(entry, run.file());
            if (value && !percent.holds(*value)) {
                run.reject(entry,
                           fmt::format("= {} is outside (0, 100)", *value),
                           "percentiles are percent");
            }
            config.percentiles.push_back(value.value_or(50.0));
        }
        const auto& p = config.percentiles;
        if (p.empty() ||
            std::adjacent_find(p.begin(), p.end(), std::greater_equal<>()) !=
                p.end()) {
            run.reject(
                *list, "is not an ascending list", "percentiles = [5, 50, 95]");
        }
    }
    config.headline_years = {2030, 2050};
    if (const auto list = run.find("headline_years", Need::optional)) {
        config.headline_years.clear();
        for (const Entry& entry : elements(*list, run.file())) {
            const auto year = whole_number(entry, run.file());
            if (year && (*year < 2020 || *year > 2050)) {
                run.reject(entry,
                           fmt::format("= {} is outside [2020, 2050]", *year),
                           "give a year of the run");
            }
            config.headline_years.push_back(
                static_cast<int>(year.value_or(2050)));
        }
        const auto& years = config.headline_years;
        if (std::adjacent_find(years.begin(),
                               years.end(),
                               std::greater_equal<>()) != years.end()) {
            run.reject(*list,
                       "is not an ascending list",
                       "headline_years = [2030, 2050]");
        }
    }
    config.confidence =
        read_fraction(run,
                      "confidence",
                      {.low = 0.5, .high = 1.0, .open_high = true},
                      config.confidence);
}

}  // namespace

std::optional<EventSpec> read_event(const Entry& entry,
                                    TableReader& table,
                                    bool needs_item)
{
    EventSpec event;
    event.name = entry.key;
    event.metric =
        table.text("metric", Need::required, "an output").value_or("");
    if (needs_item) {
        event.item =
            table.text("item", Need::required, "a sector, portfolio, ...")
                .value_or("");
    }
    event.inner = table.text("inner", Need::optional).value_or("");
    event.year = static_cast<int>(read_count(table, "year", 2020, 2050, 2050));
    event.relative_to_first_year =
        table.boolean("relative_to_first_year", Need::optional).value_or(false);
    const auto below = table.real("below", Need::optional);
    const auto above = table.real("above", Need::optional);
    const Provenance provenance = read_provenance(table, {"", any_number});
    table.finish();
    if (below.has_value() == above.has_value()) {
        table.reject(entry,
                     "needs one of `below` and `above`",
                     "give the threshold as below = ... or above = ...");
        return std::nullopt;
    }
    event.direction =
        below ? EventSpec::Direction::below : EventSpec::Direction::above;
    event.threshold = below ? *below : *above;
    event.source = provenance.source;
    return event;
}

namespace {

void read_events(TableReader& run, Catalogue& catalogue)
{
    auto section = run.table("events", Need::optional);
    if (!section) {
        return;
    }
    const std::vector<SectorEntry> none;
    for (const Entry& entry : section->entries()) {
        auto table = section->as_table(entry);
        if (table && accept_name(entry, none, *section)) {
            if (auto event = read_event(entry, *table, true)) {
                catalogue.events.push_back(
                    {name_at(entry.key, entry), std::move(*event)});
            }
        }
    }
}

}  // namespace

void read_run(TableReader& run, RunConfig& config, Catalogue& catalogue)
{
    catalogue.run_place = run.place();
    (void)run.text("title", Need::optional);
    (void)run.text("description", Need::optional);
    if (const auto include = run.find("include", Need::optional)) {
        (void)elements(*include, run.file());
    }
    read_sampling(run, config);
    read_tilt(run, config, catalogue);
    read_stop(run, config);
    read_outputs(run, config);
    catalogue.scenarios_run = read_names(run, "scenarios");
    if (const auto name = run.text("baseline", Need::optional)) {
        catalogue.baseline =
            name_at(*name, *run.find("baseline", Need::optional));
    }
    catalogue.steps_per_year =
        static_cast<int>(read_count(run, "steps_per_year", 1, 64, 1));
    catalogue.non_co2_forcing =
        run.boolean("non_co2_forcing", Need::optional).value_or(false);
    if (auto section = run.table("portfolios", Need::optional)) {
        for (const Entry& entry : section->entries()) {
            catalogue.portfolios.push_back(
                {name_at(entry.key, entry), read_names(*section, entry.key)});
        }
    }
    catalogue.budgets =
        read_named_numbers(run, "budgets", {"Gt CO2", positive});
    read_events(run, catalogue);
}

}  // namespace hepta::config
