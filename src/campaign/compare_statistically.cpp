#include "cell_place.hpp"
#include "hepta/campaign/compare.hpp"
#include "hepta/campaign/part.hpp"
#include "hepta/campaign/result.hpp"
#include "hepta/core/error.hpp"
#include "hepta/statistics/percentile.hpp"
#include "hepta/statistics/two_samples.hpp"
#include "limit_errors.hpp"
#include "metric_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

namespace hepta::campaign {
namespace {

/// How often chance alone may exceed the limit in a comparison of results.
constexpr double false_alarms = 1e-3;
/// Ranks from different bins may be apart by this much.
constexpr double rank_error_of_bins = 2e-3;
/// Numbers that agree to this part of them are equal in any sense that counts.
constexpr double nothing = 1e-9;

bool nearly_equal(double a, double b)
{
    return std::fabs(a - b) <= nothing * std::max(std::fabs(a), std::fabs(b));
}

/// One number of both results.
struct Pair
{
    std::size_t index = 0;  ///< in the dataset
    double a = 0.0, b = 0.0;
    double standard_errors = 0.0;  ///< between them
};

/// The numbers of one dataset.
struct Distances
{
    const io::Group* group;
    const io::Variable* variable;
    std::vector<Pair> pairs;
};

bool is_limit(std::string_view name)
{
    return name.ends_with("_lower") || name.ends_with("_upper");
}

bool ends_in(const io::Variable& variable, std::string_view dimension)
{
    return !variable.dimensions.empty() &&
           variable.dimensions.back() == dimension;
}

/// One cell of /state as the statistics see it.
struct Cell
{
    Cell(const State& state, std::size_t i)
        : plan(state.plans[i]),
          counts(state.counts_of(i)),
          sums(state.sums[i]),
          moments(statistics::moments(plan, counts, sums))
    {
    }
    const statistics::CellPlan& plan;
    statistics::Counts counts;
    const statistics::MomentSums& sums;
    statistics::Moments moments;
};

/// Distance of a's percentile p (a fraction) from that rank in b.
double percentile_distance(const Cell& a, const Cell& b, double p, double value)
{
    const bool none_a = a.moments.n == 0;
    const bool none_b = b.moments.n == 0;
    if (none_a || none_b || !std::isfinite(value)) {
        return none_a == none_b ? 0.0 : std::numeric_limits<double>::infinity();
    }
    const statistics::RankOf rank =
        statistics::rank_of(b.plan, b.counts, b.sums, value);
    // One sample more or less, and what bins cannot tell.
    const double slack = (a.plan == b.plan ? 0.0 : rank_error_of_bins) +
                         1.0 / static_cast<double>(a.moments.n) +
                         1.0 / static_cast<double>(b.moments.n);
    const double nearest =
        std::clamp(p, rank.below - slack, rank.up_to + slack);
    return statistics::standard_errors_between(
        p,
        static_cast<double>(a.moments.n),
        nearest,
        static_cast<double>(b.moments.n));
}

class Comparer
{
  public:
    Comparer(io::Tree&& a, io::Tree&& b)
        : a_(std::move(a)),
          b_(std::move(b)),
          state_a_(state_from_group("first", take_group(a_, "state"))),
          state_b_(state_from_group("second", take_group(b_, "state")))
    {
    }

    Comparison run()
    {
        Comparison comparison;
        if (by_limits_) {
            errors_a_.emplace(state_a_, a_);
            errors_b_.emplace(state_b_, b_);
        }
        for (const char* name : {"bands", "moments", "probability"}) {
            const io::Group* a = find_named(a_.groups, name);
            const io::Group* b = find_named(b_.groups, name);
            if (a == nullptr || b == nullptr) {
                continue;
            }
            if (!note_labels(comparison, *a, *b)) {
                continue;
            }
            if (a->name == "probability") {
                add_probabilities(*a, *b);
            } else {
                add_metrics(*a, *b);
            }
        }
        std::uint64_t n = 0;
        for (const Distances& distances : distances_) {
            n += distances.pairs.size();
        }
        comparison.limit = statistics::limit_of_largest(n, false_alarms);
        for (const Distances& distances : distances_) {
            comparison.datasets.push_back(report(distances, comparison.limit));
        }
        return comparison;
    }

  private:
    void add_metrics(const io::Group& a, const io::Group& b)
    {
        const io::Group& bands = a_.group("bands");
        std::vector<std::pair<const io::Variable*, MetricCells>> metrics;
        std::size_t n_rows = 0;
        for (const io::Variable& variable : bands.variables) {
            if (ends_in(variable, "percentile") && !is_limit(variable.name)) {
                metrics.emplace_back(&variable, MetricCells(bands, variable));
                n_rows += metrics.back().second.n_rows();
            }
        }
        std::size_t first_row = 0;
        for (const auto& [metric, cells] : metrics) {
            if (find_named(a.variables, metric->name) != nullptr &&
                find_named(b.variables, metric->name) != nullptr) {
                add_metric(a, metric->name, cells, first_row, n_rows);
            }
            first_row += cells.n_rows();
        }
    }

    void add_metric(const io::Group& group,
                    const std::string& name,
                    const MetricCells& cells,
                    std::size_t first_row,
                    std::size_t n_rows)
    {
        distances_.push_back({&group, &group.variable(name), {}});
        for (std::size_t i = 0; i < cells.n_cells(); ++i) {
            if (!cells.has_row(i)) {
                continue;
            }
            const std::size_t cell = cells.cell(i, first_row, n_rows);
            if (cell >= state_a_.plans.size() ||
                cell >= state_b_.plans.size()) {
                throw ResultError("/state does not have the cells of /bands");
            }
            const Cell a(state_a_, cell);
            const Cell b(state_b_, cell);
            if (group.name == "bands") {
                add_percentiles(name, i, cell, a, b);
            } else {
                add_mean(group, name, i, a, b);
            }
        }
    }

    void add_mean(const io::Group& group,
                  const std::string& name,
                  std::size_t i,
                  const Cell& a,
                  const Cell& b)
    {
        const std::size_t index = i * length(group, "moment");  // the first
        Pair pair{index, a.moments.mean, b.moments.mean};
        if (by_limits_) {
            pair.a = numbers(group, name).at(index);
            pair.b = numbers(b_.group("moments"), name).at(index);
        }
        if (!nearly_equal(pair.a, pair.b)) {
            pair.standard_errors =
                by_limits_
                    ? errors_between(pair.a,
                                     errors_a_->of_mean(name, index),
                                     pair.b,
                                     errors_b_->of_mean(name, index))
                    : statistics::standard_errors_between(a.moments, b.moments);
        }
        distances_.back().pairs.push_back(pair);
    }

    double distance(const std::string& group,
                    const std::string& name,
                    std::size_t index,
                    double a,
                    double b) const
    {
        return errors_between(a,
                              errors_a_->of(group, name, index),
                              b,
                              errors_b_->of(group, name, index));
    }

    void add_percentiles(const std::string& name,
                         std::size_t i,
                         std::size_t cell,
                         const Cell& a,
                         const Cell& b)
    {
        const io::Group& bands = a_.group("bands");
        const auto* percentiles = std::get_if<std::vector<double>>(
            &bands.dimension("percentile").labels);
        if (percentiles == nullptr) {
            throw ResultError("/bands/percentile has an unexpected type");
        }
        const std::vector<double>& values_a = numbers(bands, name);
        const std::vector<double>& values_b = numbers(b_.group("bands"), name);
        std::vector<statistics::Percentile> of_a, of_b;
        if (by_limits_) {
            of_a = errors_a_->percentiles(cell);
            of_b = errors_b_->percentiles(cell);
        }
        for (std::size_t k = 0; k < percentiles->size(); ++k) {
            const std::size_t index = i * percentiles->size() + k;
            Pair pair{index, values_a.at(index), values_b.at(index)};
            if (!nearly_equal(pair.a, pair.b)) {
                pair.standard_errors =
                    by_limits_
                        ? distance("bands",
                                   name,
                                   index,
                                   least_difference(of_a.at(k), of_b.at(k)),
                                   0.0)
                        : percentile_distance(
                              a, b, (*percentiles)[k] / 100.0, pair.a);
            }
            distances_.back().pairs.push_back(pair);
        }
    }

    void add_probabilities(const io::Group& a, const io::Group& b)
    {
        std::size_t first = 0;  // event of the first scenario
        for (const io::Variable& event : a.variables) {
            if (find_named(a.variables, event.name + "_lower") == nullptr ||
                find_named(b.variables, event.name) == nullptr) {
                continue;
            }
            Distances& out = distances_.emplace_back();
            out.group = &a;
            out.variable = &event;
            const std::vector<double>& values_a = numbers(a, event.name);
            const std::vector<double>& values_b = numbers(b, event.name);
            for (std::size_t s = 0; s < values_a.size(); ++s) {
                out.pairs.push_back(
                    {s,
                     values_a[s],
                     values_b.at(s),
                     by_limits_ ? distance("probability",
                                           event.name,
                                           s,
                                           values_a[s],
                                           values_b[s])
                                : statistics::standard_errors_between(
                                      values_a[s],
                                      n_defined(state_a_, first + s),
                                      values_b[s],
                                      n_defined(state_b_, first + s))});
            }
            first += values_a.size();
        }
    }
    static double n_defined(const State& state, std::size_t event)
    {
        return static_cast<double>(state.events.at(event).defined);
    }

    static DatasetComparison report(const Distances& distances, double limit)
    {
        DatasetComparison result;
        result.name = dataset_name(*distances.group, distances.variable->name);
        result.n_compared = distances.pairs.size();
        Largest largest;
        for (std::size_t i = 0; i < distances.pairs.size(); ++i) {
            const double size = std::fabs(distances.pairs[i].standard_errors);
            result.largest = std::max(result.largest, size);
            if (size > limit) {
                largest.add(size, i);
            }
        }
        result.n_different = largest.n();
        for (const auto& [size, i] : largest.found()) {
            const Pair& pair = distances.pairs[i];
            result.lines.push_back(fmt::format(
                "{}: {} against {} ({:.1f} standard errors)",
                place(*distances.group, *distances.variable, pair.index),
                pair.a,
                pair.b,
                size));
        }
        return result;
    }

    io::Tree a_, b_;
    State state_a_, state_b_;
    bool by_limits_ = state_a_.is_weighted() || state_b_.is_weighted();
    std::optional<LimitErrors> errors_a_, errors_b_;  ///< if by limits
    std::vector<Distances> distances_;
};

}  // namespace

Comparison compare_statistically(io::Tree&& a, io::Tree&& b)
{
    return Comparer(std::move(a), std::move(b)).run();
}

}  // namespace hepta::campaign
