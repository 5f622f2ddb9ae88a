#include "cell_place.hpp"
#include "cells_of_result.hpp"
#include "compare_counts.hpp"
#include "hepta/campaign/compare.hpp"
#include "hepta/campaign/part.hpp"
#include "hepta/campaign/result.hpp"
#include "hepta/campaign/side_outputs.hpp"
#include "hepta/core/error.hpp"
#include "hepta/statistics/percentile.hpp"
#include "hepta/statistics/two_samples.hpp"
#include "short_arrays.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
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

bool is_compared(const std::string& group)
{
    for (const char* name : {"bands", "moments", "probability", "derived"}) {
        if (group == name) {
            return true;
        }
    }
    return is_side_group(group);
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

/// Note what is in `one` and has no part in the comparison.
void note_not_compared(Comparison& comparison,
                       const io::Tree& one,
                       const io::Tree& other,
                       const char* which)
{
    for (const io::Group& group : one.groups) {
        if (group.name.empty() || group.name == "provenance") {
            continue;
        }
        const io::Group* match = find_named(other.groups, group.name);
        if (match == nullptr) {
            comparison.not_compared.push_back(
                fmt::format("/{} (only in the {})", group.name, which));
        } else if (!is_compared(group.name)) {
            if (which == std::string_view("first")) {
                comparison.not_compared.push_back("/" + group.name);
            }
        } else {
            for (const io::Variable& variable : group.variables) {
                if (!is_limit(variable.name) &&
                    find_named(match->variables, variable.name) == nullptr) {
                    comparison.not_compared.push_back(
                        fmt::format("{} (only in the {})",
                                    dataset_name(group, variable.name),
                                    which));
                }
            }
        }
    }
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
        for (const io::Group& a : a_.groups) {
            const io::Group* b = find_named(b_.groups, a.name);
            if (is_compared(a.name) && b != nullptr &&
                note_labels(comparison, a, *b)) {
                compare_group(a, *b);
            }
        }
        note_not_compared(comparison, a_, b_, "first");
        note_not_compared(comparison, b_, a_, "second");
        for (const io::Group& group : a_.groups) {
            if (by_limits_ &&
                (group.name == "derived" || is_side_group(group.name))) {
                comparison.not_compared.push_back(fmt::format(
                    "percentiles of /{} (weighted samples)", group.name));
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
    void compare_group(const io::Group& a, const io::Group& b)
    {
        const ComparedResult of_a{
            a_, state_a_, by_limits_ ? &*errors_a_ : nullptr};
        const ComparedResult of_b{
            b_, state_b_, by_limits_ ? &*errors_b_ : nullptr};
        if (a.name == "probability") {
            append(compare_probabilities(of_a, of_b));
        } else if (a.name == "derived") {
            append(compare_years(of_a, of_b));
        } else {
            compare_cells(a, b);
        }
    }

    void append(std::vector<Distances>&& found)
    {
        std::move(found.begin(), found.end(), std::back_inserter(distances_));
    }

    /// Percentiles of /bands, means of /moments, both of a side output.
    void compare_cells(const io::Group& a, const io::Group& b)
    {
        const std::string of_cells = a.name == "moments" ? "bands" : a.name;
        for (const auto& dataset : cells_a_.datasets()) {
            if (dataset.group != of_cells) {
                continue;
            }
            // limits of whole numbers say nothing of how far they are apart
            const bool is_whole = by_limits_ && is_side_group(a.name);
            if (a.name != "moments" && !is_whole) {
                compare_dataset(a, b, dataset, dataset.name);
            }
            if (a.name != "bands") {
                compare_dataset(a,
                                b,
                                dataset,
                                a.name == "moments"
                                    ? dataset.name
                                    : dataset.name + "_moments");
            }
        }
    }

    /// `name`: the percentiles of `cells`, or their moments.
    void compare_dataset(const io::Group& group,
                         const io::Group& other,
                         const CellsOfResult::Dataset& cells,
                         const std::string& name)
    {
        const auto* cells_b = cells_b_.find(cells.group, cells.name);
        const io::Variable* variable = find_named(group.variables, name);
        if (cells_b == nullptr || variable == nullptr ||
            find_named(other.variables, name) == nullptr) {
            return;
        }
        distances_.push_back({&group, variable, {}});
        for (std::size_t i = 0; i < cells.n_cells; ++i) {
            const auto cell_a = cells_a_.cell(cells, i);
            const auto cell_b = cells_b_.cell(*cells_b, i);
            if (!cell_a || !cell_b) {
                continue;
            }
            if (*cell_a >= state_a_.plans.size() ||
                *cell_b >= state_b_.plans.size()) {
                throw ResultError("/state does not have the cells of /" +
                                  group.name);
            }
            const Cell a(state_a_, *cell_a);
            const Cell b(state_b_, *cell_b);
            if (ends_in(*variable, "moment")) {
                add_mean(group, other, name, i, a, b);
            } else if (by_limits_) {
                add_percentiles_by_limits(
                    group, other, name, i, *cell_a, *cell_b);
            } else {
                add_percentiles(group, other, name, i, a, b);
            }
        }
    }

    void add_mean(const io::Group& group,
                  const io::Group& other,
                  const std::string& name,
                  std::size_t i,
                  const Cell& a,
                  const Cell& b)
    {
        const std::size_t index = i * length(group, "moment");  // the first
        Pair pair{index, a.moments.mean, b.moments.mean};
        if (by_limits_) {
            pair.a = numbers(group, name).at(index);
            pair.b = numbers(other, name).at(index);
        }
        if (!nearly_equal(pair.a, pair.b)) {
            pair.standard_errors =
                by_limits_
                    ? errors_between(
                          pair.a,
                          errors_a_->of_mean(group.name, name, index),
                          pair.b,
                          errors_b_->of_mean(group.name, name, index))
                    : statistics::standard_errors_between(a.moments, b.moments);
        }
        distances_.back().pairs.push_back(pair);
    }

    void add_percentiles(const io::Group& group,
                         const io::Group& other,
                         const std::string& name,
                         std::size_t i,
                         const Cell& a,
                         const Cell& b)
    {
        const std::vector<double>& percentiles = percentiles_of_group(group);
        const std::vector<double>& values_a = numbers(group, name);
        const std::vector<double>& values_b = numbers(other, name);
        for (std::size_t k = 0; k < percentiles.size(); ++k) {
            const std::size_t index = i * percentiles.size() + k;
            Pair pair{index, values_a.at(index), values_b.at(index)};
            if (!nearly_equal(pair.a, pair.b)) {
                pair.standard_errors =
                    percentile_distance(a, b, percentiles[k] / 100.0, pair.a);
            }
            distances_.back().pairs.push_back(pair);
        }
    }

    void add_percentiles_by_limits(const io::Group& group,
                                   const io::Group& other,
                                   const std::string& name,
                                   std::size_t i,
                                   std::size_t cell_a,
                                   std::size_t cell_b)
    {
        const std::size_t n = percentiles_of_group(group).size();
        const auto of_a = errors_a_->percentiles(cell_a);
        const auto of_b = errors_b_->percentiles(cell_b);
        const std::vector<double>& values_a = numbers(group, name);
        const std::vector<double>& values_b = numbers(other, name);
        for (std::size_t k = 0; k < n; ++k) {
            const std::size_t index = i * n + k;
            Pair pair{index, values_a.at(index), values_b.at(index)};
            if (!nearly_equal(pair.a, pair.b)) {
                pair.standard_errors =
                    errors_between(least_difference(of_a.at(k), of_b.at(k)),
                                   errors_a_->of(group.name, name, index),
                                   0.0,
                                   errors_b_->of(group.name, name, index));
            }
            distances_.back().pairs.push_back(pair);
        }
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
    CellsOfResult cells_a_{a_}, cells_b_{b_};
    bool by_limits_ = state_a_.is_weighted() || state_b_.is_weighted();
    std::optional<LimitErrors> errors_a_, errors_b_;  ///< if by limits
    std::vector<Distances> distances_;
};

}  // namespace

Comparison compare_statistically(io::Tree&& a, io::Tree&& b)
{
    return refuse_short_arrays(
        [&] { return Comparer(std::move(a), std::move(b)).run(); });
}

}  // namespace hepta::campaign
