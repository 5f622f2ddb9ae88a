// Years of whole trajectories, against counts by hand and against the yearly
// outputs of the shipped model looked at one sample after the other.
#include "hepta/campaign/derived.hpp"

#include "hepta/campaign/cells.hpp"
#include "hepta/campaign/derived_group.hpp"
#include "hepta/campaign/engine.hpp"
#include "hepta/config/run_config.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

namespace hepta::campaign {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

TEST(YearPercentile, IsAnOrderStatisticAndNeverIsTheLast)
{
    // of 100 samples: 10 in year 0, 40 in year 2, 25 in year 3, 25 never
    const std::vector<std::uint64_t> counts = {10, 0, 40, 25, 25};
    const auto at = [&](double p) {
        return year_percentile(counts, p, 0.95).value;
    };
    EXPECT_EQ(at(5.0), 0.0);
    EXPECT_EQ(at(10.0), 0.0);
    EXPECT_EQ(at(10.5), 2.0);
    EXPECT_EQ(at(50.0), 2.0);
    EXPECT_EQ(at(51.0), 3.0);
    EXPECT_EQ(at(75.0), 3.0);
    EXPECT_EQ(at(76.0), infinite);
}

TEST(YearPercentile, HasLimitsAroundIt)
{
    const std::vector<std::uint64_t> counts = {10, 0, 40, 25, 25};
    for (const double p : {5.0, 25.0, 50.0, 75.0, 95.0}) {
        const YearPercentile found = year_percentile(counts, p, 0.95);
        EXPECT_LE(found.lower, found.value);
        EXPECT_GE(found.upper, found.value);
    }
    // 73 of 100 are below its lower limit's rank 66, before year 4
    EXPECT_EQ(year_percentile(counts, 75.0, 0.95).lower, 3.0);
    EXPECT_EQ(year_percentile(counts, 75.0, 0.95).upper, infinite);
    // one sample has no lower limit
    EXPECT_EQ(
        year_percentile(std::vector<std::uint64_t>{0, 1, 0}, 50.0, 0.95).lower,
        -infinite);
}

TEST(YearPercentile, IsMissingWithoutSamples)
{
    const std::vector<std::uint64_t> none(5, 0);
    EXPECT_TRUE(std::isnan(year_percentile(none, 50.0, 0.95).value));
}

/// Two rules that count from year 1 on, and both at once.
TEST(CountDerived, CountsYearsAndWhatHappensTogether)
{
    DerivedPlan plan;
    plan.first_years = model::FirstYears(
        {{.rows = {0}, .from_year = 1}, {.rows = {0}, .from_year = 1}}, {});
    plan.n_years = 3;
    plan.joints = {{.name = "on_time", .rules = {0, 1}},
                   {.name = "never", .rules = {0, 1}, .wants_never = true}};
    auto found = plan.first_years.make_workspace();
    const std::int32_t never = model::FirstYears::never;
    const std::int32_t undefined = model::FirstYears::undefined;
    const std::vector<std::pair<std::int32_t, std::int32_t>> lanes = {
        {1, 1}, {1, 2}, {1, never}, {never, never}, {undefined, 1}, {1, 1}};
    for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
        found.found.row(0)[lane] = lanes[lane].first;
        found.found.row(1)[lane] = lanes[lane].second;
    }

    DerivedCounts counts = make_derived_counts(plan, 2);
    count_derived(plan, found, 1, 0, 5, counts);  // the last lane is not asked

    const std::vector<std::uint64_t> expected = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0,  // the other scenario
        0, 3, 0, 1, 1,                 // years 0 to 2, never, undefined
        0, 2, 1, 2, 0};
    EXPECT_EQ(counts.years, expected);
    EXPECT_EQ(counts.joints[0 * 2 + 1].happened, 1u);
    EXPECT_EQ(counts.joints[0 * 2 + 1].defined, 4u);
    EXPECT_EQ(counts.joints[1 * 2 + 1].happened, 1u);
    EXPECT_EQ(counts.joints[0].defined, 0u);
}

/// All samples of the shipped model, kept: [scenario][year][row][sample].
class DerivedOfShippedModel : public ::testing::Test
{
  protected:
    static constexpr std::size_t n_samples = 64;

    DerivedOfShippedModel()
        : config(config::load(std::string(HEPTA_SOURCE_DIR) +
                              "/configs/seven_sectors.toml")),
          engine(config, detect_instruction_set()),
          layout(engine.model().layout()),
          plan(plan_derived(config, layout)),
          cells(config, layout)
    {
        Engine::Worker worker = engine.make_worker();
        for (std::uint64_t first = 0; first < n_samples; first += tile_lanes) {
            engine.draw(first, worker);
            engine.simulate(
                worker,
                [&](std::uint32_t scenario,
                    std::size_t year,
                    const Tile& outputs) {
                    if (values.size() <= scenario) {
                        values.resize(scenario + 1);
                    }
                    auto& years = values[scenario];
                    years.resize(cells.n_years());
                    years[year].resize(layout.n_rows() * n_samples);
                    for (std::size_t r = 0; r < layout.n_rows(); ++r) {
                        std::copy_n(outputs.row(r),
                                    tile_lanes,
                                    years[year].data() + r * n_samples + first);
                    }
                });
        }
    }

    [[nodiscard]] double at(std::size_t scenario,
                            std::size_t year,
                            std::uint32_t row,
                            std::size_t sample) const
    {
        return values[scenario][year][row * n_samples + sample];
    }

    [[nodiscard]] const DerivedQuantity& quantity(const std::string& name) const
    {
        for (const DerivedQuantity& q : plan.quantities) {
            if (q.name == name) {
                return q;
            }
        }
        throw std::logic_error("no quantity " + name);
    }

    /// What the samples count for, by a plan's rules.
    [[nodiscard]] DerivedCounts count(const DerivedPlan& counted) const
    {
        DerivedCounts counts =
            make_derived_counts(counted, config.model.scenarios.size());
        auto found = counted.first_years.make_workspace();
        Engine::Worker worker = engine.make_worker();
        for (std::uint64_t first = 0; first < n_samples; first += tile_lanes) {
            engine.draw(first, worker);
            engine.simulate(
                worker,
                [&](std::uint32_t scenario,
                    std::size_t year,
                    const Tile& outputs) {
                    counted.first_years.observe(
                        InstructionSet::avx2, year, outputs, found);
                    if (year + 1 == cells.n_years()) {
                        count_derived(
                            counted, found, scenario, 0, tile_lanes, counts);
                    }
                });
        }
        return counts;
    }

    /// Counts of a rule in a scenario, by looking at every sample and year.
    template <class Passes>
    [[nodiscard]] std::vector<std::uint64_t> counted(std::size_t scenario,
                                                     std::size_t from_year,
                                                     Passes passes) const
    {
        std::vector<std::uint64_t> counts(cells.n_years() + 2);
        for (std::size_t sample = 0; sample < n_samples; ++sample) {
            std::size_t year = from_year;
            while (year < cells.n_years() && !passes(scenario, year, sample)) {
                ++year;
            }
            ++counts[year];
        }
        return counts;
    }

    [[nodiscard]] std::vector<std::uint64_t> of(const DerivedCounts& counts,
                                                std::size_t scenario,
                                                std::size_t rule) const
    {
        const auto first =
            counts.years.begin() +
            static_cast<std::ptrdiff_t>((scenario * plan.n_rules() + rule) *
                                        plan.n_outcomes());
        return {first, first + static_cast<std::ptrdiff_t>(plan.n_outcomes())};
    }

    config::RunConfig config;
    Engine engine;
    const model::OutputLayout& layout;
    DerivedPlan plan;
    CellMap cells;
    std::vector<std::vector<std::vector<double>>> values;
};

TEST_F(DerivedOfShippedModel, EqualsWhatTheYearlyOutputsSay)
{
    const DerivedCounts counts = count(plan);
    std::uint32_t first = 0;
    std::size_t newcomer = 0;
    for (const model::Sector& sector : config.model.sectors) {
        const auto n = static_cast<std::uint32_t>(sector.technologies.size());
        for (std::uint32_t i = first; i < first + n; ++i) {
            if (sector.technologies[i - first].seed_share == model::no_row) {
                continue;
            }
            ASSERT_EQ(plan.newcomers.at(newcomer),
                      sector.technologies[i - first].name);
            for (std::size_t s = 0; s < 3; ++s) {
                for (std::size_t k = 0; k < 3; ++k) {
                    const double levels[] = {0.05, 0.16, 0.5};
                    const auto tips = [&](auto sc, auto year, auto sample) {
                        return at(sc, year, layout.share.row(i), sample) >=
                               levels[k];
                    };
                    EXPECT_EQ(of(counts,
                                 s,
                                 quantity("tipping_year").first_rule +
                                     newcomer * 3 + k),
                              counted(s, 0, tips));
                }
                const auto is_cheaper = [&](auto sc, auto year, auto sample) {
                    std::uint32_t incumbent = first;
                    for (std::uint32_t j = first; j < first + n; ++j) {
                        if (at(sc, 0, layout.share.row(j), sample) >
                            at(sc, 0, layout.share.row(incumbent), sample)) {
                            incumbent = j;
                        }
                    }
                    const auto cost = [&](std::uint32_t j) {
                        return at(
                            sc, year, layout.levelised_cost.row(j), sample);
                    };
                    return cost(i) < cost(incumbent);
                };
                EXPECT_EQ(of(counts,
                             s,
                             quantity("parity_year").first_rule + newcomer),
                          counted(s, 0, is_cheaper));
            }
            ++newcomer;
        }
        first += n;
    }
    EXPECT_EQ(newcomer, plan.newcomers.size());
    EXPECT_GT(newcomer, 20u);
}

TEST_F(DerivedOfShippedModel, OutcomesAddUpToTheSamples)
{
    const DerivedCounts counts = count(plan);
    for (std::size_t s = 0; s < 3; ++s) {
        for (std::size_t r = 0; r < plan.n_rules(); ++r) {
            const auto of_rule = of(counts, s, r);
            EXPECT_EQ(std::accumulate(
                          of_rule.begin(), of_rule.end(), std::uint64_t{0}),
                      n_samples);
        }
    }
}

/// A quarter and a half of each world budget.
TEST_F(DerivedOfShippedModel, ABudgetTwiceAsLargeIsExhaustedNoEarlier)
{
    std::vector<model::FirstYearRule> rules;
    const model::Metric& used = layout.budget_used;
    for (std::uint32_t k = 0; k < used.n_items * used.n_inner; ++k) {
        for (const double part : {0.25, 0.5}) {
            rules.push_back({.rows = {used.first_row + k}, .threshold = part});
        }
    }
    plan.first_years = model::FirstYears(rules, {});
    plan.joints.clear();
    const DerivedCounts counts = count(plan);

    bool is_any_later = false;
    for (std::size_t s = 0; s < 3; ++s) {
        for (std::size_t r = 0; r < rules.size(); r += 2) {
            std::uint64_t small = 0, large = 0;
            for (std::size_t year = 0; year < plan.n_years; ++year) {
                small += of(counts, s, r)[year];
                large += of(counts, s, r + 1)[year];
                EXPECT_LE(large, small);
                is_any_later = is_any_later || (large > 0 && large < small);
            }
        }
    }
    EXPECT_TRUE(is_any_later);
}

TEST_F(DerivedOfShippedModel, JointConditionsAreNoLikelierThanTheirParts)
{
    const DerivedCounts counts = count(plan);
    const std::size_t n_scenarios = 3;
    for (std::size_t j = 0; j < plan.joints.size(); ++j) {
        const Joint& joint = plan.joints[j];
        for (std::size_t s = 0; s < n_scenarios; ++s) {
            const std::uint64_t happened =
                counts.joints[j * n_scenarios + s].happened;
            for (const std::size_t rule : joint.rules) {
                const auto of_rule = of(counts, s, rule);
                const std::size_t wanted =
                    joint.wants_never
                        ? plan.n_years
                        : plan.first_years.rules()[rule].from_year;
                if (joint.rules.size() == 1) {
                    EXPECT_EQ(happened, of_rule[wanted]) << joint.name;
                }
                EXPECT_LE(happened, of_rule[wanted]) << joint.name;
            }
        }
    }
}

TEST_F(DerivedOfShippedModel, SectorBudgetsHoldInTheSamplesThatStayBelow)
{
    const DerivedCounts counts = count(plan);
    const auto all =
        std::find_if(plan.joints.begin(), plan.joints.end(), [](const auto& j) {
            return j.name == "inside_budget_all_sectors";
        });
    ASSERT_NE(all, plan.joints.end());
    for (std::size_t s = 0; s < 3; ++s) {
        std::uint64_t n = 0;
        for (std::size_t sample = 0; sample < n_samples; ++sample) {
            bool is_inside = true;
            for (std::uint32_t k = 0; k < config.model.sectors.size(); ++k) {
                const auto& budget = config.sector_budgets.at(k);
                ASSERT_EQ(budget.sector, config.model.sectors[k].name);
                is_inside = is_inside && at(s,
                                            cells.n_years() - 1,
                                            layout.cumulative_emissions.row(k),
                                            sample) < 1000.0 * budget.amount_gt;
            }
            n += is_inside ? 1 : 0;
        }
        const auto j = static_cast<std::size_t>(all - plan.joints.begin());
        EXPECT_EQ(counts.joints[j * 3 + s].happened, n);
    }
}

}  // namespace
}  // namespace hepta::campaign
