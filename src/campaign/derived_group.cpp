#include "hepta/campaign/derived_group.hpp"

#include "bands.hpp"
#include "hepta/campaign/weights.hpp"
#include "hepta/statistics/percentile.hpp"

#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

namespace hepta::campaign {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

/// Year of the sample of a rank, from 1; infinite where it is never.
double year_of_rank(std::span<const std::uint64_t> counts, std::uint64_t rank)
{
    std::uint64_t n = 0;
    for (std::size_t year = 0; year + 1 < counts.size(); ++year) {
        n += counts[year];
        if (n >= rank) {
            return static_cast<double>(year);
        }
    }
    return infinite;
}

/// Arrays over (scenario, rule of the quantity, percentile), and without it.
struct QuantityArrays
{
    std::vector<double> value, lower, upper;
    std::vector<double> never, never_lower, never_upper;
};

/// The outcomes of one rule in one scenario, but for "undefined".
class RuleOutcomes
{
  public:
    RuleOutcomes(const State& state, std::size_t first, std::size_t n)
        : counts_(std::span(state.derived.years).subspan(first, n))
    {
        if (!state.is_weighted()) {
            return;
        }
        line_.emplace(weight_line(state));
        const std::size_t pitch = state.derived.years.size() / state.batches.n;
        sums_.assign(n, std::vector<double>(state.batches.n, 0.0));
        for (std::size_t k = 0; k < n; ++k) {
            sums_[k] = by_batch(state.derived.years, first + k, pitch);
        }
        never_ = sums_.back();
        for (std::size_t k = 1; k < n; ++k) {  // up to and with outcome k
            for (std::size_t r = 0; r < state.batches.n; ++r) {
                sums_[k][r] += sums_[k - 1][r];
            }
        }
    }

    [[nodiscard]] YearPercentile percentile(double p, double confidence) const
    {
        return line_ ? weighted_percentile(p, confidence)
                     : year_percentile(counts_, p, confidence);
    }

    [[nodiscard]] statistics::Proportion never(double confidence) const
    {
        if (line_) {
            return statistics::weighted_proportion(
                *line_, never_, sums_.back(), confidence);
        }
        const auto n =
            std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
        return n > 0 ? statistics::wilson(counts_.back(), n, confidence)
                     : statistics::Proportion{missing, missing, missing};
    }

  private:
    /// The first years by which the share, its upper and its lower limit reach
    /// the percentile.
    [[nodiscard]] YearPercentile weighted_percentile(double p,
                                                     double confidence) const
    {
        YearPercentile out{infinite, infinite, infinite};
        for (std::size_t k = sums_.size() - 1; k-- > 0;) {
            const auto share = statistics::weighted_proportion(
                *line_, sums_[k], sums_.back(), confidence);
            const auto year = static_cast<double>(k);
            if (std::isnan(share.value)) {
                return {missing, missing, missing};
            }
            out.value = share.value >= p / 100.0 ? year : out.value;
            out.upper = share.lower >= p / 100.0 ? year : out.upper;
            out.lower = share.upper >= p / 100.0 ? year : out.lower;
        }
        return out;
    }

    std::span<const std::uint64_t> counts_;
    std::optional<statistics::WeightLine> line_;  ///< of a weighted state
    std::vector<std::vector<double>> sums_;  ///< [outcome][batch], cumulative
    std::vector<double> never_;              ///< [batch]
};

QuantityArrays reduce_quantity(const State& state,
                               const config::RunConfig& config,
                               const DerivedPlan& plan,
                               const DerivedQuantity& quantity)
{
    QuantityArrays out;
    for (std::size_t s = 0; s < config.model.scenarios.size(); ++s) {
        for (std::size_t k = 0; k < quantity.n_rules; ++k) {
            const std::size_t r = quantity.first_rule + k;
            const RuleOutcomes outcomes(
                state,
                (s * plan.n_rules() + r) * plan.n_outcomes(),
                plan.n_years + 1);
            // what is counted from 0 becomes a year or a delay
            const double origin =
                quantity.is_delay
                    ? -static_cast<double>(
                          plan.first_years.rules()[r].from_year)
                    : static_cast<double>(config.model.first_year);
            for (const double p : config.percentiles) {
                const YearPercentile found =
                    outcomes.percentile(p, config.confidence);
                out.value.push_back(found.value + origin);
                out.lower.push_back(found.lower + origin);
                out.upper.push_back(found.upper + origin);
            }
            const statistics::Proportion never =
                outcomes.never(config.confidence);
            out.never.push_back(never.value);
            out.never_lower.push_back(never.lower);
            out.never_upper.push_back(never.upper);
        }
    }
    return out;
}

void add_quantity(io::Group& group,
                  const DerivedQuantity& quantity,
                  QuantityArrays&& arrays,
                  const std::string& kind_of_limit)
{
    std::vector<std::string> dimensions = {"scenario"};
    dimensions.insert(dimensions.end(),
                      quantity.dimensions.begin(),
                      quantity.dimensions.end());
    std::vector<std::string> with_percentile = dimensions;
    with_percentile.emplace_back("percentile");
    const auto add = [&](const std::string& suffix,
                         const std::vector<std::string>& over,
                         std::vector<double>&& values,
                         const std::string& unit,
                         const std::string& meaning) {
        group.variables.push_back(
            {quantity.name + suffix,
             over,
             std::move(values),
             {{"units", unit}, {"long_name", quantity.long_name + meaning}},
             true,
             false});
    };
    const std::string unit = quantity.is_delay ? "yr" : "calendar year";
    add("", with_percentile, std::move(arrays.value), unit, "");
    add("_lower",
        with_percentile,
        std::move(arrays.lower),
        unit,
        ", lower confidence limit");
    add("_upper",
        with_percentile,
        std::move(arrays.upper),
        unit,
        ", upper confidence limit");
    add("_probability_never",
        dimensions,
        std::move(arrays.never),
        "1",
        ": probability of never");
    add("_probability_never_lower",
        dimensions,
        std::move(arrays.never_lower),
        "1",
        ": probability of never, lower " + kind_of_limit + " limit");
    add("_probability_never_upper",
        dimensions,
        std::move(arrays.never_upper),
        "1",
        ": probability of never, upper " + kind_of_limit + " limit");
}

void add_dimension(io::Group& group,
                   std::string name,
                   io::Values labels,
                   const char* meaning)
{
    io::Dimension dimension{
        std::move(name), std::move(labels), {{"long_name", meaning}}, 0};
    if (dimension.length() > 0) {
        group.dimensions.push_back(std::move(dimension));
    }
}

}  // namespace

YearPercentile year_percentile(std::span<const std::uint64_t> counts,
                               double percent,
                               double confidence)
{
    const auto n =
        std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
    if (n == 0) {
        return {missing, missing, missing};
    }
    const auto rank = static_cast<std::uint64_t>(
        std::ceil(percent * static_cast<double>(n) / 100.0));
    const statistics::RankLimits limits =
        statistics::rank_limits(n, percent / 100.0, confidence);
    return {year_of_rank(counts, rank),
            limits.lower == 0 ? -infinite : year_of_rank(counts, limits.lower),
            year_of_rank(counts, limits.upper)};
}

io::Group make_derived(const State& state,
                       const config::RunConfig& config,
                       const DerivedPlan& plan)
{
    io::Group group;
    group.name = "derived";
    group.attributes = {
        {"confidence", config.confidence},
        {"description",
         "years of whole trajectories; infinite where the percentile is never "
         "reached by the last year"}};
    for (io::Dimension& dimension : item_dimensions(config)) {
        for (const char* name : {"scenario", "sector", "budget"}) {
            if (dimension.name == name && dimension.length() > 0) {
                group.dimensions.push_back(std::move(dimension));
                break;
            }
        }
    }
    add_dimension(
        group, "newcomer", plan.newcomers, "technology with a seed share");
    if (!plan.newcomers.empty()) {
        add_dimension(group,
                      "share_level",
                      std::vector<double>(std::begin(tipping_shares),
                                          std::end(tipping_shares)),
                      "share of the sector's activity");
    }
    add_dimension(group,
                  "budget_sector",
                  plan.budget_sectors,
                  "sector with a published budget");
    add_dimension(group, "milestone", plan.milestones, "step of a roadmap");
    group.dimensions.push_back(
        {"percentile",
         config.percentiles,
         {{"units", "percent"}, {"long_name", "percentile"}}});
    for (const DerivedQuantity& quantity : plan.quantities) {
        add_quantity(group,
                     quantity,
                     reduce_quantity(state, config, plan, quantity),
                     state.is_weighted() ? "Student" : "Wilson");
    }
    return group;
}

void add_joint_probabilities(io::Group& group,
                             const State& state,
                             const config::RunConfig& config,
                             const DerivedPlan& plan)
{
    const std::size_t n_scenarios = config.model.scenarios.size();
    for (std::size_t j = 0; j < plan.joints.size(); ++j) {
        add_probability(group,
                        plan.joints[j].name,
                        plan.joints[j].long_name,
                        plan.joints[j].source,
                        {state, state.derived.joints, config.confidence},
                        j * n_scenarios);
    }
}

}  // namespace hepta::campaign
