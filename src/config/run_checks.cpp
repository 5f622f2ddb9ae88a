#include "run_checks.hpp"

#include "hepta/model/output_layout.hpp"
#include "links.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace hepta::config {
namespace {

/// Names of the items of a metric, in the order of its rows.
std::vector<std::string> items_of(const model::Metric& metric,
                                  const model::Spec& model)
{
    switch (metric.kind) {
        case model::ItemKind::sector: {
            std::vector<std::string> names = names_of(model.sectors);
            if (metric.portfolios) {
                for (const model::Portfolio& portfolio : model.portfolios) {
                    names.push_back(portfolio.name);
                }
            }
            return names;
        }
        case model::ItemKind::technology: {
            std::vector<std::string> names;
            for (const model::Sector& sector : model.sectors) {
                for (const auto& technology : sector.technologies) {
                    names.push_back(technology.name);
                }
            }
            return names;
        }
        case model::ItemKind::component:
            return names_of(model.components);
        case model::ItemKind::resource:
            return names_of(model.resources);
        case model::ItemKind::carrier:
            return names_of(model.carriers);
        case model::ItemKind::carrier_or_none: {
            std::vector<std::string> names = names_of(model.carriers);
            names.emplace_back("none");
            return names;
        }
        case model::ItemKind::commodity:
            break;
    }
    std::vector<std::string> names = names_of(model.carriers);
    for (const std::uint32_t driver : {model.carbon_price,
                                       model.co2_storage_price,
                                       model.co2_feedstock_price}) {
        names.push_back(model.drivers.at(driver).name);
    }
    return names;
}

void check_choice(const EventEntry& entry,
                  std::string_view kind,
                  const std::string& name,
                  const std::vector<std::string>& known,
                  Diagnostics& diagnostics)
{
    if (std::find(known.begin(), known.end(), name) == known.end()) {
        diagnostics.add(entry.name.place,
                        fmt::format("{}.{}", entry.name.path, kind),
                        fmt::format("= \"{}\" is not one of `{}`",
                                    printable(name),
                                    entry.event.metric),
                        suggest(name, known));
    }
}

void check_event(const EventEntry& entry,
                 const model::OutputLayout& layout,
                 const model::Spec& model,
                 Diagnostics& diagnostics)
{
    const EventSpec& event = entry.event;
    const model::Metric* metric = layout.find(event.metric);
    if (metric == nullptr) {
        diagnostics.add(
            entry.name.place,
            entry.name.path + ".metric",
            fmt::format("= \"{}\" is not an output", printable(event.metric)),
            suggest(event.metric, names_of(layout.metrics())));
        return;
    }
    check_choice(
        entry, "item", event.item, items_of(*metric, model), diagnostics);
    const std::vector<std::string> inner = inner_labels(metric->inner, model);
    if (!inner.empty() || !event.inner.empty()) {
        check_choice(entry, "inner", event.inner, inner, diagnostics);
    }
    if (metric->is_flow && event.year == model.last_year) {
        diagnostics.add(
            entry.name.place,
            entry.name.path + ".year",
            fmt::format("= {} has no `{}`", event.year, metric->name),
            "it is a flow from one year to the next; give an "
            "earlier year");
    }
}

/// True if the run has the sector; reports one that nobody has.
bool has_sector(const NameAt& sector,
                const Catalogue& catalogue,
                Diagnostics& diagnostics)
{
    const std::vector<std::string> known = names_of(catalogue.sectors);
    if (std::find(known.begin(), known.end(), sector.name) != known.end()) {
        return true;
    }
    if (!is_absent_sector(catalogue, sector.name)) {
        diagnostics.add(sector.place,
                        sector.path,
                        fmt::format("is of `{}`, which is not a sector",
                                    printable(sector.name)),
                        suggest(sector.name, known));
    }
    return false;
}

void check_milestone(const MilestoneEntry& entry,
                     const model::OutputLayout& layout,
                     const RunConfig& config,
                     Diagnostics& diagnostics)
{
    for (const EventSpec& event : config.events) {
        if (event.name == entry.name.name) {
            diagnostics.add(entry.name.place,
                            entry.name.path,
                            "has the name of an event",
                            "rename one of them");
        }
    }
    for (const std::string& item : entry.milestone.items) {
        EventEntry of_item{entry.name, entry.milestone.event};
        of_item.event.item = item;
        check_event(of_item, layout, config.model, diagnostics);
    }
}

}  // namespace

void take_roadmap(Catalogue& catalogue,
                  RunConfig& config,
                  Diagnostics& diagnostics)
{
    const model::OutputLayout layout(config.model);
    for (MilestoneEntry& entry : catalogue.milestones) {
        if (has_sector(entry.sector, catalogue, diagnostics)) {
            entry.milestone.event.name = entry.name.name;
            check_milestone(entry, layout, config, diagnostics);
            config.milestones.push_back(std::move(entry.milestone));
        }
    }
    for (const NamedNumber& budget : catalogue.sector_budgets) {
        const NameAt sector{
            budget.name, budget.number.place, "sector_budgets." + budget.name};
        if (has_sector(sector, catalogue, diagnostics)) {
            config.sector_budgets.push_back(
                {budget.name, budget.number.value, budget.number.source});
        }
    }
}

void take_events(Catalogue& catalogue,
                 RunConfig& config,
                 Diagnostics& diagnostics)
{
    const model::OutputLayout layout(config.model);
    for (EventEntry& entry : catalogue.events) {
        check_event(entry, layout, config.model, diagnostics);
        config.events.push_back(std::move(entry.event));
    }
}

void check_sizes(const RunConfig& config,
                 const Place& place,
                 Diagnostics& diagnostics)
{
    const model::Spec& model = config.model;
    const std::tuple<const char*, std::size_t, std::size_t> sizes[] = {
        {"components", model.components.size(), model::max_components},
        {"carriers", model.carriers.size(), model::max_carriers},
        {"converters", model.converters.size(), model::max_converters}};
    for (const auto& [what, n, most] : sizes) {
        if (n > most) {
            diagnostics.add(place,
                            what,
                            fmt::format("in use are {}, more than {}", n, most),
                            "merge some of them; without learning spill-over "
                            "each sector has its own");
        }
    }
}

void check_names(const sampling::DesignSpec& design,
                 const Place& place,
                 Diagnostics& diagnostics)
{
    std::vector<std::string> names = names_of(design.inputs);
    for (const sampling::Latent& latent : design.latents) {
        names.push_back(latent.name);
    }
    std::unordered_map<std::uint32_t, std::string> owners;
    for (const std::string& name : names) {
        const auto [owner, is_new] =
            owners.emplace(sampling::input_id(name), name);
        if (!is_new) {
            diagnostics.add(
                place,
                fmt::format("input \"{}\"", name),
                owner->second == name
                    ? "stands twice"
                    : fmt::format("has the same number as \"{}\", hence the "
                                  "same draws",
                                  owner->second),
                "rename one of them");
        }
    }
}

}  // namespace hepta::config
