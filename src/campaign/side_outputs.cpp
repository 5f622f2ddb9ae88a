#include "hepta/campaign/side_outputs.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace hepta::campaign {

SideOutputs::SideOutputs(const config::RunConfig& config)
    : projects_(config.projects), commitments_(config.commitments)
{
    add_projects(config);
    add_commitments(config);
}

void SideOutputs::add_projects(const config::RunConfig& config)
{
    const model::ProjectLayout layout(projects_);
    if (layout.n_groups() == 0 || layout.n_years() == 0) {
        return;
    }
    n_rows_ = layout.n_rows();
    SideAxis groups{"sector", {}};
    for (const model::ProjectGroup& group : config.projects.groups) {
        groups.labels.push_back(group.name);
    }
    const SideAxis stages{
        "stage", {"announced", "past_fid", "building", "operating", "failed"}};
    const SideAxis years{"year", {}, projects_.first_year, layout.n_years()};
    SideQuantity counts{
        .group = "pipeline",
        .name = "projects",
        .unit = "projects",
        .long_name = "announced low-emission projects on 1 January, by stage",
        .axes = {groups, stages, years}};
    counts.rows.resize(layout.capacity(0));
    std::iota(counts.rows.begin(), counts.rows.end(), 0u);
    quantities_.push_back(std::move(counts));
    if (layout.n_sized() == 0) {
        return;
    }
    groups.labels.resize(layout.n_sized());
    const auto add = [&](std::string name,
                         std::string unit,
                         std::string long_name,
                         std::uint32_t first) {
        SideQuantity quantity{.group = "pipeline",
                              .name = std::move(name),
                              .unit = std::move(unit),
                              .long_name = std::move(long_name),
                              .axes = {groups, years}};
        quantity.rows.resize(groups.size() * years.size());
        std::iota(quantity.rows.begin(), quantity.rows.end(), first);
        quantities_.push_back(std::move(quantity));
    };
    groups.name = "sized_sector";
    add("capacity_added",
        "million functional units of the sector per yr",
        "capacity of projects that began to operate after they were counted, "
        "with the capacity assumed per project",
        layout.capacity(0));
    groups.name = "summed_sector";
    groups.labels.emplace_back("sum");
    add("avoided_co2",
        "Mt CO2/yr",
        "emissions avoided by that capacity",
        layout.avoided(0));
    add("cumulative_avoided_co2",
        "Mt CO2",
        "emissions avoided by that capacity since the projects were counted",
        layout.cumulative(0));
}

void SideOutputs::add_commitments(const config::RunConfig& config)
{
    if (config.commitments.empty()) {
        return;
    }
    first_commitment_row_ = n_rows_;
    SideAxis sectors{"sector", {}};
    SideQuantity delivered{
        .group = "commitments",
        .name = "delivered_share",
        .unit = "1",
        .long_name =
            "share of the sector's activity whose company is "
            "committed and delivers"};
    for (const config::Commitment& commitment : config.commitments) {
        sectors.labels.push_back(commitment.sector);
        delivered.rows.push_back(n_rows_++);
    }
    delivered.axes = {std::move(sectors)};
    quantities_.push_back(std::move(delivered));
}

void SideOutputs::evaluate(InstructionSet set,
                           const Tile& inputs,
                           Tile& outputs) const
{
    model::project_pipeline(set, projects_, inputs, outputs);
    for (std::size_t k = 0; k < commitments_.size(); ++k) {
        const double* covered = inputs.row(commitments_[k].covered);
        const double* delivery = inputs.row(commitments_[k].delivery);
        double* delivered = outputs.row(first_commitment_row_ + k);
        for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
            delivered[lane] = covered[lane] * delivery[lane];
        }
    }
}

bool is_side_group(std::string_view group) noexcept
{
    return group == "pipeline" || group == "commitments";
}

bool is_side_input(const sampling::Input& input,
                   const model::Spec& model) noexcept
{
    if (!is_side_group(input.group)) {
        return false;
    }
    const auto is_of = [&input](const model::LeverScale& scale) {
        return scale.first == input.row || scale.second == input.row;
    };
    const auto is_of_bound = [&is_of](const model::ShareBound& bound) {
        return is_of(bound.scale);
    };
    const auto any = [](const auto& list, const auto& is_one) {
        return std::any_of(list.begin(), list.end(), is_one);
    };
    return !any(model.scenarios, [&](const model::Scenario& scenario) {
        return any(scenario.premium_scale, is_of) ||
               any(scenario.minimum_share, is_of_bound) ||
               any(scenario.maximum_share, is_of_bound);
    });
}

}  // namespace hepta::campaign
