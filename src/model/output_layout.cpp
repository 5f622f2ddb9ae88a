#include "hepta/model/output_layout.hpp"

#include <utility>

namespace hepta::model {

// NOLINTNEXTLINE(readability-function-size): a table of the metrics
OutputLayout::OutputLayout(const Spec& spec)
{
    const auto n_sectors = static_cast<std::uint32_t>(spec.sectors.size());
    const auto n_groups =
        n_sectors + static_cast<std::uint32_t>(spec.portfolios.size());
    const auto n_technologies =
        static_cast<std::uint32_t>(spec.n_technologies());
    const auto n_carriers = static_cast<std::uint32_t>(spec.carriers.size());
    const auto n_components =
        static_cast<std::uint32_t>(spec.components.size());
    const auto n_resources = static_cast<std::uint32_t>(spec.resources.size());

    const auto place = [this](Metric metric) {
        metric.first_row = n_rows_;
        n_rows_ += metric.n_items * metric.n_inner;
        metrics_.push_back(metric);
        return metric;
    };
    const auto by_group = [&](Metric metric) {
        metric.kind = ItemKind::sector;
        metric.n_items = n_groups;
        metric.portfolios = true;
        return metric;
    };

    emissions = place(by_group({.name = "emissions",
                                .inner = "scope",
                                .n_inner = n_scopes,
                                .unit = "Mt CO2e/yr",
                                .long_name = "yearly emissions"}));
    cumulative_emissions = place(
        by_group({.name = "cumulative_emissions",
                  .unit = "Mt CO2e",
                  .long_name = "emissions of scope 1+2 since the first year"}));
    avoided_emissions = place(by_group(
        {.name = "avoided_emissions",
         .unit = "Mt CO2e/yr",
         .long_name = "emissions of scope 1+2 below those of the baseline "
                      "scenario"}));
    avoided_by_cause =
        place(by_group({.name = "avoided_by_cause",
                        .inner = "cause",
                        .n_inner = n_causes,
                        .unit = "Mt CO2e/yr",
                        .long_name = "avoided emissions by what avoids them"}));
    activity = place({.name = "activity",
                      .kind = ItemKind::sector,
                      .n_items = n_sectors,
                      .long_name = "activity"});
    captured_co2 = place(by_group({.name = "captured_co2",
                                   .unit = "Mt CO2/yr",
                                   .long_name = "captured CO2"}));
    share = place({.name = "share",
                   .kind = ItemKind::technology,
                   .n_items = n_technologies,
                   .unit = "1",
                   .long_name = "share of the sector's activity"});
    levelised_cost = place({.name = "levelised_cost",
                            .kind = ItemKind::technology,
                            .n_items = n_technologies,
                            .long_name = "levelised cost"});
    green_premium = place(
        {.name = "green_premium",
         .kind = ItemKind::sector,
         .n_items = n_sectors,
         .unit = "USD2020 per functional unit",
         .long_name = "mean levelised cost, without the carbon price, above "
                      "that of the baseline scenario"});
    extra_cost = place(by_group({.name = "extra_cost",
                                 .unit = "USD/yr",
                                 .long_name = "green premium times activity"}));
    carrier_use = place({.name = "carrier_use",
                         .kind = ItemKind::carrier,
                         .n_items = n_carriers,
                         .unit = "PJ/yr",
                         .long_name = "use of energy carriers"});
    price = place({.name = "price",
                   .kind = ItemKind::commodity,
                   .n_items = n_carriers + 3,
                   .long_name = "price of energy carriers and of CO2"});
    component_cost = place({.name = "component_cost",
                            .kind = ItemKind::component,
                            .n_items = n_components,
                            .unit = "1",
                            .long_name = "cost relative to the first year"});
    experience = place({.name = "experience",
                        .kind = ItemKind::component,
                        .n_items = n_components,
                        .long_name = "cumulative deployment"});
    resource_use = place({.name = "resource_use",
                          .kind = ItemKind::resource,
                          .n_items = n_resources,
                          .long_name = "use of limited resources"});
    warming = place(by_group({.name = "warming",
                              .unit = "K",
                              .long_name = "warming since the first year"}));
    budget_used = place(
        by_group({.name = "budget_used",
                  .inner = "budget",
                  .n_inner = static_cast<std::uint32_t>(spec.budgets.size()),
                  .unit = "1",
                  .long_name = "part of the remaining carbon budget used"}));
    cumulative_investment =
        place({.name = "cumulative_investment",
               .kind = ItemKind::carrier_or_none,
               .n_items = n_carriers + 1,
               .unit = "USD",
               .long_name = "investment in new capacity since the first year, "
                            "by the final energy that the technology uses"});
    // flows last: a prefix of the rows is what the last year has
    n_stock_rows_ = n_rows_;
    investment = place(by_group({.name = "investment",
                                 .unit = "USD/yr",
                                 .long_name = "investment in new capacity",
                                 .is_flow = true}));
    early_retirement = place({.name = "early_retirement",
                              .kind = ItemKind::sector,
                              .n_items = n_sectors,
                              .long_name = "capacity retired early",
                              .is_flow = true});
    limit_binding = place({.name = "limit_binding",
                           .kind = ItemKind::resource,
                           .n_items = n_resources,
                           .unit = "1",
                           .long_name = "1 where growth met the limit",
                           .is_flow = true});
}

std::vector<std::string> inner_labels(std::string_view inner, const Spec& spec)
{
    if (inner == "scope") {
        return {"scope1", "scope2", "scope3", "scope1+2", "total"};
    }
    if (inner == "cause") {
        return {"demand", "technology", "energy_carriers", "capture"};
    }
    std::vector<std::string> names;
    if (inner == "budget") {
        for (const CarbonBudget& budget : spec.budgets) {
            names.push_back(budget.name);
        }
    }
    return names;
}

const Metric* OutputLayout::find(std::string_view name) const noexcept
{
    for (const Metric& metric : metrics_) {
        if (metric.name == name) {
            return &metric;
        }
    }
    return nullptr;
}

}  // namespace hepta::model
