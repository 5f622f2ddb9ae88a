/// \file
/// The model compiled for the kernels: every reference resolved to a row of
/// the workspace tile, every path to the two knots around each year.
///
/// Plain structs and pointers only: the kernels that read them are compiled
/// for several instruction sets, and nothing here may be emitted out of line.
#pragma once

#include "hepta/core/tile.hpp"
#include "hepta/model/output_layout.hpp"
#include "hepta/model/spec.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace hepta::model {

/// Rows that the baseline keeps of a sector and year for other scenarios.
inline constexpr std::size_t n_sector_year = 7;

/// A borrowed array.
template <class T>
struct Slice
{
    const T* first = nullptr;
    std::uint32_t size = 0;

    __attribute__((always_inline)) const T* begin() const { return first; }
    __attribute__((always_inline)) const T* end() const { return first + size; }
    __attribute__((always_inline)) const T& operator[](std::size_t i) const
    {
        return first[i];
    }
};

/// A path in one year: (1 - weight) * row `low` + weight * row `high`, or the
/// same with logarithms.
struct Interpolation
{
    Row low = no_row;
    Row high = no_row;
    double weight = 0.0;
};

struct CarrierTerm
{
    std::uint32_t carrier = 0;
    Row amount_gj = no_row;
};
struct ComponentTerm
{
    std::uint32_t component = 0;
    Row amount = no_row;
};
struct ConverterTerm
{
    std::uint32_t converter = 0;
    Row amount_gj = no_row;
};

/// Which terms a sparse matrix has, row by row; their values are the kernel's.
struct SparseRows
{
    Slice<std::uint32_t> first;   ///< [row + 1], term a row starts with
    Slice<std::uint32_t> column;  ///< [term]
};

/// Rows of a technology that a year or a stage reads, side by side: one
/// address and constant distances from it.
enum TechnologyRow : Row
{
    w_share,            ///< state: share of activity
    w_annual_capex,     ///< CRF capex, USD per functional unit
    w_unlearned,        ///< 1 - sum of component shares
    w_running,          ///< opex + feedstock
    w_direct,           ///< sum q phi at q of the first year
    w_process,          ///< process emissions
    w_capture,          ///< captured part of direct and process emissions
    w_grid,             ///< sum q grid fraction / 3600
    w_upstream,         ///< sum q upstream
    w_upstream_other,   ///< upstream but for energy, or 0
    w_captured,         ///< captured CO2 of the year
    w_rate,             ///< diffusion rate with the scenario's factor
    w_inverse_ceiling,  ///< 1/S_max; 0 where S_max is 1
    w_inverse_life,     ///< 1/yr
    w_capex,            ///< USD per functional unit
    w_per_energy,       ///< 1/(sum q) at q of the first year; 0: no energy
    w_uses_limit,       ///< 1 where it uses a limited resource
    w_share_2020,
    w_max_share,
    w_first_seed_year,  ///< offset from the first year
    w_seed,             ///< seed share with the scenario's factor, or 0
    w_technology_size
};

/// Rows named `w_*` are written by the kernels, the others are inputs.
struct TechnologyPlan
{
    Row rows;  ///< the first of its `TechnologyRow`s
    std::uint32_t sector;
    Row share_2020, capex, opex, feedstock, lifetime, process_ghg, capture_rate,
        availability_year, diffusion_rate, max_share, seed_share, upstream_ghg,
        co2_feedstock, investment_cycle;
    Slice<CarrierTerm> energy;       ///< all carriers
    Slice<CarrierTerm> priced;       ///< carriers with a driver
    Slice<ConverterTerm> converted;  ///< carriers from a converter
    Slice<ComponentTerm> capex_share;
    Slice<ComponentTerm> intensity;
    /// Terms of `experience_gain` that the technology has: of its intensity,
    /// then of its converters and those that feed them.
    Slice<std::uint32_t> gain_terms;
};

struct SectorPlan
{
    std::uint32_t first_technology = 0;
    std::uint32_t n_technologies = 0;
    Row recovery_year, covid_intensity, demand_reduction, early_retirement,
        choice_spread, elasticity, efficiency_improvement, discount_rate,
        activity_2019, noise_sd, noise_phi, fixed_block, non_co2;
    Slice<Interpolation> activity;  ///< [year], of the knots after recovery
    Slice<Row> innovation;          ///< [year - 1]
    int first_knot_after = 0;       ///< year of the knot after the first
    Row second_activity = no_row;   ///< its row

    Row w_activity;    ///< [year] path times noise
    Row w_efficiency;  ///< state: (1 - eta)^(t - t0)
    Row w_demand;      ///< state: D(t)
    Row w_beta;        ///< of the scenario, 1/USD
    Row w_retirement;  ///< early retirement with the scenario's factor
};

struct DriverPlan
{
    Row volatility, mean_reversion;  ///< no_row: no noise
    Slice<Row> innovation;
    Slice<Slice<Interpolation>> path;  ///< [scenario][year]
    Row w_noise;                       ///< [year] exp(y), if noisy
};

struct CarrierPlan
{
    Row ef_direct, ef_upstream, grid_fraction, price_link, price_adder;
    std::uint32_t driver, converter;
};

struct ComponentPlan
{
    Row unit_cost, cumulative, learning_rate, floor, noise_sd;
    Slice<Row> innovation;
    Slice<Interpolation> exogenous;  ///< [year], no_row: X_c0; or empty
    Row w_exponent;                  ///< -omega
    Row w_inverse_base;              ///< 1/X_c0
    Row w_noise;                     ///< [year] exp(N)
    Row w_exogenous;                 ///< [year] W_c
    Row w_added;                     ///< state: Y_c
};

struct ConverterPlan
{
    std::uint32_t output_carrier, input_carrier, component;
    std::uint32_t input_converter;  ///< no_index: the input has a driver
    Row capacity_factor, fixed_opex, install_factor, lifetime, discount_rate,
        heating_value, direct_emissions, capture_rate;
    Slice<Interpolation> specific_energy;  ///< [year]
    Row w_capital;   ///< USD/GJ per (kWh/t) and unit of K/K_0
    Row w_capacity;  ///< component units per (PJ/yr) and (kWh/t)
};

/// One technology's use of a limited resource.
struct LimitUse
{
    std::uint32_t technology = 0;
    Row coefficient = no_row;  ///< per functional unit, first year's
};
struct ResourcePlan
{
    Resource::Kind kind;
    Slice<Interpolation> limit;  ///< [year]
    double limit_factor;
    Slice<LimitUse> users;  ///< those that capture, for captured CO2
};

struct BoundPlan
{
    std::uint32_t sector = 0;
    Slice<std::uint32_t> technologies;  ///< within the sector
    Slice<double> share;                ///< [year]
    LeverScale scale;
};

struct ScenarioPlan
{
    Slice<int> ban_year;              ///< [technology], offset or never
    Slice<double> demand_reduction;   ///< [sector]
    Slice<double> cover;              ///< [sector][year]
    Slice<double> premium;            ///< [technology][year]
    Slice<LeverScale> premium_scale;  ///< [technology], or empty
    Slice<double> fixed_block;        ///< [sector][year]
    double seed_factor, adoption_factor, retirement_factor;
    Slice<BoundPlan> minimum, maximum;
};

/// Everything the kernels read.
struct Plan
{
    int first_year = 0;
    int n_years = 0;
    int steps_per_year = 1;
    std::uint32_t n_technologies = 0;
    Slice<SectorPlan> sectors;
    Slice<TechnologyPlan> technologies;
    Slice<CarrierPlan> carriers;
    Slice<DriverPlan> drivers;
    Slice<ComponentPlan> components;
    Slice<ConverterPlan> converters;
    Slice<ResourcePlan> resources;
    Slice<ScenarioPlan> scenarios;
    Slice<Slice<std::uint32_t>> portfolios;
    Slice<Row> budgets;
    /// Cost of technologies by cost of components, terms in the order of
    /// `capex_share`, then of `converted` and what feeds them.
    SparseRows cost_slope;
    /// Experience of components by growth of technologies.
    SparseRows experience_gain;
    std::uint32_t baseline = 0;
    std::uint32_t carbon_price = 0, grid_intensity = 0, storage_price = 0,
                  feedstock_price = 0;
    Row form_weight, noise_rho, noise_persistence, tcre;
    bool non_co2_forcing = false;
    Acceleration acceleration;
    Row w_inverse_budget;        ///< [budget] 1/Mt CO2
    Row w_cumulative;            ///< state: [sector + portfolio]
    Row w_previous;              ///< state: scope 1+2 of last year, same items
    Row w_invested;              ///< state: [carrier, at last none], USD
    Row w_baseline;              ///< [year][sector + portfolio], scope 1+2
    Row w_baseline_sector;       ///< [year][sector][n_sector_year]
    std::uint32_t n_inputs = 0;  ///< first rows of a block: the inputs
    std::uint32_t n_rows = 0;    ///< of a block of the workspace
    const OutputLayout* layout = nullptr;
};

/// Owner of a plan's arrays.
class PlanStorage
{
  public:
    PlanStorage(const Spec& spec, const OutputLayout& layout);
    [[nodiscard]] const Plan& plan() const noexcept { return plan_; }

  private:
    friend class PlanBuilder;
    Plan plan_;
    std::vector<std::shared_ptr<void>> arrays_;
};

}  // namespace hepta::model
