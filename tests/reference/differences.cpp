#include "reference/differences.hpp"

#include "reference/demand.hpp"
#include "reference/paths.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace hepta::reference {

namespace {

constexpr std::size_t n_causes = model::n_causes;
using Causes = std::array<double, n_causes>;

/// Emissions of scope 1+2, Mt CO2e/yr.
double emissions(const SectorParts& parts)
{
    return parts.activity * (parts.gross_t - parts.captured_t +
                             parts.electricity_gj * parts.grid_t_per_gj) +
           parts.fixed_mt;
}

/// Give `parts` what one cause decides from `other`.
void change(std::size_t cause, const SectorParts& other, SectorParts& parts)
{
    switch (static_cast<model::Cause>(cause)) {
        case model::Cause::demand:
            parts.activity = other.activity;
            return;
        case model::Cause::technology:
            parts.gross_t = other.gross_t;
            parts.electricity_gj = other.electricity_gj;
            parts.fixed_mt = other.fixed_mt;
            return;
        case model::Cause::energy_carriers:
            parts.grid_t_per_gj = other.grid_t_per_gj;
            return;
        case model::Cause::capture:
            parts.captured_t = other.captured_t;
            return;
    }
}

/// What each cause avoids, averaged over all orders of changing them.
Causes avoided_by(const SectorParts& baseline, const SectorParts& scenario)
{
    std::array<std::size_t, n_causes> order{};
    for (std::size_t k = 0; k < n_causes; ++k) {
        order[k] = k;
    }
    Causes avoided{};
    int n_orders = 0;
    do {
        SectorParts parts = baseline;
        for (const std::size_t cause : order) {
            const double before = emissions(parts);
            change(cause, scenario, parts);
            avoided[cause] += before - emissions(parts);
        }
        ++n_orders;
    } while (std::next_permutation(order.begin(), order.end()));
    // what is next to nothing beside the emissions counts as nothing
    const double emitted =
        (baseline.activity + scenario.activity) / 2 *
            (std::abs(baseline.gross_t) +
             std::abs(baseline.electricity_gj * baseline.grid_t_per_gj)) +
        std::abs(baseline.fixed_mt);
    for (double& value : avoided) {
        value /= n_orders;
        if (std::abs(value) < std::ldexp(emitted, -16)) {
            value = 0.0;
        }
    }
    return avoided;
}

/// Rows of one scenario and year.
void account(const model::Spec& spec,
             const model::OutputLayout& layout,
             const std::vector<SectorParts>& baseline,
             const std::vector<SectorParts>& scenario,
             std::vector<double>& row)
{
    for (std::uint32_t s = 0; s < spec.sectors.size(); ++s) {
        const Causes avoided = avoided_by(baseline[s], scenario[s]);
        for (std::uint32_t k = 0; k < n_causes; ++k) {
            row[layout.avoided_by_cause.row(s, k)] = avoided[k];
        }
        double premium = scenario[s].unit_cost_usd - baseline[s].unit_cost_usd;
        if (std::abs(premium) < std::ldexp(baseline[s].unit_cost_usd, -20)) {
            premium = 0.0;
        }
        row[layout.green_premium.row(s)] = premium;
        row[layout.extra_cost.row(s)] = premium * scenario[s].activity * 1e6;
    }
    add_portfolios(spec, layout.avoided_by_cause, row);
    add_portfolios(spec, layout.extra_cost, row);
}

}  // namespace

std::vector<SectorParts> sector_parts(const World& world,
                                      const YearResult& year)
{
    std::vector<SectorParts> result;
    const int calendar_year = year.state.year;
    for (std::size_t s = 0; s < world.spec.sectors.size(); ++s) {
        const double covid = covid_factor(world, s, calendar_year);
        SectorParts parts;
        parts.activity = year.state.demand[s] * covid;
        parts.grid_t_per_gj = grid_intensity(world, calendar_year);
        parts.fixed_mt = fixed_block(world, s, calendar_year) * covid;
        for (std::size_t i = 0; i < year.factors[s].size(); ++i) {
            const Factors& factors = year.factors[s][i];
            const double share = year.state.share[s][i];
            parts.gross_t += share * (factors.scope1_t + factors.captured_t);
            parts.captured_t += share * factors.captured_t;
            for (std::size_t k = 0; k < factors.energy_gj.size(); ++k) {
                parts.electricity_gj +=
                    share * factors.energy_gj[k] *
                    world.sample(world.spec.carriers[k].grid_fraction);
            }
            parts.unit_cost_usd +=
                share *
                (year.cost[s][i] -
                 carbon_cost(world, s, calendar_year, factors, year.prices) +
                 premium(world, s, i, calendar_year));
        }
        result.push_back(parts);
    }
    return result;
}

void account_differences(
    const model::Spec& spec,
    const model::OutputLayout& layout,
    const std::vector<std::vector<std::vector<SectorParts>>>& parts,
    Trajectory& trajectory)
{
    const auto& baseline = parts[spec.baseline_scenario];
    for (std::size_t z = 0; z < parts.size(); ++z) {
        for (std::size_t t = 0; t < parts[z].size(); ++t) {
            account(spec, layout, baseline[t], parts[z][t], trajectory[z][t]);
        }
    }
}

}  // namespace hepta::reference
