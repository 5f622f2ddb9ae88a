#include "hepta/campaign/condition.hpp"

#include "hepta/campaign/engine.hpp"
#include "hepta/campaign/labels.hpp"
#include "hepta/core/error.hpp"
#include "hepta/parallel/threads.hpp"
#include "hepta/statistics/weighted.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace hepta::campaign {
namespace {

using Json = nlohmann::ordered_json;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// A value and what it counts.
struct Weighted
{
    double value = 0.0, weight = 1.0;
};

/// What is kept of the samples: outputs and conditions met.
class Kept
{
  public:
    Kept(const config::RunConfig& config,
         const model::OutputLayout& layout,
         std::vector<Condition> conditions,
         const std::vector<SampleRange>& ranges)
        : conditions_(std::move(conditions)),
          n_scenarios_(config.model.scenarios.size())
    {
        for (const SampleRange& range : ranges) {
            for (std::uint64_t s = range.begin; s < range.end; ++s) {
                samples_.push_back(s);
            }
        }
        const auto scope = static_cast<std::uint32_t>(model::Scope::scope1_2);
        for (std::uint32_t g = 0; g < layout.emissions.n_items; ++g) {
            for (const int year : config.headline_years) {
                rows_.push_back(
                    {layout.emissions.row(g, scope),
                     static_cast<std::size_t>(year - config.model.first_year)});
            }
        }
        values_.resize(n_scenarios_ * rows_.size() * samples_.size());
        met_.assign(n_scenarios_ * samples_.size(), 1);
        weights_.assign(samples_.size(), 1.0);
    }

    void compute(const Engine& engine, int n_threads)
    {
        std::vector<std::size_t> first_of_tile;
        for (std::size_t k = 0; k < samples_.size(); ++k) {
            if (k == 0 ||
                samples_[k] / tile_lanes != samples_[k - 1] / tile_lanes) {
                first_of_tile.push_back(k);
            }
        }
        first_of_tile.push_back(samples_.size());
        auto workers = engine.make_workers(n_threads);
        parallel::for_each(n_threads,
                           first_of_tile.size() - 1,
                           [&](int thread, std::size_t t) {
                               compute_tile(
                                   engine,
                                   workers[static_cast<std::size_t>(thread)],
                                   first_of_tile[t],
                                   first_of_tile[t + 1]);
                           });
    }

    [[nodiscard]] std::size_t n_samples() const { return samples_.size(); }
    [[nodiscard]] std::size_t n_met(std::size_t scenario) const
    {
        const auto first = met_.begin() + static_cast<std::ptrdiff_t>(
                                              scenario * samples_.size());
        return static_cast<std::size_t>(
            std::count(first,
                       first + static_cast<std::ptrdiff_t>(samples_.size()),
                       std::uint8_t{1}));
    }

    /// Finite values of an output, ascending, with their weights; of all
    /// samples or those that meet the conditions.
    [[nodiscard]] std::vector<Weighted> sorted(std::size_t scenario,
                                               std::size_t output,
                                               bool only_met) const
    {
        std::vector<Weighted> out;
        for (std::size_t k = 0; k < samples_.size(); ++k) {
            const double value =
                values_[(scenario * rows_.size() + output) * samples_.size() +
                        k];
            if (std::isfinite(value) &&
                (!only_met || met_[scenario * samples_.size() + k] != 0)) {
                out.push_back({value, weights_[k]});
            }
        }
        std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
            return a.value < b.value;
        });
        return out;
    }

  private:
    struct RowOfYear
    {
        std::uint32_t row;
        std::size_t year;
    };

    void compute_tile(const Engine& engine,
                      Engine::Worker& worker,
                      std::size_t begin,
                      std::size_t end)
    {
        engine.draw(samples_[begin] / tile_lanes * tile_lanes, worker);
        for (std::size_t k = begin; k < end && engine.is_weighted(); ++k) {
            weights_[k] =
                static_cast<double>(
                    worker.drawing.weights[samples_[k] % tile_lanes]) /
                statistics::weight_of_one;
        }
        for (std::size_t s = 0; s < n_scenarios_; ++s) {
            look_at(worker.inputs, true, s, 0, begin, end);
        }
        engine.simulate(
            worker,
            [&](std::uint32_t s, std::size_t year, const Tile& outputs) {
                look_at(outputs, false, s, year, begin, end);
                for (std::size_t o = 0; o < rows_.size(); ++o) {
                    if (rows_[o].year != year) {
                        continue;
                    }
                    for (std::size_t k = begin; k < end; ++k) {
                        values_[(s * rows_.size() + o) * samples_.size() + k] =
                            outputs.row(rows_[o].row)[samples_[k] % tile_lanes];
                    }
                }
            });
    }

    void look_at(const Tile& values,
                 bool are_inputs,
                 std::size_t scenario,
                 std::size_t year,
                 std::size_t begin,
                 std::size_t end)
    {
        for (const Condition& condition : conditions_) {
            if (condition.is_input != are_inputs || condition.year != year) {
                continue;
            }
            for (std::size_t k = begin; k < end; ++k) {
                const double value =
                    values.row(condition.row)[samples_[k] % tile_lanes];
                if (!condition.is_met(value)) {
                    met_[scenario * samples_.size() + k] = 0;
                }
            }
        }
    }

    std::vector<Condition> conditions_;
    std::size_t n_scenarios_;
    std::vector<std::uint64_t> samples_;  ///< ascending
    std::vector<RowOfYear> rows_;         ///< [group][headline year]
    std::vector<double> values_;          ///< [scenario][row][sample]
    std::vector<std::uint8_t> met_;       ///< [scenario][sample]
    std::vector<double> weights_;         ///< [sample]
};

/// The first of ascending values at which the weights reach a percentile.
double weighted_percentile(const std::vector<Weighted>& values, double p)
{
    double all = 0.0;
    for (const Weighted& w : values) {
        all += w.weight;
    }
    double below = 0.0;
    for (const Weighted& w : values) {
        below += w.weight;
        if (below >= p / 100.0 * all) {
            return w.value;
        }
    }
    return values.back().value;
}

/// Percentile of ascending values, linear between order statistics; where they
/// differ in weight, an order statistic.
double percentile_of(const std::vector<Weighted>& values, double p)
{
    if (values.empty()) {
        return missing;
    }
    const bool are_equal =
        std::all_of(values.begin(), values.end(), [](const Weighted& w) {
            return w.weight == 1.0;
        });
    if (!are_equal) {
        return weighted_percentile(values, p);
    }
    const double rank = p / 100.0 * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(rank);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return std::lerp(values[below].value,
                     values[above].value,
                     rank - static_cast<double>(below));
}

Json bands(const Kept& kept,
           const config::RunConfig& config,
           const std::vector<std::string>& groups,
           std::size_t scenario,
           bool only_met)
{
    Json out;
    std::size_t output = 0;
    for (const std::string& group : groups) {
        for (const int year : config.headline_years) {
            const auto values = kept.sorted(scenario, output, only_met);
            for (const double p : config.percentiles) {
                out[group][std::to_string(year)][fmt::format("{:g}", p)] =
                    percentile_of(values, p);
            }
            ++output;
        }
    }
    return out;
}

}  // namespace

Json condition_json(const config::RunConfig& config,
                    const std::vector<SampleRange>& ranges,
                    const std::vector<std::string>& where,
                    InstructionSet set,
                    int n_threads)
{
    const model::OutputLayout layout(config.model);
    std::vector<Condition> conditions;
    for (const std::string& text : where) {
        conditions.push_back(parse_condition(text, config, layout));
    }
    const Engine engine(config, set);
    Kept kept(config, layout, std::move(conditions), ranges);
    kept.compute(engine, n_threads);

    const auto groups = item_labels(layout.emissions.kind, config.model);
    Json out;
    out["samples"] = kept.n_samples();
    out["where"] = where;
    out["units"] = "Mt CO2e/yr";
    out["scope"] = "scope1+2";
    std::size_t n_met = 0;
    for (std::size_t s = 0; s < config.model.scenarios.size(); ++s) {
        Json& scenario = out["scenarios"][config.model.scenarios[s].name];
        scenario["samples"] = kept.n_met(s);
        scenario["emissions"] = bands(kept, config, groups, s, true);
        scenario["emissions_of_all"] = bands(kept, config, groups, s, false);
        n_met += kept.n_met(s);
    }
    if (n_met == 0) {
        throw InputError(
            fmt::format("no sample of {} meets the conditions in any scenario\n"
                        "  hint: ask for less, or look at more samples with "
                        "--samples",
                        kept.n_samples()));
    }
    return out;
}

std::string condition_text(const Json& found)
{
    std::string out = fmt::format(
        "emissions, scope 1+2, Mt CO2e/yr: 5 % / 50 % / 95 %\nwhere");
    for (const Json& condition : found["where"]) {
        out += fmt::format(" {};", condition.get<std::string>());
    }
    const auto total = found["samples"].get<std::uint64_t>();
    const auto number = [](const Json& of_year, const char* p) {
        const bool is_there = of_year.contains(p) && of_year[p].is_number() &&
                              std::isfinite(of_year[p].get<double>());
        return is_there ? fmt::format("{:>9.0f}", of_year[p].get<double>())
                        : fmt::format("{:>9}", "-");
    };
    for (const auto& [name, scenario] : found["scenarios"].items()) {
        out += fmt::format("\n\n{}: {} of {} samples\n{:<22}",
                           name,
                           scenario["samples"].get<std::uint64_t>(),
                           total,
                           "");
        const Json& emissions = scenario["emissions"];
        for (const auto& [year, unused] : emissions.front().items()) {
            out += fmt::format("{:>27}", year);
        }
        for (const auto& [group, years] : emissions.items()) {
            out += fmt::format("\n  {:<20}", group);
            for (const auto& [year, of_year] : years.items()) {
                for (const char* p : {"5", "50", "95"}) {
                    out += number(of_year, p);
                }
            }
        }
    }
    return out + "\n";
}

}  // namespace hepta::campaign
