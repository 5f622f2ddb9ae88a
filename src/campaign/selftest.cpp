#include "hepta/campaign/selftest.hpp"

#include "hepta/campaign/accumulator.hpp"
#include "hepta/campaign/cells.hpp"
#include "hepta/campaign/engine.hpp"
#include "hepta/core/error.hpp"
#include "hepta/functions/functions.hpp"
#include "hepta/statistics/percentile.hpp"
#include "hepta/statistics/replicates.hpp"
#include "reduce.hpp"
#include "selftest_indices.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>
#include <string_view>

namespace hepta::campaign {
namespace {

constexpr std::uint64_t block_size = 8192;
constexpr std::uint64_t pilot_samples = 1024;
constexpr std::uint32_t n_randomisations = 16;
constexpr double largest_z = 5.0;
/// Intervals of one standard error to each side.
constexpr double confidence_of_one_sigma = 0.6826894921370859;

sampling::SamplerPlan sampler_called(const std::string& name, std::uint64_t n)
{
    sampling::SamplerPlan plan;
    plan.n_randomisations = n_randomisations;
    if (name == "sobol") {
        plan.kind = sampling::SamplerKind::sobol;
        if (n % n_randomisations != 0 ||
            !std::has_single_bit(n / n_randomisations)) {
            throw InputError(fmt::format(
                "command line: --samples {} is not {} times a power of 2, "
                "which sobol needs\n  hint: --samples {}",
                n,
                n_randomisations,
                std::bit_ceil(std::max<std::uint64_t>(n, n_randomisations))));
        }
    } else if (name == "lhs") {
        plan.kind = sampling::SamplerKind::lhs;
        plan.n_samples = n;
    } else if (name != "mc") {
        throw InputError(
            fmt::format("command line: --sampler '{}' is not one of mc, "
                        "sobol, lhs",
                        name));
    }
    return plan;
}

/// Counts of one function's samples, those of all ranks added up on rank 0.
State count_samples(const Engine& engine,
                    const CellMap& cells,
                    const SelftestOptions& options,
                    const parallel::Communicator& comm)
{
    const auto plans =
        plan_cells(engine, cells, pilot_samples, options.n_threads);
    const bool is_sobol = engine.sampler().kind == sampling::SamplerKind::sobol;
    const Event below_zero{};
    Accumulator accumulator(engine,
                            cells,
                            {below_zero},
                            plans,
                            block_size,
                            options.n_threads,
                            is_sobol ? n_randomisations : 0);
    for (std::uint64_t first =
             block_size * static_cast<std::uint64_t>(comm.rank());
         first < options.samples;
         first += block_size * static_cast<std::uint64_t>(comm.size())) {
        accumulator.add({first, std::min(first + block_size, options.samples)});
    }
    State state = accumulator.take();
    reduce_to_root(state, comm);
    return state;
}

/// Value and standard error.
struct Estimate
{
    double value = 0.0;
    double standard_error = 0.0;
};

Estimate mean_of(const State& state)
{
    const statistics::CellPlan& plan = state.plans[0];
    const statistics::Moments m =
        statistics::moments(plan, state.counts, state.sums[0]);
    if (state.replicates.n == 0) {
        return {m.mean,
                m.standard_deviation / std::sqrt(static_cast<double>(m.n))};
    }
    std::vector<std::uint64_t> n(state.replicates.n, m.n / state.replicates.n);
    const statistics::Limits limits = statistics::mean_limits(
        plan, state.replicates.sums, n, confidence_of_one_sigma);
    return {m.mean, 0.5 * (limits.upper - limits.lower)};
}

/// The fourth central moment for the error comes from the middles of bins.
Estimate variance_of(const State& state)
{
    const statistics::CellPlan& plan = state.plans[0];
    const statistics::Moments m =
        statistics::moments(plan, state.counts, state.sums[0]);
    const double variance = m.standard_deviation * m.standard_deviation;
    const auto n = static_cast<double>(m.n);
    double fourth = static_cast<double>(state.counts[statistics::bin::atom]) *
                    std::pow(plan.atom - m.mean, 4);
    for (std::uint32_t b = statistics::bin::first_outer;
         b < statistics::bin::count(plan.n_inner);
         ++b) {
        if (state.counts[b] > 0) {
            const statistics::Interval edges = statistics::bin_edges(plan, b);
            const double middle =
                0.5 * (std::clamp(edges.lower, m.minimum, m.maximum) +
                       std::clamp(edges.upper, m.minimum, m.maximum));
            fourth += static_cast<double>(state.counts[b]) *
                      std::pow(middle - m.mean, 4);
        }
    }
    return {variance, std::sqrt((fourth / n - variance * variance) / n)};
}

/// The error has a part for the place within the bin.
Estimate percentile_of(const State& state, double p)
{
    const statistics::CellPlan& plan = state.plans[0];
    statistics::Percentile found;
    if (state.replicates.n > 0) {
        const statistics::RankLimits limits =
            statistics::replicate_limits(plan,
                                         state.replicates.counts,
                                         state.replicates.n,
                                         p,
                                         confidence_of_one_sigma);
        statistics::percentiles(plan,
                                state.counts,
                                state.sums[0],
                                {&p, 1},
                                std::span(&limits, 1),
                                {&found, 1});
    } else {
        found = statistics::percentile(
            plan, state.counts, state.sums[0], p, confidence_of_one_sigma);
    }
    const double sampling = 0.5 * (found.upper - found.lower);
    const double binning =
        (found.bracket_high - found.bracket_low) / std::sqrt(12.0);
    return {found.value, std::hypot(sampling, binning)};
}

Estimate probability_of(const State& state)
{
    const auto happened = static_cast<double>(state.events[0].happened);
    const auto defined = static_cast<double>(state.events[0].defined);
    const double p = happened / defined;
    return {p, std::sqrt(std::max(p * (1.0 - p), 1.0 / defined) / defined)};
}

/// The estimate of a quantity; nothing if it is not one of plain samples.
std::optional<Estimate> estimate(const State& state, std::string_view quantity)
{
    if (quantity == "mean") {
        return mean_of(state);
    }
    if (quantity == "variance") {
        return variance_of(state);
    }
    if (quantity == "probability_below_0") {
        return probability_of(state);
    }
    if (quantity.starts_with('P')) {
        return percentile_of(state, std::stod(std::string(quantity.substr(1))));
    }
    return std::nullopt;
}

}  // namespace

double SelftestCheck::z() const
{
    const double error = std::hypot(standard_error, uncertainty);
    const double difference = value - reference;
    return difference == 0.0 ? 0.0 : difference / error;
}

bool SelftestCheck::has_passed() const
{
    return std::abs(z()) <= largest_z;
}

std::vector<SelftestCheck> selftest(const SelftestOptions& options,
                                    const parallel::Communicator& comm)
{
    std::vector<const functions::TestFunction*> wanted;
    for (const std::string& name : options.functions) {
        wanted.push_back(&functions::find(name));
    }
    if (wanted.empty()) {
        for (const functions::TestFunction& function : functions::all()) {
            wanted.push_back(&function);
        }
    }
    std::vector<std::string> samplers = options.samplers;
    if (samplers.empty()) {
        samplers = {"mc", "sobol", "lhs"};
    }
    std::vector<SelftestCheck> checks;
    for (const functions::TestFunction* function : wanted) {
        for (const std::string& sampler : samplers) {
            const Engine engine(*function,
                                sampler_called(sampler, options.samples),
                                options.seed,
                                options.instruction_set);
            const CellMap cells(1);
            const State state = count_samples(engine, cells, options, comm);
            if (!comm.is_root()) {
                continue;
            }
            for (const functions::Reference& known : function->references) {
                if (const auto found = estimate(state, known.quantity)) {
                    checks.push_back({function->name,
                                      sampler,
                                      known.quantity,
                                      found->value,
                                      found->standard_error,
                                      known.value,
                                      known.uncertainty,
                                      known.source});
                }
            }
        }
    }
    for (const functions::TestFunction* function : wanted) {
        const auto indices = check_indices(*function, options, comm);
        checks.insert(checks.end(), indices.begin(), indices.end());
    }
    return checks;
}

std::string selftest_text(const std::vector<SelftestCheck>& checks)
{
    std::string out = fmt::format("{:<24} {:<6} {:<22} {:>16} {:>16} {:>7}\n",
                                  "function",
                                  "",
                                  "",
                                  "value",
                                  "reference",
                                  "z");
    std::size_t n_failed = 0;
    for (const SelftestCheck& check : checks) {
        n_failed += check.has_passed() ? 0 : 1;
        out +=
            fmt::format("{:<24} {:<6} {:<22} {:>16.9g} {:>16.9g} {:>7.2f}{}\n",
                        check.function,
                        check.sampler,
                        check.quantity,
                        check.value,
                        check.reference,
                        check.z(),
                        check.has_passed() ? "" : "  FAILED");
    }
    return out +
           fmt::format("{} of {} statistics within {:g} standard errors\n",
                       checks.size() - n_failed,
                       checks.size(),
                       largest_z);
}

nlohmann::ordered_json selftest_json(const std::vector<SelftestCheck>& checks)
{
    nlohmann::ordered_json out = nlohmann::ordered_json::array();
    for (const SelftestCheck& check : checks) {
        out.push_back({{"function", check.function},
                       {"sampler", check.sampler},
                       {"quantity", check.quantity},
                       {"value", check.value},
                       {"standard_error", check.standard_error},
                       {"reference", check.reference},
                       {"reference_uncertainty", check.uncertainty},
                       {"source", check.source},
                       {"z", check.z()},
                       {"passed", check.has_passed()}});
    }
    return out;
}

}  // namespace hepta::campaign
