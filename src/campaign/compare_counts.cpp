#include "compare_counts.hpp"

#include "cell_place.hpp"
#include "hepta/statistics/two_samples.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <utility>

namespace hepta::campaign {
namespace {

constexpr std::string_view never_suffix = "_probability_never";

bool is_weighted(const ComparedResult& a, const ComparedResult& b)
{
    return a.state.is_weighted() || b.state.is_weighted();
}

double by_limits(const ComparedResult& a,
                 const ComparedResult& b,
                 const std::string& group,
                 const std::string& name,
                 std::size_t index,
                 const Pair& pair)
{
    return errors_between(pair.a,
                          a.errors->of(group, name, index),
                          pair.b,
                          b.errors->of(group, name, index));
}

/// How many samples the events of a result are defined in: those of the
/// configuration, then joint conditions, in the order of their variables.
class EventCounts
{
  public:
    explicit EventCounts(const ComparedResult& result)
        : state_(result.state),
          n_scenarios_(length(result.tree.group("probability"), "scenario"))
    {
        const io::Group& group = result.tree.group("probability");
        for (const io::Variable& variable : group.variables) {
            if (find_named(group.variables, variable.name + "_lower") !=
                nullptr) {
                names_.push_back(variable.name);
            }
        }
    }
    [[nodiscard]] const std::vector<std::string>& names() const
    {
        return names_;
    }
    [[nodiscard]] double n_defined(const std::string& name,
                                   std::size_t scenario) const
    {
        const auto found = std::find(names_.begin(), names_.end(), name);
        const std::size_t i =
            static_cast<std::size_t>(found - names_.begin()) * n_scenarios_ +
            scenario;
        const std::size_t n_events = state_.events.size();
        const EventCount& count = i < n_events
                                      ? state_.events[i]
                                      : state_.derived.joints.at(i - n_events);
        return static_cast<double>(count.defined);
    }

  private:
    const State& state_;
    std::size_t n_scenarios_;
    std::vector<std::string> names_;
};

/// Samples by year of the rules of a result.
class YearCounts
{
  public:
    explicit YearCounts(const ComparedResult& result)
        : group_(result.tree.group("derived")),
          years_(result.state.derived.years),
          n_scenarios_(length(group_, "scenario"))
    {
        for (const io::Variable& variable : group_.variables) {
            if (variable.name.ends_with(never_suffix)) {
                const std::size_t n =
                    numbers(group_, variable.name).size() / n_scenarios_;
                quantities_.push_back({variable.name, n_rules_, n});
                n_rules_ += n;
            }
        }
    }
    /// Of item `i` of a variable that ends in `never_suffix`, the scenarios
    /// slowest: samples by year, at last those of never.
    [[nodiscard]] std::span<const std::uint64_t> of(const std::string& name,
                                                    std::size_t i) const
    {
        const Quantity* quantity = find_named(quantities_, name);
        const std::size_t n_cells = n_scenarios_ * n_rules_;
        if (quantity == nullptr || n_cells == 0 ||
            years_.size() % n_cells != 0) {
            throw ResultError("/state does not have the years of /derived");
        }
        const std::size_t n_outcomes = years_.size() / n_cells;
        const std::size_t scenario = i / quantity->n_items;
        const std::size_t rule = quantity->first_rule + i % quantity->n_items;
        return std::span(years_).subspan(
            (scenario * n_rules_ + rule) * n_outcomes, n_outcomes - 1);
    }

  private:
    struct Quantity
    {
        std::string name;
        std::size_t first_rule = 0, n_items = 0;
    };
    const io::Group& group_;
    const std::vector<std::uint64_t>& years_;
    std::size_t n_scenarios_;
    std::size_t n_rules_ = 0;
    std::vector<Quantity> quantities_;
};

double sum(std::span<const std::uint64_t> counts)
{
    return static_cast<double>(
        std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}));
}

/// Distance of a's percentile from that rank among the years of b.
double percentile_distance(std::span<const std::uint64_t> a,
                           std::span<const std::uint64_t> b,
                           double percent)
{
    const double n_a = sum(a);
    const double n_b = sum(b);
    if (n_a == 0.0 || n_b == 0.0) {
        return n_a == n_b ? 0.0 : std::numeric_limits<double>::infinity();
    }
    std::size_t year = 0;
    for (double below = static_cast<double>(a[0]);
         below < percent * n_a / 100.0 && year + 1 < a.size();) {
        below += static_cast<double>(a[++year]);
    }
    const std::size_t at = std::min(year, b.size() - 1);
    const double below = sum(b.first(at)) / n_b;
    const double up_to = sum(b.first(at + 1)) / n_b;
    const double slack = 1.0 / n_a + 1.0 / n_b;  // one sample more or less
    const double p = percent / 100.0;
    return statistics::standard_errors_between(
        p, n_a, std::clamp(p, below - slack, up_to + slack), n_b);
}

Distances compare_percentiles(const ComparedResult& a,
                              const ComparedResult& b,
                              const YearCounts& years_a,
                              const YearCounts& years_b,
                              const std::string& never)
{
    const std::string name =
        never.substr(0, never.size() - never_suffix.size());
    const io::Group& group = a.tree.group("derived");
    const io::Group& other = b.tree.group("derived");
    const std::vector<double>& percentiles = percentiles_of_group(group);
    const std::vector<double>& values_a = numbers(group, name);
    const std::vector<double>& values_b = numbers(other, name);
    Distances out{&group, &group.variable(name), {}};
    for (std::size_t i = 0; i < values_a.size(); ++i) {
        const std::size_t item = i / percentiles.size();
        out.pairs.push_back(
            {i,
             values_a[i],
             values_b.at(i),
             nearly_equal(values_a[i], values_b[i])
                 ? 0.0
                 : percentile_distance(years_a.of(never, item),
                                       years_b.of(never, item),
                                       percentiles[i % percentiles.size()])});
    }
    return out;
}

/// A variable of proportions, `n_a(i)` and `n_b(i)` the samples they are of.
template <class NA, class NB>
Distances compare_proportions(const ComparedResult& a,
                              const ComparedResult& b,
                              const io::Group& group,
                              const std::string& name,
                              const NA& n_a,
                              const NB& n_b)
{
    Distances out{&group, &group.variable(name), {}};
    const std::vector<double>& values_a = numbers(group, name);
    const std::vector<double>& values_b =
        numbers(b.tree.group(group.name), name);
    for (std::size_t i = 0; i < values_a.size(); ++i) {
        Pair pair{i, values_a[i], values_b.at(i)};
        pair.standard_errors = is_weighted(a, b)
                                   ? by_limits(a, b, group.name, name, i, pair)
                                   : statistics::standard_errors_between(
                                         pair.a, n_a(i), pair.b, n_b(i));
        out.pairs.push_back(pair);
    }
    return out;
}

}  // namespace

std::vector<Distances> compare_probabilities(const ComparedResult& a,
                                             const ComparedResult& b)
{
    const io::Group& group = a.tree.group("probability");
    const io::Group& other = b.tree.group("probability");
    const EventCounts events_a(a), events_b(b);
    std::vector<Distances> out;
    for (const std::string& name : events_a.names()) {
        if (find_named(other.variables, name) != nullptr) {
            out.push_back(compare_proportions(
                a,
                b,
                group,
                name,
                [&](std::size_t s) { return events_a.n_defined(name, s); },
                [&](std::size_t s) { return events_b.n_defined(name, s); }));
        }
    }
    return out;
}

std::vector<Distances> compare_years(const ComparedResult& a,
                                     const ComparedResult& b)
{
    const io::Group& group = a.tree.group("derived");
    const io::Group& other = b.tree.group("derived");
    const YearCounts years_a(a), years_b(b);
    std::vector<Distances> out;
    for (const io::Variable& never : group.variables) {
        const std::string& name = never.name;
        if (!name.ends_with(never_suffix) ||
            find_named(other.variables, name) == nullptr) {
            continue;
        }
        if (!is_weighted(a, b)) {
            out.push_back(compare_percentiles(a, b, years_a, years_b, name));
        }
        out.push_back(compare_proportions(
            a,
            b,
            group,
            name,
            [&](std::size_t i) { return sum(years_a.of(name, i)); },
            [&](std::size_t i) { return sum(years_b.of(name, i)); }));
    }
    return out;
}

}  // namespace hepta::campaign
