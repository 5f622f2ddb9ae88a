/// \file
/// Outputs of a whole trajectory, one number a sample and scenario: years of
/// tipping, parity, exhausted budgets and milestones, as counts of years.
#pragma once

#include "hepta/campaign/state.hpp"
#include "hepta/config/run_config.hpp"
#include "hepta/model/first_years.hpp"
#include "hepta/model/output_layout.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace hepta::campaign {

/// Shares of activity whose passing is a tipping year.
inline constexpr double tipping_shares[] = {0.05, 0.16, 0.5};

/// Rules whose years make one variable of /derived, in row-major order of its
/// dimensions.
struct DerivedQuantity
{
    std::string name;                     ///< "tipping_year"
    std::vector<std::string> dimensions;  ///< besides scenario and percentile
    std::size_t first_rule = 0;
    std::size_t n_rules = 0;
    bool is_delay = false;  ///< years after the rule's `from_year`
    std::string long_name;
};

/// A condition on the years of a sample: some are the first that count, or
/// some are never found.
struct Joint
{
    std::string name;  ///< of its probability
    std::string long_name, source;
    std::vector<std::size_t> rules;
    bool wants_never = false;  ///< else: found in the first year that counts
};

/// Whether something is defined of a sample, and whether it happens there.
struct Outcome
{
    bool is_defined = false, happened = false;
};

/// What is derived, and how its labels read.
struct DerivedPlan
{
    model::FirstYears first_years;
    std::size_t n_years = 0;
    std::vector<DerivedQuantity> quantities;
    std::vector<Joint> joints;
    std::vector<std::string> newcomers, budget_sectors, milestones;

    [[nodiscard]] std::size_t n_rules() const noexcept
    {
        return first_years.rules().size();
    }
    /// Outcomes of a rule: each year, never, undefined.
    [[nodiscard]] std::size_t n_outcomes() const noexcept
    {
        return n_years + 2;
    }

    /// \param year_of  year of a rule for the sample, as `FirstYears::year_of`
    template <class YearOf>
    [[nodiscard]] Outcome outcome(const Joint& joint,
                                  const YearOf& year_of) const
    {
        Outcome outcome{true, true};
        for (const std::size_t r : joint.rules) {
            const std::int32_t year = year_of(r);
            const auto wanted = joint.wants_never
                                    ? model::FirstYears::never
                                    : static_cast<std::int32_t>(
                                          first_years.rules()[r].from_year);
            outcome.is_defined &= year != model::FirstYears::undefined;
            outcome.happened &= year == wanted;
        }
        return outcome;
    }
};

/// Tipping and parity of technologies with a seed, the years in which groups
/// and sectors exhaust budgets, and milestones.
/// \throws InputError as `event_row`
[[nodiscard]] DerivedPlan plan_derived(const config::RunConfig& config,
                                       const model::OutputLayout& layout);

/// Zero counts of as many scenarios, and batches of a weighted run.
[[nodiscard]] DerivedCounts make_derived_counts(const DerivedPlan& plan,
                                                std::size_t n_scenarios,
                                                std::size_t n_batches = 1);

/// Count the years found for lanes [begin, end) in a scenario, by their weights
/// if there are any.
void count_derived(const DerivedPlan& plan,
                   const model::FirstYears::Workspace& found,
                   std::size_t scenario,
                   std::size_t begin,
                   std::size_t end,
                   DerivedCounts& counts,
                   const statistics::TileWeights& weights = {});

}  // namespace hepta::campaign
