/// \file
/// The integer state as datasets, and the hash over them.
#include "hepta/campaign/result.hpp"
#include "hepta/core/sha256.hpp"
#include "hepta/core/version.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <type_traits>
#include <utility>

namespace hepta::campaign {
namespace {

io::Variable variable(std::string name,
                      std::vector<std::string> dimensions,
                      io::Values values,
                      std::string long_name)
{
    return {std::move(name),
            std::move(dimensions),
            std::move(values),
            {{"long_name", std::move(long_name)}},
            false,
            true};
}

io::Dimension unlabelled(std::string name, std::size_t length)
{
    return {std::move(name), std::vector<std::uint32_t>{}, {}, length};
}

void add_plans(io::Group& group, const State& state)
{
    using statistics::CellPlan;
    const auto add = [&](std::string name, auto&& value_of) {
        std::vector<double> values;
        for (const CellPlan& plan : state.plans) {
            values.push_back(value_of(plan));
        }
        group.variables.push_back(variable(fmt::format("plan_{}", name),
                                           {"cell"},
                                           std::move(values),
                                           "how the cell is counted"));
    };
    for (int k = 0; k < CellPlan::n_terms; ++k) {
        add(fmt::format("origin_{}", k),
            [k](const CellPlan& plan) { return plan.origin[k]; });
        add(fmt::format("delta_{}", k),
            [k](const CellPlan& plan) { return plan.delta[k]; });
        add(fmt::format("bins_per_t_{}", k),
            [k](const CellPlan& plan) { return plan.bins_per_t[k]; });
    }
    add("offset", [](const CellPlan& plan) { return plan.offset; });
    add("low", [](const CellPlan& plan) { return plan.low; });
    add("high", [](const CellPlan& plan) { return plan.high; });
    add("atom", [](const CellPlan& plan) { return plan.atom; });
    add("atom_width", [](const CellPlan& plan) { return plan.atom_width; });
    add("center", [](const CellPlan& plan) { return plan.center; });
    add("scale", [](const CellPlan& plan) { return plan.scale; });
    add("edges_per_unit", [](const CellPlan& plan) {
        return static_cast<double>(plan.edges_per_unit);
    });
    std::vector<std::uint32_t> n_inner;
    for (const CellPlan& plan : state.plans) {
        n_inner.push_back(plan.n_inner);
    }
    group.variables.push_back(variable("plan_n_inner",
                                       {"cell"},
                                       std::move(n_inner),
                                       "inner bins of the cell"));
}

void add_sums(io::Group& group, const State& state)
{
    std::vector<std::int64_t> sum_high;
    std::vector<std::uint64_t> sum_low, square_high, square_low, clamped;
    std::vector<double> minimum, maximum;
    for (const statistics::MomentSums& sums : state.sums) {
        sum_high.push_back(static_cast<std::int64_t>(sums.sum >> 64));
        sum_low.push_back(static_cast<std::uint64_t>(sums.sum));
        square_high.push_back(
            static_cast<std::uint64_t>(sums.sum_of_squares >> 64));
        square_low.push_back(static_cast<std::uint64_t>(sums.sum_of_squares));
        clamped.push_back(sums.n_clamped);
        minimum.push_back(sums.minimum);
        maximum.push_back(sums.maximum);
    }
    const auto add =
        [&](const char* name, io::Values values, const char* meaning) {
            group.variables.push_back(
                variable(name, {"cell"}, std::move(values), meaning));
        };
    add("sum_high", std::move(sum_high), "upper 64 bits of the sum of q");
    add("sum_low", std::move(sum_low), "lower 64 bits of the sum of q");
    add("square_high", std::move(square_high), "upper 64 bits, sum of q^2");
    add("square_low", std::move(square_low), "lower 64 bits, sum of q^2");
    add("clamped", std::move(clamped), "samples beyond the range of q");
    add("minimum", std::move(minimum), "smallest finite value");
    add("maximum", std::move(maximum), "largest finite value");
}

/// Both halves of 128-bit sums; the upper one with its sign.
template <class T>
void add_wide(io::Group& group,
              const std::string& name,
              const std::vector<std::string>& dimensions,
              const std::vector<T>& sums,
              const std::string& meaning)
{
    using Half = std::conditional_t<std::is_same_v<T, statistics::Int128>,
                                    std::int64_t,
                                    std::uint64_t>;
    std::vector<Half> high;
    std::vector<std::uint64_t> low;
    for (const T sum : sums) {
        high.push_back(static_cast<Half>(sum >> 64));
        low.push_back(static_cast<std::uint64_t>(sum));
    }
    group.variables.push_back(variable(name + "_high",
                                       dimensions,
                                       std::move(high),
                                       "upper 64 bits of the " + meaning));
    group.variables.push_back(variable(name + "_low",
                                       dimensions,
                                       std::move(low),
                                       "lower 64 bits of the " + meaning));
}

/// Dimensions and datasets of the batches of a weighted run.
void add_batches(io::Group& group, Batches&& batches)
{
    if (batches.n == 0) {
        return;
    }
    group.dimensions.push_back(unlabelled("batch", batches.n));
    group.dimensions.push_back(
        unlabelled("coarse_bin", batches.coarse_weights.size()));
    add_wide(group,
             "batch_weight",
             {"batch"},
             batches.weights,
             "sum of weights, 2^-32");
    add_wide(group,
             "batch_weight_square",
             {"batch"},
             batches.squares,
             "sum of squared weights, 2^-40");
    group.variables.push_back(
        variable("batch_coarse_weights",
                 {"coarse_bin"},
                 std::move(batches.coarse_weights),
                 "weights by cell, batch and coarse bin, 2^-32: invalid, atom, "
                 "below, groups of inner bins, above"));
    std::vector<statistics::Int128> sums;
    std::vector<statistics::UInt128> squares;
    for (const statistics::WeightedSums& of_batch : batches.sums) {
        sums.push_back(of_batch.sum);
        squares.push_back(of_batch.sum_of_squares);
    }
    add_wide(
        group, "batch_sum", {"cell", "batch"}, sums, "sum of weight times q");
    add_wide(group,
             "batch_square",
             {"cell", "batch"},
             squares,
             "sum of weight times q^2");
}

/// Dimensions and datasets of the randomisations, if there are any.
void add_replicates(io::Group& group, Replicates&& replicates)
{
    if (replicates.n == 0) {
        return;
    }
    group.dimensions.push_back(unlabelled("randomisation", replicates.n));
    group.dimensions.push_back(
        unlabelled("coarse_bin", replicates.counts.size()));
    group.variables.push_back(
        variable("replicate_counts",
                 {"coarse_bin"},
                 std::move(replicates.counts),
                 "samples by cell, randomisation and coarse bin: invalid, "
                 "atom, below, groups of inner bins, above"));
    add_wide(group,
             "replicate_sum",
             {"cell", "randomisation"},
             replicates.sums,
             "sum of q");
}

/// Bytes of a dataset, its type first so that equal bytes of different types
/// differ.
void add_values(Sha256& sha, const io::Values& values)
{
    std::visit(
        [&sha](const auto& array) {
            using T = typename std::decay_t<decltype(array)>::value_type;
            if constexpr (std::is_same_v<T, std::string>) {
                for (const std::string& text : array) {
                    sha.add(fmt::format("string {} ", text.size()));
                    sha.add(text);
                }
            } else {
                sha.add(fmt::format("{}{} {} ",
                                    std::is_floating_point_v<T> ? "f"
                                    : std::is_signed_v<T>       ? "i"
                                                                : "u",
                                    sizeof(T),
                                    array.size()));
                sha.add(std::as_bytes(std::span(array)));
            }
        },
        values);
}

/// How often each event happened and was defined.
void add_events(io::Group& group,
                const std::vector<EventCount>& counts,
                const std::string& prefix,
                const std::vector<std::string>& dimensions)
{
    std::vector<std::uint64_t> happened, defined;
    for (const EventCount& count : counts) {
        happened.push_back(count.happened);
        defined.push_back(count.defined);
    }
    if (!counts.empty()) {
        group.variables.push_back(variable(prefix + "_happened",
                                           dimensions,
                                           std::move(happened),
                                           "samples in which it happened"));
        group.variables.push_back(variable(prefix + "_defined",
                                           dimensions,
                                           std::move(defined),
                                           "samples in which it is defined"));
    }
}

/// \param batch  nothing, or the dimension of batches
void add_derived(io::Group& group,
                 DerivedCounts&& derived,
                 std::vector<std::string> batch,
                 std::size_t n_batches)
{
    if (derived.years.empty()) {
        return;
    }
    group.dimensions.push_back(
        unlabelled("derived_outcome", derived.years.size() / n_batches));
    batch.emplace_back("derived_outcome");
    group.variables.push_back(
        variable("derived_years",
                 batch,
                 std::move(derived.years),
                 "samples by scenario, rule and outcome: each year, never, "
                 "undefined"));
    if (!derived.joints.empty()) {
        group.dimensions.push_back(
            unlabelled("joint", derived.joints.size() / n_batches));
        batch.back() = "joint";
        add_events(group, derived.joints, "joint", batch);
    }
}

}  // namespace

io::Group make_state_group(State&& state, const config::RunConfig& config)
{
    io::Group group;
    group.name = "state";
    group.attributes = {
        {"description",
         "integer state: adding two states of disjoint samples gives the "
         "state of their union"}};
    std::vector<std::string> events, scenarios;
    for (const config::EventSpec& event : config.events) {
        events.push_back(event.name);
    }
    for (const model::Scenario& scenario : config.model.scenarios) {
        scenarios.push_back(scenario.name);
    }
    group.dimensions = {unlabelled("range", state.ranges.size()),
                        {"bound", std::vector<std::string>{"begin", "end"}, {}},
                        unlabelled("cell", state.plans.size()),
                        unlabelled("bin", state.counts.size()),
                        {"event", std::move(events), {}},
                        {"event_scenario", std::move(scenarios), {}},
                        unlabelled("invalid", max_invalid_indices)};

    std::vector<std::uint64_t> covered;
    for (const SampleRange& range : state.ranges) {
        covered.insert(covered.end(), {range.begin, range.end});
    }
    group.variables.push_back(variable("covered",
                                       {"range", "bound"},
                                       std::move(covered),
                                       "samples covered, half-open"));
    group.variables.push_back(variable(
        "counts",
        {"bin"},
        std::move(state.counts),
        std::string(state.is_weighted() ? "weights, 2^-32" : "samples") +
            " by bin, cell after cell: invalid, atom, lower outer "
            "bins, inner bins, upper outer bins"));
    add_plans(group, state);
    add_sums(group, state);
    add_replicates(group, std::move(state.replicates));
    const std::size_t n_batches = std::max(state.batches.n, 1u);
    std::vector<std::string> batch;
    if (state.is_weighted()) {
        batch.emplace_back("batch");
    }
    add_batches(group, std::move(state.batches));
    std::vector<std::string> of_events = batch;
    of_events.insert(of_events.end(), {"event", "event_scenario"});
    add_events(group, state.events, "event", of_events);
    add_derived(group, std::move(state.derived), batch, n_batches);
    std::vector<std::uint64_t> invalid = state.invalid_samples;
    invalid.resize(max_invalid_indices,
                   std::numeric_limits<std::uint64_t>::max());
    group.variables.push_back(
        variable("invalid_samples",
                 {"invalid"},
                 std::move(invalid),
                 "first samples with an output that is not finite; 2^64 - 1 "
                 "where there are fewer"));
    group.variables.push_back(
        variable("n_invalid",
                 {},
                 std::vector<std::uint64_t>{state.n_invalid},
                 "samples with such an output"));
    return group;
}

std::string result_hash(const io::Group& state, const Identity& identity)
{
    Sha256 sha;
    sha.add(fmt::format("hepta-result {} model {} config {} seed {} sampler {}",
                        result_format_version,
                        identity.model_version,
                        identity.config_sha256,
                        identity.seed,
                        identity.sampler));
    std::vector<const io::Variable*> variables;
    for (const io::Variable& v : state.variables) {
        variables.push_back(&v);
    }
    std::sort(variables.begin(), variables.end(), [](auto* a, auto* b) {
        return a->name < b->name;
    });
    for (const io::Variable* v : variables) {
        sha.add(fmt::format("\n{} ", v->name));
        add_values(sha, v->values);
    }
    return sha.hex();
}

}  // namespace hepta::campaign
