#include "reference/accounts.hpp"

#include "reference/demand.hpp"
#include "reference/paths.hpp"

#include <algorithm>
#include <limits>

namespace hepta::reference {

namespace {

using model::Metric;
using model::OutputLayout;
using model::Scope;

constexpr double mt_per_gt = 1e3;
constexpr double mt_per_1000_gt = 1e6;
constexpr double functional_units_per_activity_unit = 1e6;

std::uint32_t row_of(const Metric& metric,
                     std::size_t item,
                     std::size_t inner = 0)
{
    return metric.row(static_cast<std::uint32_t>(item),
                      static_cast<std::uint32_t>(inner));
}

std::uint32_t row_of(const Metric& metric, std::size_t item, Scope scope)
{
    return row_of(metric, item, static_cast<std::size_t>(scope));
}

/// Emissions, captured CO2 and energy of one sector.
void account_sector(const World& world,
                    const OutputLayout& layout,
                    const YearResult& year,
                    std::size_t s,
                    std::vector<double>& row)
{
    const int calendar_year = year.state.year;
    const double covid = covid_factor(world, s, calendar_year);
    double scope1 = fixed_block(world, s, calendar_year) * covid;
    double scope2 = 0.0, scope3 = 0.0, captured = 0.0;
    for (std::size_t i = 0; i < year.factors[s].size(); ++i) {
        const Factors& factors = year.factors[s][i];
        const double activity = year.state.demand[s] * year.state.share[s][i];
        scope1 += activity * factors.scope1_t * covid;
        scope2 += activity * factors.scope2_t * covid;
        scope3 += activity * factors.scope3_t * covid;
        captured += activity * factors.captured_t * covid;
        for (std::size_t k = 0; k < factors.energy_gj.size(); ++k) {
            row[row_of(layout.carrier_use, k)] +=
                activity * factors.energy_gj[k] * covid;
        }
    }
    row[row_of(layout.emissions, s, Scope::scope1)] = scope1;
    row[row_of(layout.emissions, s, Scope::scope2)] = scope2;
    row[row_of(layout.emissions, s, Scope::scope3)] = scope3;
    row[row_of(layout.emissions, s, Scope::scope1_2)] = scope1 + scope2;
    row[row_of(layout.emissions, s, Scope::total)] = scope1 + scope2 + scope3;
    row[row_of(layout.captured_co2, s)] = captured;
    row[row_of(layout.activity, s)] = year.state.demand[s];
}

/// Use of limited resources; the pandemic's factor is on energy and CO2 only.
void account_resources(const World& world,
                       const OutputLayout& layout,
                       const YearResult& year,
                       std::vector<double>& row)
{
    const ResourceTable coefficients =
        resource_coefficients(world, year.factors);
    for (std::size_t r = 0; r < world.spec.resources.size(); ++r) {
        const bool is_input = world.spec.resources[r].kind ==
                              model::Resource::Kind::resource_input;
        for (std::size_t s = 0; s < coefficients.size(); ++s) {
            const double covid =
                is_input ? 1.0 : covid_factor(world, s, year.state.year);
            for (std::size_t i = 0; i < coefficients[s].size(); ++i) {
                row[row_of(layout.resource_use, r)] +=
                    coefficients[s][i][r] * year.state.demand[s] *
                    year.state.share[s][i] * covid;
            }
        }
    }
}

/// Scope 1+2 since the first year by the trapezoid rule, and what follows.
void account_cumulative(const World& world,
                        const OutputLayout& layout,
                        std::size_t s,
                        const std::vector<double>& last_year,
                        std::vector<double>& row)
{
    const model::Spec& spec = world.spec;
    double cumulative = 0.0;
    if (!last_year.empty()) {
        const std::uint32_t emitted =
            row_of(layout.emissions, s, Scope::scope1_2);
        cumulative = last_year[row_of(layout.cumulative_emissions, s)] +
                     (last_year[emitted] + row[emitted]) / 2.0;
    }
    row[row_of(layout.cumulative_emissions, s)] = cumulative;
    const double forcing =
        spec.non_co2_forcing
            ? world.sample(spec.sectors[s].non_co2_forcing_multiplier, 1.0)
            : 1.0;
    row[row_of(layout.warming, s)] =
        world.sample(spec.tcre) * cumulative / mt_per_1000_gt * forcing;
    for (std::size_t b = 0; b < spec.budgets.size(); ++b) {
        row[row_of(layout.budget_used, s, b)] =
            cumulative / (world.sample(spec.budgets[b].amount) * mt_per_gt);
    }
}

/// One value an item.
void write(const Metric& metric,
           const std::vector<double>& values,
           std::vector<double>& row)
{
    for (std::size_t i = 0; i < values.size(); ++i) {
        row[row_of(metric, i)] = values[i];
    }
}

std::vector<double> flattened(const Table& table)
{
    std::vector<double> values;
    for (const std::vector<double>& part : table) {
        values.insert(values.end(), part.begin(), part.end());
    }
    return values;
}

/// Give every carrier its part of what is spent on a technology.
void divide_by_carrier(double spent,
                       const std::vector<double>& energy_gj,
                       std::vector<double>& invested)
{
    const double energy = sum(energy_gj);
    if (energy == 0.0) {
        invested.back() += spent;
        return;
    }
    for (std::size_t k = 0; k < energy_gj.size(); ++k) {
        invested[k] += spent * energy_gj[k] / energy;
    }
}

}  // namespace

double fixed_block(const World& world, std::size_t sector, int year)
{
    return world.sample(world.spec.sectors[sector].fixed_block, 0.0) *
           lever(world.scenario.fixed_block_path.at(sector), year, 1.0);
}

void add_portfolios(const model::Spec& spec,
                    const Metric& metric,
                    std::vector<double>& row)
{
    for (std::size_t p = 0; p < spec.portfolios.size(); ++p) {
        for (std::uint32_t inner = 0; inner < metric.n_inner; ++inner) {
            double& total = row[row_of(metric, spec.sectors.size() + p, inner)];
            total = 0.0;
            for (const std::uint32_t s : spec.portfolios[p].sectors) {
                total += row[row_of(metric, s, inner)];
            }
        }
    }
}

std::vector<double> account_year(const World& world,
                                 const OutputLayout& layout,
                                 const YearResult& year,
                                 const std::vector<double>& last_year)
{
    std::vector<double> row(layout.n_rows(), 0.0);
    for (const Metric& metric : layout.metrics()) {
        if (metric.is_flow) {
            std::fill_n(row.begin() + metric.first_row,
                        metric.n_items * metric.n_inner,
                        std::numeric_limits<double>::quiet_NaN());
        }
    }
    for (std::size_t s = 0; s < world.spec.sectors.size(); ++s) {
        account_sector(world, layout, year, s, row);
        account_cumulative(world, layout, s, last_year, row);
    }
    account_resources(world, layout, year, row);
    write(layout.share, flattened(year.state.share), row);
    write(layout.levelised_cost, flattened(year.cost), row);
    write(layout.component_cost, year.component_cost, row);
    write(layout.experience, year.experience, row);
    write(layout.cumulative_investment, year.state.invested, row);
    std::vector<double> commodities = year.prices.carrier;
    commodities.push_back(year.prices.carbon);
    commodities.push_back(year.prices.co2_storage);
    commodities.push_back(year.prices.co2_feedstock);
    write(layout.price, commodities, row);
    for (const Metric* metric : {&layout.emissions,
                                 &layout.cumulative_emissions,
                                 &layout.captured_co2,
                                 &layout.warming,
                                 &layout.budget_used}) {
        add_portfolios(world.spec, *metric, row);
    }
    return row;
}

void account_flows(const World& world,
                   const OutputLayout& layout,
                   const YearResult& year,
                   const Growth& growth,
                   const Limited& next,
                   std::vector<double>& row,
                   std::vector<double>& invested)
{
    const model::Spec& spec = world.spec;
    for (std::size_t s = 0; s < spec.sectors.size(); ++s) {
        double investment = 0.0, early = 0.0;
        for (std::size_t i = 0; i < next.share[s].size(); ++i) {
            const model::Technology& technology =
                spec.sectors[s].technologies[i];
            const double before = growth.capacity[s] * year.state.share[s][i];
            const double after = growth.next_capacity[s] * next.share[s][i];
            const double built =
                after - before + before / world.sample(technology.lifetime);
            const double spent = capex(world, technology, year.component_cost) *
                                 std::max(0.0, built) *
                                 functional_units_per_activity_unit;
            investment += spent;
            divide_by_carrier(spent, year.factors[s][i].energy_gj, invested);
            early += std::max(0.0, -built);
        }
        row[row_of(layout.investment, s)] = investment;
        row[row_of(layout.early_retirement, s)] = early;
    }
    add_portfolios(spec, layout.investment, row);
    for (std::size_t r = 0; r < spec.resources.size(); ++r) {
        row[row_of(layout.limit_binding, r)] = next.binds[r] ? 1.0 : 0.0;
    }
}

void account_avoided(const model::Spec& spec,
                     const OutputLayout& layout,
                     Trajectory& trajectory)
{
    const auto& baseline = trajectory[spec.baseline_scenario];
    for (auto& scenario : trajectory) {
        for (std::size_t t = 0; t < scenario.size(); ++t) {
            for (std::size_t s = 0; s < layout.avoided_emissions.n_items; ++s) {
                const std::uint32_t emitted =
                    row_of(layout.emissions, s, Scope::scope1_2);
                scenario[t][row_of(layout.avoided_emissions, s)] =
                    baseline[t][emitted] - scenario[t][emitted];
            }
        }
    }
}

}  // namespace hepta::reference
