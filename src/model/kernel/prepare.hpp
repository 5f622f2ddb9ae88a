/// \file
/// What all scenarios of a sample share: noises, annuities, emission factors
/// of the first year, experience gained elsewhere.
#pragma once

#include "lanes.hpp"

namespace hepta::model {
namespace HEPTA_ISA {

/// Step 1: path of activity times its noise, every year.
inline void prepare_activity(const Plan& plan, const SectorPlan& s, Lanes x)
{
    const Vec one = set(1.0);
    const Vec phi = x[s.noise_phi];
    const Vec innovation_sd =
        x[s.noise_sd] * sqrt(max(set(0.0), fnma(phi, phi, one)));
    Vec noise = set(0.0);
    for (int t = 0; t < plan.n_years; ++t) {
        const Interpolation& knot = s.activity[static_cast<std::size_t>(t)];
        Vec path;
        if (s.recovery_year != no_row && t < s.first_knot_after) {
            // first year -> activity of 2019 at the recovery year -> next knot
            const Vec recovery = floor(x[s.recovery_year] + set(0.5)) -
                                 set(static_cast<double>(plan.first_year));
            const Vec year = set(static_cast<double>(t));
            const Vec next = set(static_cast<double>(s.first_knot_after));
            const Vec first = log(x[s.activity[0].low]);
            const Vec middle = log(x[s.activity_2019]);
            const Vec last = log(x[s.second_activity]);
            const Vec before = fma(year / recovery, middle - first, first);
            const Vec after = fma(
                (year - recovery) / (next - recovery), last - middle, middle);
            path = exp(select(year <= recovery, before, after));
        } else {
            path = geometric(x[knot.low], x[knot.high], knot.weight);
        }
        if (t > 0) {
            noise = fma(phi,
                        noise,
                        innovation_sd *
                            x[s.innovation[static_cast<std::size_t>(t - 1)]]);
        }
        x.set(s.w_activity + static_cast<Row>(t), path * exp_within(noise));
    }
}

/// Step 2: the factor exp(y) on a driver's path, every year.
inline void prepare_driver(const Plan& plan, const DriverPlan& d, Lanes x)
{
    if (d.w_noise == no_row) {
        return;
    }
    const Vec one = set(1.0);
    const Vec kappa = x[d.mean_reversion];
    const Vec phi = exp(set(0.0) - kappa);
    const Vec stationary_sd = x[d.volatility] / sqrt(kappa + kappa);
    const Vec innovation_sd =
        stationary_sd * sqrt(max(set(0.0), fnma(phi, phi, one)));
    Vec noise = set(0.0);
    x.set(d.w_noise, one);
    for (int t = 1; t < plan.n_years; ++t) {
        noise = fma(
            phi,
            noise,
            innovation_sd * x[d.innovation[static_cast<std::size_t>(t - 1)]]);
        x.set(d.w_noise + static_cast<Row>(t), exp_within(noise));
    }
}

/// Step 3: exponent, noise factor and deployment outside the sectors.
inline void prepare_component(const Plan& plan, const ComponentPlan& c, Lanes x)
{
    const Vec one = set(1.0);
    const Vec inverse_ln2 = set(1.4426950408889634);
    const Vec base = x[c.cumulative];
    x.set(c.w_exponent, log(one - x[c.learning_rate]) * inverse_ln2);
    x.set(c.w_inverse_base, one / base);

    const Vec psi = x[plan.noise_persistence];
    const Vec rho = x[plan.noise_rho];
    const Vec shock_sd = x[c.noise_sd] / sqrt(fma(rho, rho, one));
    Vec noise = set(0.0);
    Vec last_shock = set(0.0);
    for (int t = 0; t < plan.n_years; ++t) {
        if (t > 0) {
            const Vec shock =
                shock_sd * x[c.innovation[static_cast<std::size_t>(t - 1)]];
            noise = fma(psi, noise, fma(rho, last_shock, shock));
            last_shock = shock;
        }
        x.set(c.w_noise + static_cast<Row>(t), exp_within(noise));

        Vec deployed = base;
        if (c.exogenous.size != 0) {
            const Interpolation& knot =
                c.exogenous[static_cast<std::size_t>(t)];
            const Vec low = knot.low == no_row ? base : base + x[knot.low];
            const Vec high = knot.high == no_row ? base : base + x[knot.high];
            deployed = geometric(low, high, knot.weight);
        }
        x.set(c.w_exogenous + static_cast<Row>(t), deployed);
    }
}

/// Step 2, converters: USD per GJ of capital, and capacity, per kWh/t.
inline void prepare_converter(const Plan& plan, const ConverterPlan& c, Lanes x)
{
    const Vec hours = x[c.capacity_factor] * set(8760.0);
    const Vec output_gj = x[c.heating_value];
    const Vec annuity =
        capital_recovery(x[c.discount_rate], x[c.lifetime]) + x[c.fixed_opex];
    const Vec unit_cost = x[plan.components[c.component].unit_cost];
    const Vec per_gj = set(1.0) / (hours * output_gj);
    x.set(c.w_capital, annuity * unit_cost * x[c.install_factor] * per_gj);
    x.set(c.w_capacity, per_gj);
}

/// Steps 4 and 5: what costs and emission factors keep over the years.
inline void prepare_technology(const Plan& plan,
                               const SectorPlan& s,
                               const TechnologyPlan& t,
                               Lanes x)
{
    const Vec one = set(1.0);
    const Vec zero = set(0.0);
    const Lanes w = x.from(t.rows);
    const Vec life = x[t.lifetime];
    w.set(w_annual_capex,
          capital_recovery(x[s.discount_rate], life) * x[t.capex]);
    Vec learned = zero;
    for (const ComponentTerm& term : t.capex_share) {
        learned += x[term.amount];
    }
    w.set(w_unlearned, one - learned);
    w.set(w_running, x[t.opex] + x[t.feedstock]);
    w.set(w_inverse_life, one / life);
    const Vec ceiling = x[t.max_share];
    w.set(w_inverse_ceiling,
          select(ceiling == one, zero, one / max(ceiling, set(1e-300))));

    Vec energy = zero, direct = zero, grid = zero, upstream = zero;
    for (const CarrierTerm& term : t.energy) {
        const CarrierPlan& carrier = plan.carriers[term.carrier];
        const Vec amount = x[term.amount_gj];
        energy += amount;
        direct = fma(amount, x[carrier.ef_direct], direct);
        grid = fma(amount, x[carrier.grid_fraction], grid);
        upstream = fma(amount, x[carrier.ef_upstream], upstream);
    }
    // less is none: its inverse times what is invested must be finite
    const Vec least = set(1e-200);
    w.set(w_per_energy, select(energy < least, zero, one / max(energy, least)));
    w.set(w_direct, direct);
    w.set(w_grid, grid * set(1.0 / 3600.0));
    w.set(w_upstream, upstream);
    w.set(w_upstream_other, x.get(t.upstream_ghg, 0.0));
    w.set(w_process, x[t.process_ghg]);
    w.set(w_capture, x[t.capture_rate]);

    // rounded half up, not before the second year
    const Vec available = floor(x[t.availability_year] + set(0.5)) -
                          set(static_cast<double>(plan.first_year));
    w.set(w_first_seed_year, max(one, available));
    w.set(w_share_2020, x[t.share_2020]);
    w.set(w_max_share, ceiling);
    w.set(w_capex, x[t.capex]);
    w.set(w_uses_limit, zero);
}

inline void prepare_limits(const Plan& plan, Lanes x)
{
    const Vec one = set(1.0);
    const Vec zero = set(0.0);
    for (const ResourcePlan& resource : plan.resources) {
        for (const LimitUse& use : resource.users) {
            const Lanes w = x.from(plan.technologies[use.technology].rows);
            const Vec amount = use.coefficient == no_row
                                   ? w[w_capture] * (w[w_direct] + w[w_process])
                                   : x[use.coefficient];
            w.set(w_uses_limit, select(zero < amount, one, w[w_uses_limit]));
        }
    }
}

inline void prepare_lanes(const Plan& plan, Lanes x)
{
    for (const SectorPlan& s : plan.sectors) {
        prepare_activity(plan, s, x);
        for (std::uint32_t i = 0; i < s.n_technologies; ++i) {
            prepare_technology(
                plan, s, plan.technologies[s.first_technology + i], x);
        }
    }
    for (const DriverPlan& d : plan.drivers) {
        prepare_driver(plan, d, x);
    }
    for (const ComponentPlan& c : plan.components) {
        prepare_component(plan, c, x);
    }
    for (const ConverterPlan& c : plan.converters) {
        prepare_converter(plan, c, x);
    }
    prepare_limits(plan, x);
    for (std::uint32_t b = 0; b < plan.budgets.size; ++b) {
        x.set(plan.w_inverse_budget + b,
              set(1.0) / (x[plan.budgets[b]] * set(1000.0)));  // Gt -> Mt
    }
}

}  // namespace HEPTA_ISA
}  // namespace hepta::model
