#include "hepta/campaign/derived.hpp"

#include "hepta/campaign/labels.hpp"
#include "lanes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace hepta::campaign {
namespace {

using Rule = model::FirstYearRule;

constexpr double mt_per_gt = 1000.0;

/// Gathers rules, quantity after quantity.
class Planner
{
  public:
    Planner(const config::RunConfig& config, const model::OutputLayout& layout)
        : config_(config), layout_(layout), spec_(config.model)
    {
    }

    DerivedPlan plan()
    {
        plan_.n_years = static_cast<std::size_t>(spec_.n_years());
        add_technologies();
        add_budgets();
        add_sector_budgets();
        add_milestones();
        plan_.first_years =
            model::FirstYears(std::move(rules_), std::move(contests_));
        return std::move(plan_);
    }

  private:
    void add_quantity(std::string name,
                      std::vector<std::string> dimensions,
                      std::string long_name,
                      std::vector<Rule> rules,
                      bool is_delay = false)
    {
        if (rules.empty()) {
            return;
        }
        plan_.quantities.push_back({std::move(name),
                                    std::move(dimensions),
                                    rules_.size(),
                                    rules.size(),
                                    is_delay,
                                    std::move(long_name)});
        rules_.insert(rules_.end(), rules.begin(), rules.end());
    }

    void add_technologies()
    {
        std::vector<Rule> tipping, parity;
        std::uint32_t first = 0;
        for (const model::Sector& sector : spec_.sectors) {
            const auto contest = static_cast<std::uint32_t>(contests_.size());
            const auto n =
                static_cast<std::uint32_t>(sector.technologies.size());
            contests_.push_back({layout_.share.row(first),
                                 layout_.levelised_cost.row(first),
                                 n});
            for (std::uint32_t i = first; i < first + n; ++i) {
                const auto& technology = sector.technologies[i - first];
                if (technology.seed_share == model::no_row) {
                    continue;
                }
                plan_.newcomers.push_back(technology.name);
                for (const double share : tipping_shares) {
                    tipping.push_back(
                        {.rows = {layout_.share.row(i)}, .threshold = share});
                }
                parity.push_back({.rows = {layout_.levelised_cost.row(i)},
                                  .limit = Rule::Limit::incumbent,
                                  .contest = contest});
            }
            first += n;
        }
        add_quantity("tipping_year",
                     {"newcomer", "share_level"},
                     "first year with at least this share of the sector's "
                     "activity",
                     std::move(tipping));
        add_quantity("parity_year",
                     {"newcomer"},
                     "first year in which its levelised cost is below that of "
                     "the technology with the largest share in the first year",
                     std::move(parity));
    }

    void add_budgets()
    {
        const model::Metric& used = layout_.budget_used;
        std::vector<Rule> rules;
        for (std::uint32_t item = 0; item < used.n_items; ++item) {
            for (std::uint32_t k = 0; k < used.n_inner; ++k) {
                rules.push_back(
                    {.rows = {used.row(item, k)}, .threshold = 1.0});
            }
        }
        add_quantity("budget_exhausted_year",
                     {"sector", "budget"},
                     "first year by whose end these sectors alone have emitted "
                     "the world's budget",
                     std::move(rules));
    }

    void add_sector_budgets()
    {
        std::vector<Rule> rules;
        Joint all{.name = "inside_budget_all_sectors",
                  .long_name = "every sector inside its own published budget",
                  .wants_never = true};
        for (const config::SectorBudget& budget : config_.sector_budgets) {
            const auto sector = std::find_if(
                spec_.sectors.begin(), spec_.sectors.end(), [&](const auto& s) {
                    return s.name == budget.sector;
                });
            const auto item =
                static_cast<std::uint32_t>(sector - spec_.sectors.begin());
            all.rules.push_back(rules_.size() + rules.size());
            plan_.joints.push_back(
                {.name = "inside_budget_" + budget.sector,
                 .long_name = fmt::format(
                     "{} inside its own published budget of {:g} Gt CO2",
                     budget.sector,
                     budget.amount_gt),
                 .source = budget.source,
                 .rules = {all.rules.back()},
                 .wants_never = true});
            rules.push_back({.rows = {layout_.cumulative_emissions.row(item)},
                             .threshold = budget.amount_gt * mt_per_gt});
            plan_.budget_sectors.push_back(budget.sector);
            all.source = budget.source;
        }
        if (!all.rules.empty()) {
            plan_.joints.push_back(std::move(all));
        }
        add_quantity("sector_budget_exhausted_year",
                     {"budget_sector"},
                     "first year by whose end the sector has emitted its own "
                     "published budget",
                     std::move(rules));
    }

    [[nodiscard]] Rule milestone_rule(
        const config::MilestoneSpec& milestone) const
    {
        const config::EventSpec& event = milestone.event;
        Rule rule{
            .limit = event.relative_to_first_year ? Rule::Limit::first_year
                                                  : Rule::Limit::number,
            .threshold = event.threshold,
            .below = event.direction == config::EventSpec::Direction::below,
            .from_year =
                static_cast<std::size_t>(event.year - spec_.first_year)};
        for (const std::string& item : milestone.items) {
            config::EventSpec of_item = event;
            of_item.item = item;
            rule.rows.push_back(event_row(of_item, spec_, layout_));
        }
        return rule;
    }

    void add_milestones()
    {
        std::vector<Rule> rules;
        std::vector<Joint> of_sectors;
        for (const config::MilestoneSpec& milestone : config_.milestones) {
            const std::size_t index = rules_.size() + rules.size();
            const std::string& name = milestone.event.name;
            rules.push_back(milestone_rule(milestone));
            plan_.milestones.push_back(name);
            plan_.joints.push_back({.name = name,
                                    .long_name = "milestone " + name + " met",
                                    .source = milestone.event.source,
                                    .rules = {index}});
            const std::string all = "all_milestones_" + milestone.sector;
            if (of_sectors.empty() || of_sectors.back().name != all) {
                of_sectors.push_back({.name = all,
                                      .long_name = "all milestones of " +
                                                   milestone.sector + " met",
                                      .source = "see the milestones"});
            }
            of_sectors.back().rules.push_back(index);
        }
        plan_.joints.insert(
            plan_.joints.end(), of_sectors.begin(), of_sectors.end());
        add_quantity("milestone_delay",
                     {"milestone"},
                     "years from the milestone's year to the first in which it "
                     "is met",
                     std::move(rules),
                     true);
    }

    const config::RunConfig& config_;
    const model::OutputLayout& layout_;
    const model::Spec& spec_;
    DerivedPlan plan_;
    std::vector<Rule> rules_;
    std::vector<model::Contest> contests_;
};

std::size_t outcome_of(const DerivedPlan& plan, std::int32_t year)
{
    switch (year) {
        case model::FirstYears::never:
            return plan.n_years;
        case model::FirstYears::undefined:
            return plan.n_years + 1;
        default:
            return static_cast<std::size_t>(year);
    }
}

using model::FirstYears;

/// Counts what is found for lanes [begin, end) of a tile in a scenario.
template <class Lanes>
struct Count
{
    const DerivedPlan& plan;
    const FirstYears::Workspace& found;
    std::size_t scenario, begin, end;
    Lanes lanes;

    void years(std::vector<std::uint64_t>& counts) const
    {
        const std::size_t n_rules = plan.n_rules();
        const std::size_t pitch = counts.size() / lanes.n_batches();
        for (std::size_t r = 0; r < n_rules; ++r) {
            std::uint64_t* of_rule =
                counts.data() + (scenario * n_rules + r) * plan.n_outcomes();
            for (std::size_t lane = begin; lane < end; ++lane) {
                of_rule[lanes.batch(lane) * pitch +
                        outcome_of(plan,
                                   FirstYears::year_of(found, r, lane))] +=
                    lanes.amount(lane);
            }
        }
    }

    void joints(std::vector<EventCount>& counts) const
    {
        const std::size_t pitch = counts.size() / lanes.n_batches();
        const std::size_t n_scenarios =
            plan.joints.empty() ? 0 : pitch / plan.joints.size();
        for (std::size_t j = 0; j < plan.joints.size(); ++j) {
            const Joint& joint = plan.joints[j];
            EventCount* of_joint = counts.data() + j * n_scenarios + scenario;
            for (std::size_t lane = begin; lane < end; ++lane) {
                const Outcome outcome =
                    plan.outcome(joint, [&](std::size_t rule) {
                        return FirstYears::year_of(found, rule, lane);
                    });
                EventCount& count = of_joint[lanes.batch(lane) * pitch];
                count.defined += outcome.is_defined ? lanes.amount(lane) : 0;
                count.happened += outcome.happened ? lanes.amount(lane) : 0;
            }
        }
    }
};

}  // namespace

DerivedPlan plan_derived(const config::RunConfig& config,
                         const model::OutputLayout& layout)
{
    return Planner(config, layout).plan();
}

DerivedCounts make_derived_counts(const DerivedPlan& plan,
                                  std::size_t n_scenarios,
                                  std::size_t n_batches)
{
    DerivedCounts counts;
    counts.years.resize(n_batches * n_scenarios * plan.n_rules() *
                        plan.n_outcomes());
    counts.joints.resize(n_batches * plan.joints.size() * n_scenarios);
    return counts;
}

void count_derived(const DerivedPlan& plan,
                   const model::FirstYears::Workspace& found,
                   std::size_t scenario,
                   std::size_t begin,
                   std::size_t end,
                   DerivedCounts& counts,
                   const statistics::TileWeights& weights)
{
    const auto by = [&]<class Lanes>(const Lanes& lanes) {
        const Count<Lanes> count{plan, found, scenario, begin, end, lanes};
        count.years(counts.years);
        count.joints(counts.joints);
    };
    if (weights.weights == nullptr) {
        by(EqualLanes{});
    } else {
        by(WeightedLanes(weights));
    }
}

}  // namespace hepta::campaign
