/// \file
/// What the model is made of, as plain data: sectors, technologies, carriers,
/// drivers, components, converters, resources and scenarios.
///
/// The model never sees a file, a name-value map or a distribution. A number
/// that may be uncertain is a `Row`: the row of the input tile that holds it,
/// one value per sample. Fixed numbers have a row too.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace hepta::model {

/// Row of the input tile; `no_row` where an optional number is absent.
using Row = std::uint32_t;
inline constexpr Row no_row = std::numeric_limits<Row>::max();

/// Largest sizes of a model; the kernels keep one register of each in fixed
/// arrays.
inline constexpr std::size_t max_technologies_per_sector = 24;
inline constexpr std::size_t max_technologies = 192;
inline constexpr std::size_t max_sectors = 24;
inline constexpr std::size_t max_groups = 48;  ///< sectors and portfolios
inline constexpr std::size_t max_carriers = 64;
inline constexpr std::size_t max_drivers = 64;
inline constexpr std::size_t max_components = 48;
inline constexpr std::size_t max_converters = 8;
inline constexpr std::size_t max_resources = 16;
/// Components in the capital cost of technologies and of what feeds them,
/// summed over the technologies; and the same of what growth adds to
/// experience.
inline constexpr std::size_t max_terms = 768;

/// One point of a path whose ordinate is an uncertain number.
struct Knot
{
    int year = 0;
    Row row = no_row;
};
/// Ordered by year; flat outside the knots. How to go between them
/// (geometric: activity and exogenous deployment; linear: all else) belongs
/// to the quantity, not to the path.
using Path = std::vector<Knot>;

/// One point of a path of policy levers; linear between, flat outside.
struct YearValue
{
    int year = 0;
    double value = 0.0;
};
using LeverPath = std::vector<YearValue>;

struct CarrierUse
{
    std::uint32_t carrier = 0;
    Row amount_gj = no_row;  ///< GJ per functional unit
};
struct ComponentUse
{
    std::uint32_t component = 0;
    Row amount = no_row;  ///< fraction of capex, or component units
};
struct ResourceUse
{
    std::uint32_t resource = 0;
    Row amount = no_row;  ///< resource units per functional unit
};

struct Technology
{
    std::string name;                ///< "steel/h2_dri_eaf"
    Row share_2020 = no_row;         ///< fraction of activity
    Row capex_2020 = no_row;         ///< USD per (functional unit per yr)
    Row opex_non_energy = no_row;    ///< USD per functional unit
    Row feedstock_cost = no_row;     ///< USD per functional unit
    Row lifetime = no_row;           ///< yr
    Row investment_cycle = no_row;   ///< optional, yr; a retrofit is due then
    Row process_ghg = no_row;        ///< t CO2e per functional unit
    Row capture_rate = no_row;       ///< fraction of direct CO2
    bool captures = true;            ///< false where that rate is always 0
    Row availability_year = no_row;  ///< calendar year, rounded half up
    Row diffusion_rate = no_row;     ///< 1/yr
    Row max_share = no_row;          ///< fraction, the same in all years
    Row seed_share = no_row;     ///< optional; its presence marks a newcomer
    Row upstream_ghg = no_row;   ///< optional, t CO2e per functional unit
    Row co2_feedstock = no_row;  ///< optional, t CO2 per functional unit
    std::vector<CarrierUse> energy_input;
    std::vector<ComponentUse> capex_component_share;
    std::vector<ComponentUse> component_intensity;
    std::vector<ResourceUse> resource_input;
};

struct Sector
{
    std::string name;
    std::string activity_unit;  ///< 10^6 functional units
    std::string functional_unit;
    std::vector<Technology> technologies;
    Path activity;                        ///< activity units; 2020, 2030, 2050
    Row activity_2019 = no_row;           ///< at the quantile of `activity`
    Row recovery_year = no_row;           ///< optional; 2019's activity is back
    Row covid_intensity_factor = no_row;  ///< optional; of 2020 alone
    Row activity_noise_sd = no_row;       ///< stationary
    Row activity_noise_phi = no_row;      ///< per yr
    std::vector<Row> activity_innovation;  ///< N(0,1), from year t0 + 1
    Row demand_reduction_2050 = no_row;
    Row early_retirement_rate = no_row;  ///< 1/yr
    Row choice_spread = no_row;          ///< fraction of base-year cost
    Row demand_price_elasticity = no_row;
    Row efficiency_improvement = no_row;  ///< 1/yr
    Row discount_rate_real = no_row;      ///< 1/yr
    Row fixed_block = no_row;             ///< optional, Mt CO2e/yr of scope 1
    Row non_co2_forcing_multiplier = no_row;  ///< optional
};

/// A price or intensity path with yearly noise on its logarithm.
struct Driver
{
    std::string name;
    std::string unit;
    std::vector<Path> path;       ///< [scenario]
    Row volatility = no_row;      ///< optional: no noise; 1/sqrt(yr)
    Row mean_reversion = no_row;  ///< with volatility; 1/yr
    std::vector<Row> innovation;  ///< with volatility; from year t0 + 1
};

inline constexpr std::uint32_t no_index =
    std::numeric_limits<std::uint32_t>::max();

struct Carrier
{
    std::string name;
    Row ef_direct = no_row;           ///< t CO2 per GJ
    Row ef_upstream = no_row;         ///< t CO2e per GJ
    Row grid_fraction = no_row;       ///< part with the grid's carbon intensity
    Row price_link = no_row;          ///< multiplier; unused with a converter
    Row price_adder = no_row;         ///< USD per GJ
    std::uint32_t driver = no_index;  ///< price, USD per GJ, or
    std::uint32_t converter = no_index;  ///< the converter that makes it
};

struct Component
{
    std::string name;
    std::string unit;            ///< of the cumulative deployment
    Row unit_cost = no_row;      ///< USD per unit; converters only
    Row cumulative = no_row;     ///< X_c0
    Row learning_rate = no_row;  ///< fall of cost per doubling
    Row cost_floor_fraction = no_row;
    Row noise_sd = no_row;
    Path exogenous_cumulative;    ///< optional; added to X_c0
    std::vector<Row> innovation;  ///< N(0,1), from year t0 + 1
};

/// Makes a carrier from another one with a component that learns.
struct Converter
{
    std::string name;
    std::uint32_t output_carrier = 0;
    std::uint32_t input_carrier = 0;
    std::uint32_t component = 0;
    Path specific_energy;           ///< kWh of input per t of output
    Row capacity_factor = no_row;   ///< fraction of 8760 h
    Row fixed_opex = no_row;        ///< fraction of capex per yr
    Row install_factor = no_row;    ///< multiplier on the component's cost
    Row lifetime = no_row;          ///< yr
    Row discount_rate = no_row;     ///< 1/yr
    Row heating_value = no_row;     ///< GJ per t of output
    Row direct_emissions = no_row;  ///< optional, t CO2 per GJ of output
    Row capture_rate = no_row;      ///< optional, fraction of the direct
};

/// What limits the growth of technologies that use it.
struct Resource
{
    enum class Kind
    {
        carriers,        ///< PJ of some carriers
        captured_co2,    ///< Mt CO2 captured
        resource_input,  ///< units named by the technologies
    };
    std::string name;
    std::string unit;  ///< of its use: "PJ/yr", "Mt/yr"
    Kind kind = Kind::carriers;
    std::vector<std::uint32_t> carriers;  ///< kind carriers
    Path limit;
    double limit_factor = 1.0;  ///< from the limit's unit to that of its use
};

/// What multiplies a lever in every sample: the product of two inputs.
struct LeverScale
{
    Row first = no_row;  ///< no_row: the lever is the same in all samples
    Row second = no_row;
};

/// A bound on the summed share of some technologies of one sector.
struct ShareBound
{
    std::uint32_t sector = 0;
    std::vector<std::uint32_t> technologies;  ///< within the sector
    LeverPath share;
    LeverScale scale;
};

inline constexpr int never = std::numeric_limits<int>::max();

/// Policy levers; vectors over technologies run over all sectors in order.
struct Scenario
{
    std::string name;
    std::vector<int> end_of_new_builds;     ///< [technology] year, or never
    std::vector<double> demand_reduction;   ///< [sector] z in [0, 1]
    std::vector<LeverPath> carbon_cover;    ///< [sector]; empty means 1
    std::vector<LeverPath> premium;         ///< [technology] USD; empty means 0
    std::vector<LeverScale> premium_scale;  ///< [technology], or empty
    std::vector<LeverPath> fixed_block_path;  ///< [sector]; empty means 1
    double seed_factor = 1.0;
    double adoption_factor = 1.0;
    double retirement_factor = 1.0;
    std::vector<ShareBound> minimum_share;
    std::vector<ShareBound> maximum_share;
};

struct Portfolio
{
    std::string name;
    std::vector<std::uint32_t> sectors;
};

/// An amount of CO2 that a sector or portfolio is held against.
struct CarbonBudget
{
    std::string name;     ///< "1.5C_50"
    Row amount = no_row;  ///< Gt CO2 from 2020
};

/// The hypothesis that what has spread spreads faster; both or none.
struct Acceleration
{
    Row threshold = no_row;  ///< share of a newcomer, fraction
    Row factor = no_row;     ///< on its diffusion rate from there on
};

/// The whole model.
struct Spec
{
    int first_year = 2020;
    int last_year = 2050;
    int steps_per_year = 1;
    std::vector<Sector> sectors;
    std::vector<Carrier> carriers;
    std::vector<Driver> drivers;
    std::vector<Component> components;
    std::vector<Converter> converters;  ///< inputs before users
    std::vector<Resource> resources;
    std::vector<Scenario> scenarios;
    std::uint32_t baseline_scenario = 0;  ///< avoided emissions are against it
    std::vector<Portfolio> portfolios;
    std::vector<CarbonBudget> budgets;
    std::uint32_t carbon_price = 0;         ///< driver, USD per t CO2
    std::uint32_t grid_intensity = 0;       ///< driver, g CO2 per kWh
    std::uint32_t co2_storage_price = 0;    ///< driver, USD per t CO2
    std::uint32_t co2_feedstock_price = 0;  ///< driver, USD per t CO2
    Row form_weight = no_row;               ///< 1 replicator, 0 vintage_logit
    Row learning_noise_rho = no_row;
    Row learning_noise_persistence = no_row;
    Row tcre = no_row;  ///< K per 1000 Gt CO2
    bool non_co2_forcing = false;
    Acceleration acceleration;  ///< optional
    std::uint32_t n_rows = 0;   ///< of the input tile

    [[nodiscard]] int n_years() const noexcept
    {
        return last_year - first_year + 1;
    }
    [[nodiscard]] std::size_t n_technologies() const noexcept
    {
        std::size_t n = 0;
        for (const Sector& sector : sectors) {
            n += sector.technologies.size();
        }
        return n;
    }
};

}  // namespace hepta::model
