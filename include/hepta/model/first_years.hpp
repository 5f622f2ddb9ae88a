/// \file
/// The first year in which an output passes a threshold, sample by sample.
#pragma once

#include "hepta/core/instruction_set.hpp"
#include "hepta/core/tile.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hepta::model {

/// When a year is found: an output, the sum of some rows, against a limit.
struct FirstYearRule
{
    enum class Limit
    {
        number,      ///< `threshold`
        first_year,  ///< `threshold` times the first year's value
        incumbent,   ///< cost of the incumbent of contest `contest`
    };
    std::vector<std::uint32_t> rows;  ///< of the outputs
    Limit limit = Limit::number;
    double threshold = 0.0;
    std::uint32_t contest = 0;
    /// At most the limit, else at least. Against an incumbent: below it.
    bool below = false;
    std::size_t from_year =
        0;  ///< years before it, from the first, do not count
};

/// Technologies that compete: rows of their shares and of their costs, both
/// consecutive. The incumbent is the one with the largest share in the first
/// year, the first of them if several have it.
struct Contest
{
    std::uint32_t first_share_row = 0;
    std::uint32_t first_cost_row = 0;
    std::uint32_t n_technologies = 0;
};

struct FlatRule;

/// Finds the years of all rules for the samples of a tile, from outputs that
/// are shown year by year.
class FirstYears
{
  public:
    static constexpr std::int32_t never = -1;
    /// An output or limit was not finite before a year was found.
    static constexpr std::int32_t undefined = -2;

    FirstYears();
    FirstYears(std::vector<FirstYearRule> rules, std::vector<Contest> contests);
    FirstYears(FirstYears&&) noexcept;
    FirstYears& operator=(FirstYears&&) noexcept;
    ~FirstYears();

    [[nodiscard]] const std::vector<FirstYearRule>& rules() const noexcept
    {
        return rules_;
    }

    /// What a thread needs of its own.
    struct Workspace
    {
        Tile found;           ///< [rule], a year, `never` or `undefined`
        Tile first_value;     ///< [rule]
        Tile incumbent;       ///< [contest], index of the technology
        Tile incumbent_cost;  ///< [contest], of the year
    };
    [[nodiscard]] Workspace make_workspace() const;

    /// Look at the outputs of a year, from 0, of one scenario. Years come in
    /// order; year 0 begins anew.
    void observe(InstructionSet set,
                 std::size_t year,
                 const Tile& outputs,
                 Workspace& work) const;

    /// The year of a rule for a sample, from the first; `never`, `undefined`.
    /// Right once the last year has been observed.
    [[nodiscard]] static std::int32_t year_of(const Workspace& work,
                                              std::size_t rule,
                                              std::size_t lane)
    {
        return static_cast<std::int32_t>(work.found.row(rule)[lane]);
    }

  private:
    std::vector<FirstYearRule> rules_;
    std::vector<FlatRule> flat_;
    std::vector<std::uint32_t> rows_;  ///< of all rules, one after the other
    std::vector<Contest> contests_;
};

}  // namespace hepta::model
