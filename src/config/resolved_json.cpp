#include "resolved_json.hpp"

#include <nlohmann/json.hpp>

namespace hepta::config {
namespace {

using nlohmann::json;

constexpr int format_version = 1;

std::vector<std::string> names_by_row(const sampling::DesignSpec& design)
{
    std::vector<std::string> names(design.n_rows);
    for (const sampling::Input& input : design.inputs) {
        names[input.row] = input.name;
    }
    for (const sampling::PathKnot& knot : design.knots) {
        names[knot.row] = knot.name;
    }
    return names;
}

json event_json(const EventSpec& event)
{
    return {
        {"name", event.name},
        {"metric", event.metric},
        {"item", event.item},
        {"inner", event.inner},
        {"year", event.year},
        {"threshold", event.threshold},
        {"relative_to_first_year", event.relative_to_first_year},
        {"direction",
         event.direction == EventSpec::Direction::below ? "below" : "above"},
        {"source", event.source}};
}

json milestones_json(const RunConfig& config)
{
    json milestones = json::array();
    for (const MilestoneSpec& milestone : config.milestones) {
        json entry = event_json(milestone.event);
        entry["item"] = milestone.items;
        entry["sector"] = milestone.sector;
        milestones.push_back(std::move(entry));
    }
    return milestones;
}

json sector_budgets_json(const RunConfig& config)
{
    json budgets = json::array();
    for (const SectorBudget& budget : config.sector_budgets) {
        budgets.push_back({{"sector", budget.sector},
                           {"amount_gt", budget.amount_gt},
                           {"source", budget.source}});
    }
    return budgets;
}

json projects_json(const model::ProjectSpec& spec,
                   const std::vector<std::string>& names)
{
    const auto number = [&](model::Row row) {
        return row == model::no_row ? json() : json(names.at(row));
    };
    json groups = json::array();
    for (const model::ProjectGroup& group : spec.groups) {
        groups.push_back({{"name", group.name},
                          {"date", group.date},
                          {"announced", number(group.announced)},
                          {"operating", number(group.operating)},
                          {"decided", number(group.decided)},
                          {"past_decision", number(group.past_decision)},
                          {"capacity", number(group.capacity)},
                          {"avoided", number(group.avoided)}});
    }
    return {{"groups", std::move(groups)},
            {"first_year", spec.first_year},
            {"last_year", spec.last_year},
            {"decision_hazard", number(spec.decision_hazard)},
            {"delay", number(spec.delay)},
            {"success", number(spec.success)},
            {"operating_share", number(spec.operating_share)}};
}

json tilts_json(const std::vector<sampling::Tilt>& tilts)
{
    json shifts = json::object();
    for (const sampling::Tilt& tilt : tilts) {
        shifts[tilt.input] = tilt.shift;
    }
    return shifts;
}

json commitments_json(const std::vector<Commitment>& commitments,
                      const std::vector<std::string>& names)
{
    json list = json::array();
    for (const Commitment& commitment : commitments) {
        list.push_back({{"sector", commitment.sector},
                        {"covered", names.at(commitment.covered)},
                        {"delivery", names.at(commitment.delivery)}});
    }
    return list;
}

}  // namespace

std::string resolved_json(const RunConfig& config)
{
    json events = json::array();
    for (const EventSpec& event : config.events) {
        events.push_back(event_json(event));
    }
    const auto names = names_by_row(config.design);
    json whole = {{"format", format_version},
                  {"design", design_json(config.design)},
                  {"model", model_json(config.model, names)},
                  {"pilot_samples", config.pilot_samples},
                  {"draws", config.draws},
                  {"percentiles", config.percentiles},
                  {"headline_years", config.headline_years},
                  {"confidence", config.confidence},
                  {"max_invalid_fraction", config.max_invalid_fraction},
                  {"events", std::move(events)},
                  {"milestones", milestones_json(config)},
                  {"sector_budgets", sector_budgets_json(config)}};
    if (!config.projects.groups.empty()) {
        whole["pipeline"] = projects_json(config.projects, names);
    }
    if (!config.commitments.empty()) {
        whole["commitments"] = commitments_json(config.commitments, names);
    }
    if (!config.tilts.empty()) {
        whole["tilt"] = tilts_json(config.tilts);
        whole["batches"] = config.randomisations;
    }
    return whole.dump();
}

}  // namespace hepta::config
