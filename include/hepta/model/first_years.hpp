/// \file
/// The first year in which an output passes a threshold, sample by sample.
#pragma once

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

/// Finds the years of all rules for the samples of a tile, from outputs that
/// are shown year by year.
class FirstYears
{
  public:
    static constexpr std::int32_t never = -1;
    /// An output or limit was not finite before a year was found.
    static constexpr std::int32_t undefined = -2;

    FirstYears() = default;
    FirstYears(std::vector<FirstYearRule> rules, std::vector<Contest> contests);

    [[nodiscard]] const std::vector<FirstYearRule>& rules() const noexcept
    {
        return rules_;
    }

    /// What a thread needs of its own.
    struct Workspace
    {
        std::vector<std::int32_t> found;       ///< [rule][lane]
        std::vector<double> first_value;       ///< [rule][lane]
        std::vector<std::uint32_t> incumbent;  ///< [contest][lane], a row
    };
    [[nodiscard]] Workspace make_workspace() const;

    /// Look at the outputs of a year, from 0, of one scenario. Years come in
    /// order; year 0 begins anew.
    void observe(std::size_t year, const Tile& outputs, Workspace& work) const;

    /// The year of a rule for a sample, from the first; `never`, `undefined`.
    /// Right once the last year has been observed.
    [[nodiscard]] static std::int32_t year_of(const Workspace& work,
                                              std::size_t rule,
                                              std::size_t lane)
    {
        return work.found[rule * tile_lanes + lane];
    }

  private:
    void begin(const Tile& outputs, Workspace& work) const;

    std::vector<FirstYearRule> rules_;
    std::vector<Contest> contests_;
};

}  // namespace hepta::model
