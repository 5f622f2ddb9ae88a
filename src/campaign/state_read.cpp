#include "hepta/campaign/result.hpp"
#include "hepta/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>

namespace hepta::campaign {
namespace {

/// Datasets of /state by name, of the type and length asked for.
class Datasets
{
  public:
    Datasets(const std::string& path, io::Group& group)
        : path_(path), group_(group)
    {
    }

    template <class T>
    std::vector<T> take(std::string_view name)
    {
        for (io::Variable& variable : group_.variables) {
            if (variable.name == name) {
                auto* values = std::get_if<std::vector<T>>(&variable.values);
                if (values == nullptr) {
                    fail(name, "has an unexpected type");
                }
                return std::move(*values);
            }
        }
        fail(name, "is missing");
    }
    template <class T>
    std::vector<T> take(std::string_view name, std::size_t n)
    {
        std::vector<T> values = take<T>(name);
        if (values.size() != n) {
            fail(name, fmt::format("has {} values, not {}", values.size(), n));
        }
        return values;
    }
    [[nodiscard]] bool has(std::string_view name) const
    {
        return std::any_of(
            group_.variables.begin(),
            group_.variables.end(),
            [&](const io::Variable& v) { return v.name == name; });
    }
    [[noreturn]] void fail(std::string_view name, std::string_view what) const
    {
        throw ResultError(fmt::format("{}: /state/{} {}", path_, name, what));
    }

  private:
    const std::string& path_;
    io::Group& group_;
};

std::vector<SampleRange> read_ranges(Datasets& data)
{
    const auto bounds = data.take<std::uint64_t>("covered");
    std::vector<SampleRange> ranges;
    for (std::size_t i = 0; i + 1 < bounds.size(); i += 2) {
        ranges.push_back({bounds[i], bounds[i + 1]});
    }
    const bool in_order =
        std::is_sorted(bounds.begin(), bounds.end(), std::less_equal<>());
    if (bounds.size() % 2 != 0 || !in_order) {
        data.fail("covered", "holds no ranges in order");
    }
    return ranges;
}

/// What `statistics::plan_cell` accepts.
void check_inner_bins(const std::vector<std::uint32_t>& n_inner,
                      const Datasets& data)
{
    for (const std::uint32_t n : n_inner) {
        if (n < 64 || n > 16384 || !std::has_single_bit(n)) {
            data.fail("plan_n_inner", "is no power of 2 from 64 to 16384");
        }
    }
}

std::vector<statistics::CellPlan> read_plans(Datasets& data)
{
    using statistics::CellPlan;
    const auto n_inner = data.take<std::uint32_t>("plan_n_inner");
    check_inner_bins(n_inner, data);
    std::vector<CellPlan> plans(n_inner.size());
    std::uint64_t first_bin = 0;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        plans[i].n_inner = n_inner[i];
        plans[i].first_bin = static_cast<std::uint32_t>(first_bin);
        first_bin += statistics::bin::count(n_inner[i]);
    }
    const auto read = [&](const std::string& name, auto&& member) {
        const auto values = data.take<double>("plan_" + name, plans.size());
        for (std::size_t i = 0; i < plans.size(); ++i) {
            if (!std::isfinite(values[i])) {
                data.fail("plan_" + name, "is not finite");
            }
            member(plans[i]) = values[i];
        }
    };
    for (int k = 0; k < CellPlan::n_terms; ++k) {
        const std::string term = fmt::format("_{}", k);
        read("origin" + term,
             [k](CellPlan& plan) -> double& { return plan.origin[k]; });
        read("delta" + term,
             [k](CellPlan& plan) -> double& { return plan.delta[k]; });
        read("bins_per_t" + term,
             [k](CellPlan& plan) -> double& { return plan.bins_per_t[k]; });
    }
    read("offset", [](CellPlan& plan) -> double& { return plan.offset; });
    read("low", [](CellPlan& plan) -> double& { return plan.low; });
    read("high", [](CellPlan& plan) -> double& { return plan.high; });
    read("atom", [](CellPlan& plan) -> double& { return plan.atom; });
    read("atom_width",
         [](CellPlan& plan) -> double& { return plan.atom_width; });
    read("center", [](CellPlan& plan) -> double& { return plan.center; });
    read("scale", [](CellPlan& plan) -> double& { return plan.scale; });
    const auto edges = data.take<double>("plan_edges_per_unit", plans.size());
    for (std::size_t i = 0; i < plans.size(); ++i) {
        if (!(edges[i] >= 0.0 && edges[i] <= UINT32_MAX)) {
            data.fail("plan_edges_per_unit", "is no 32-bit number");
        }
        plans[i].edges_per_unit = static_cast<std::uint32_t>(edges[i]);
    }
    return plans;
}

std::vector<statistics::MomentSums> read_sums(Datasets& data, std::size_t n)
{
    const auto sum_high = data.take<std::int64_t>("sum_high", n);
    const auto sum_low = data.take<std::uint64_t>("sum_low", n);
    const auto square_high = data.take<std::uint64_t>("square_high", n);
    const auto square_low = data.take<std::uint64_t>("square_low", n);
    const auto clamped = data.take<std::uint64_t>("clamped", n);
    const auto minimum = data.take<double>("minimum", n);
    const auto maximum = data.take<double>("maximum", n);
    std::vector<statistics::MomentSums> sums(n);
    for (std::size_t i = 0; i < n; ++i) {
        const auto high = static_cast<std::uint64_t>(sum_high[i]);
        sums[i].sum = static_cast<statistics::Int128>(
            statistics::UInt128{high} << 64 | sum_low[i]);
        sums[i].sum_of_squares =
            statistics::UInt128{square_high[i]} << 64 | square_low[i];
        sums[i].n_clamped = clamped[i];
        sums[i].minimum = minimum[i];
        sums[i].maximum = maximum[i];
    }
    return sums;
}

std::vector<EventCount> read_events(Datasets& data, const std::string& prefix)
{
    std::vector<EventCount> events;
    if (data.has(prefix + "_happened")) {
        const auto happened = data.take<std::uint64_t>(prefix + "_happened");
        const auto defined =
            data.take<std::uint64_t>(prefix + "_defined", happened.size());
        for (std::size_t i = 0; i < happened.size(); ++i) {
            events.push_back({happened[i], defined[i]});
        }
    }
    return events;
}

template <class T>
std::vector<T> read_wide(Datasets& data, const std::string& name)
{
    using Half = std::conditional_t<std::is_same_v<T, statistics::Int128>,
                                    std::int64_t,
                                    std::uint64_t>;
    const auto high = data.take<Half>(name + "_high");
    const auto low = data.take<std::uint64_t>(name + "_low", high.size());
    std::vector<T> sums;
    for (std::size_t i = 0; i < high.size(); ++i) {
        sums.push_back(static_cast<T>(
            statistics::UInt128{static_cast<std::uint64_t>(high[i])} << 64 |
            low[i]));
    }
    return sums;
}

Batches read_batches(Datasets& data,
                     const std::vector<statistics::CellPlan>& plans)
{
    Batches out;
    if (!data.has("batch_weight_low")) {
        return out;
    }
    out.weights = read_wide<statistics::UInt128>(data, "batch_weight");
    out.squares = read_wide<statistics::UInt128>(data, "batch_weight_square");
    out.n = static_cast<std::uint32_t>(out.weights.size());
    const auto sums = read_wide<statistics::Int128>(data, "batch_sum");
    const auto squares = read_wide<statistics::UInt128>(data, "batch_square");
    out.coarse_weights = data.take<std::uint64_t>("batch_coarse_weights");
    if (out.n == 0 || out.squares.size() != out.n ||
        sums.size() != plans.size() * out.n || squares.size() != sums.size() ||
        out.coarse_weights.size() != Replicates::offsets(plans, out.n).back()) {
        data.fail("batch_coarse_weights",
                  "does not have the bins of the plans");
    }
    for (std::size_t i = 0; i < sums.size(); ++i) {
        out.sums.push_back({sums[i], squares[i]});
    }
    return out;
}

Replicates read_replicates(Datasets& data,
                           const std::vector<statistics::CellPlan>& plans)
{
    Replicates out;
    if (!data.has("replicate_counts")) {
        return out;
    }
    out.counts = data.take<std::uint32_t>("replicate_counts");
    out.sums = read_wide<statistics::Int128>(data, "replicate_sum");
    out.n = static_cast<std::uint32_t>(out.sums.size() / plans.size());
    if (out.sums.size() != plans.size() * out.n ||
        out.counts.size() != Replicates::offsets(plans, out.n).back()) {
        data.fail("replicate_counts", "does not have the bins of the plans");
    }
    return out;
}

}  // namespace

State state_from_group(const std::string& path, io::Group&& group)
{
    Datasets data(path, group);
    State state;
    state.ranges = read_ranges(data);
    state.plans = read_plans(data);
    state.counts = data.take<std::uint64_t>("counts");
    const std::size_t n_bins =
        state.plans.empty()
            ? 0
            : state.plans.back().first_bin +
                  statistics::bin::count(state.plans.back().n_inner);
    if (state.plans.empty() || state.counts.size() != n_bins) {
        data.fail("counts", "does not have the bins that the plans say");
    }
    state.sums = read_sums(data, state.plans.size());
    state.replicates = read_replicates(data, state.plans);
    state.batches = read_batches(data, state.plans);
    state.events = read_events(data, "event");
    if (data.has("derived_years")) {
        state.derived.years = data.take<std::uint64_t>("derived_years");
        state.derived.joints = read_events(data, "joint");
    }
    state.invalid_samples =
        data.take<std::uint64_t>("invalid_samples", max_invalid_indices);
    std::erase(state.invalid_samples,
               std::numeric_limits<std::uint64_t>::max());
    state.n_invalid = data.take<std::uint64_t>("n_invalid", 1).front();
    return state;
}

}  // namespace hepta::campaign
