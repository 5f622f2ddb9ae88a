/// \file
/// The yearly outputs of a trajectory: which quantity stands in which row.
#pragma once

#include "hepta/model/spec.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hepta::model {

/// What the items of a metric are; also the name of its dimension.
enum class ItemKind
{
    sector,  ///< the sectors, then the portfolios
    technology,
    carrier,
    commodity,        ///< the carriers, then carbon, CO2 storage, bought CO2
    carrier_or_none,  ///< the carriers, then what runs on none
    component,
    resource,
};

/// Scopes of `emissions`, in the order of the rows of an item.
enum class Scope : std::uint32_t
{
    scope1,
    scope2,
    scope3,
    scope1_2,
    total,
};
inline constexpr std::uint32_t n_scopes = 5;

/// What avoided emissions are due to, in the order of the rows of an item.
enum class Cause : std::uint32_t
{
    demand,
    technology,       ///< direct emissions before capture, use of electricity
    energy_carriers,  ///< emissions of the electricity
    capture,
};
inline constexpr std::uint32_t n_causes = 4;

/// One metric: `n_items * n_inner` consecutive rows, inner index fastest.
struct Metric
{
    std::string name;
    ItemKind kind = ItemKind::sector;
    std::string inner;  ///< "", "scope", "cause" or "budget"
    std::uint32_t first_row = 0;
    std::uint32_t n_items = 0;
    std::uint32_t n_inner = 1;
    std::string unit;  ///< empty where it differs by item
    std::string long_name;
    bool portfolios = false;  ///< items include the portfolios
    bool is_flow = false;     ///< from t to t + 1: none in the last year

    [[nodiscard]] std::uint32_t row(std::uint32_t item,
                                    std::uint32_t inner_index = 0) const
    {
        return first_row + item * n_inner + inner_index;
    }
};

/// Names along a metric's inner dimension; none if it has none.
[[nodiscard]] std::vector<std::string> inner_labels(std::string_view inner,
                                                    const Spec& spec);

/// Rows of the yearly output tile of a model, metric after metric.
class OutputLayout
{
  public:
    explicit OutputLayout(const Spec& spec);

    [[nodiscard]] const std::vector<Metric>& metrics() const noexcept
    {
        return metrics_;
    }
    [[nodiscard]] std::uint32_t n_rows() const noexcept { return n_rows_; }

    /// Rows without those of flows, which come last.
    [[nodiscard]] std::uint32_t n_stock_rows() const noexcept
    {
        return n_stock_rows_;
    }

    /// The metric called `name`; nullptr if there is none.
    [[nodiscard]] const Metric* find(std::string_view name) const noexcept;

    Metric emissions;              ///< [sector+portfolio][scope], Mt CO2e/yr
    Metric cumulative_emissions;   ///< [sector+portfolio], scope 1+2, Mt
    Metric avoided_emissions;      ///< [sector+portfolio], scope 1+2, Mt/yr
    Metric avoided_by_cause;       ///< [sector+portfolio][cause], Mt/yr
    Metric activity;               ///< [sector], activity units
    Metric captured_co2;           ///< [sector+portfolio], Mt/yr
    Metric share;                  ///< [technology], fraction
    Metric levelised_cost;         ///< [technology], USD/functional unit
    Metric green_premium;          ///< [sector], USD/functional unit
    Metric extra_cost;             ///< [sector+portfolio], USD/yr
    Metric carrier_use;            ///< [carrier], PJ/yr
    Metric price;                  ///< [commodity], USD/GJ or USD/t CO2
    Metric component_cost;         ///< [component], K/K0
    Metric experience;             ///< [component], component units
    Metric resource_use;           ///< [resource], unit of the resource
    Metric warming;                ///< [sector+portfolio], K since 2020
    Metric budget_used;            ///< [sector+portfolio][budget], fraction
    Metric cumulative_investment;  ///< [carrier or none], USD since 2020
    Metric investment;             ///< [sector+portfolio], USD/yr, flow
    Metric early_retirement;       ///< [sector], activity units/yr, flow
    Metric limit_binding;          ///< [resource], 1 if the limit binds, flow

  private:
    std::vector<Metric> metrics_;
    std::uint32_t n_rows_ = 0;
    std::uint32_t n_stock_rows_ = 0;
};

}  // namespace hepta::model
