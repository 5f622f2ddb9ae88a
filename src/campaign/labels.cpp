#include "hepta/campaign/labels.hpp"

#include "hepta/core/error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace hepta::campaign {
namespace {

template <class Items>
std::vector<std::string> names_of(const Items& items)
{
    std::vector<std::string> names;
    for (const auto& item : items) {
        names.push_back(item.name);
    }
    return names;
}

std::uint32_t find_label(const config::EventSpec& event,
                         std::string_view what,
                         const std::string& label,
                         const std::vector<std::string>& labels)
{
    const auto found = std::find(labels.begin(), labels.end(), label);
    if (found == labels.end()) {
        throw InputError(fmt::format("event {}: {} '{}' is not one of {}",
                                     event.name,
                                     what,
                                     label,
                                     fmt::join(labels, ", ")));
    }
    return static_cast<std::uint32_t>(found - labels.begin());
}

}  // namespace

std::string_view dimension_name(model::ItemKind kind) noexcept
{
    switch (kind) {
        case model::ItemKind::sector:
            return "sector";
        case model::ItemKind::technology:
            return "technology";
        case model::ItemKind::carrier:
            return "carrier";
        case model::ItemKind::commodity:
            return "commodity";
        case model::ItemKind::carrier_or_none:
            return "carrier_or_none";
        case model::ItemKind::component:
            return "component";
        case model::ItemKind::resource:
            return "resource";
    }
    return "";
}

std::vector<std::string> item_labels(model::ItemKind kind,
                                     const model::Spec& spec)
{
    std::vector<std::string> labels;
    switch (kind) {
        case model::ItemKind::sector:
            labels = names_of(spec.sectors);
            for (const model::Portfolio& portfolio : spec.portfolios) {
                labels.push_back(portfolio.name);
            }
            break;
        case model::ItemKind::technology:
            for (const model::Sector& sector : spec.sectors) {
                for (const model::Technology& t : sector.technologies) {
                    labels.push_back(t.name);
                }
            }
            break;
        case model::ItemKind::carrier:
            labels = names_of(spec.carriers);
            break;
        case model::ItemKind::carrier_or_none:
            labels = names_of(spec.carriers);
            labels.emplace_back("none");
            break;
        case model::ItemKind::commodity:
            labels = names_of(spec.carriers);
            for (const std::uint32_t driver : {spec.carbon_price,
                                               spec.co2_storage_price,
                                               spec.co2_feedstock_price}) {
                labels.push_back(spec.drivers[driver].name);
            }
            break;
        case model::ItemKind::component:
            labels = names_of(spec.components);
            break;
        case model::ItemKind::resource:
            labels = names_of(spec.resources);
            break;
    }
    return labels;
}

std::vector<std::string> item_units(model::ItemKind kind,
                                    const model::Spec& spec)
{
    std::vector<std::string> units;
    switch (kind) {
        case model::ItemKind::sector:
            for (const model::Sector& sector : spec.sectors) {
                units.push_back(sector.activity_unit);
            }
            units.resize(units.size() + spec.portfolios.size());
            break;
        case model::ItemKind::technology:
            for (const model::Sector& sector : spec.sectors) {
                units.insert(units.end(),
                             sector.technologies.size(),
                             "USD2020 per " + sector.functional_unit);
            }
            break;
        case model::ItemKind::carrier:
        case model::ItemKind::carrier_or_none:
            break;
        case model::ItemKind::commodity:
            units.assign(spec.carriers.size(), "USD2020 per GJ");
            units.insert(units.end(), 3, "USD2020 per t CO2");
            break;
        case model::ItemKind::component:
            for (const model::Component& component : spec.components) {
                units.push_back(component.unit);
            }
            break;
        case model::ItemKind::resource:
            for (const model::Resource& resource : spec.resources) {
                units.push_back(resource.unit);
            }
            break;
    }
    return units;
}

std::uint32_t event_row(const config::EventSpec& event,
                        const model::Spec& spec,
                        const model::OutputLayout& layout)
{
    const model::Metric* metric = layout.find(event.metric);
    if (metric == nullptr) {
        std::vector<std::string> names = names_of(layout.metrics());
        throw InputError(fmt::format("event {}: metric '{}' is not one of {}",
                                     event.name,
                                     event.metric,
                                     fmt::join(names, ", ")));
    }
    std::vector<std::string> items = item_labels(metric->kind, spec);
    items.resize(metric->n_items);
    const std::uint32_t item = find_label(event, "item", event.item, items);
    if (metric->n_inner == 1 && metric->inner.empty()) {
        return metric->row(item);
    }
    return metric->row(item,
                       find_label(event,
                                  metric->inner,
                                  event.inner,
                                  inner_labels(metric->inner, spec)));
}

}  // namespace hepta::campaign
