/// \file
/// Announced low-emission projects: how many are decided and operate when.
/// No scenario changes them, and they change no trajectory.
#pragma once

#include "hepta/core/instruction_set.hpp"
#include "hepta/core/tile.hpp"
#include "hepta/model/spec.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace hepta::model {

/// The projects of a sector, or of all, as counted at one date. Either
/// `operating` and `decided` or `past_decision` is given.
struct ProjectGroup
{
    std::string name;            ///< "steel"; "all"
    double date = 0.0;           ///< of the count, in calendar years
    Row announced = no_row;      ///< projects before their decision
    Row operating = no_row;      ///< projects
    Row decided = no_row;        ///< projects past it, not yet operating
    Row past_decision = no_row;  ///< projects of both kinds
    Row capacity = no_row;       ///< optional; activity units/yr per project
    Row avoided = no_row;        ///< with capacity; t CO2 per functional unit
};

/// What is known of projects. Empty without groups.
struct ProjectSpec
{
    std::vector<ProjectGroup> groups;  ///< those with a capacity first
    Row decision_hazard = no_row;      ///< 1/yr
    Row delay = no_row;                ///< from decision to operation, yr
    Row success = no_row;          ///< part of the decided that ever operates
    Row operating_share = no_row;  ///< of past_decision; if a group needs it
    int first_year = 0;            ///< the first 1 January after all dates
    int last_year = -1;
};

/// Stages of projects, in the order of the rows. At all times announced +
/// past_decision is constant, and past_decision = building + operating +
/// failed.
enum class ProjectStage : std::uint32_t
{
    announced,
    past_decision,
    building,
    operating,
    failed,
};
inline constexpr std::uint32_t n_project_stages = 5;

/// Rows of the outputs: counts, then what groups with a capacity add.
class ProjectLayout
{
  public:
    ProjectLayout() = default;
    explicit ProjectLayout(const ProjectSpec& spec);

    [[nodiscard]] std::uint32_t n_groups() const noexcept { return n_groups_; }
    [[nodiscard]] std::uint32_t n_years() const noexcept { return n_years_; }
    /// Groups with a capacity; these are the first.
    [[nodiscard]] std::uint32_t n_sized() const noexcept { return n_sized_; }

    /// Projects on 1 January of a year, counted from the first.
    [[nodiscard]] std::uint32_t count(std::uint32_t group,
                                      ProjectStage stage,
                                      std::uint32_t year = 0) const noexcept
    {
        return (group * n_project_stages + static_cast<std::uint32_t>(stage)) *
                   n_years_ +
               year;
    }
    /// Capacity that began to operate after the date, activity units/yr.
    [[nodiscard]] std::uint32_t capacity(std::uint32_t group,
                                         std::uint32_t year = 0) const noexcept
    {
        return count(n_groups_, ProjectStage::announced) + group * n_years_ +
               year;
    }
    /// What that capacity avoids, Mt CO2/yr; `n_sized()` is the sum.
    [[nodiscard]] std::uint32_t avoided(std::uint32_t group,
                                        std::uint32_t year = 0) const noexcept
    {
        return capacity(n_sized_) + group * n_years_ + year;
    }
    /// The same from the date on, Mt CO2; `n_sized()` is the sum.
    [[nodiscard]] std::uint32_t cumulative(
        std::uint32_t group, std::uint32_t year = 0) const noexcept
    {
        return avoided(n_sums()) + group * n_years_ + year;
    }
    [[nodiscard]] std::uint32_t n_rows() const noexcept
    {
        return cumulative(n_sums());
    }
    /// Rows of avoided emissions a year: of the groups and of their sum.
    [[nodiscard]] std::uint32_t n_sums() const noexcept
    {
        return n_sized_ == 0 ? 0 : n_sized_ + 1;
    }

  private:
    std::uint32_t n_groups_ = 0, n_years_ = 0, n_sized_ = 0;
};

/// Projects of the samples of a tile.
///
/// With O operating, F decided and A announced at the date t0, hazard h, delay
/// d and success s, at t >= t0:
///
///     past_decision = O + F + A (1 - exp(-h (t - t0)))
///     due           = F min(1, (t - t0)/d)
///                     + A (1 - exp(-h max(0, t - d - t0)))
///     operating     = O + s due,    failed = (1 - s) due
///
/// The F were decided evenly over the d years before t0. Avoided emissions are
/// those of the operating beyond O, cumulative ones by the trapezoidal rule
/// from t0 on.
///
/// Outputs have the same bits for every instruction set.
/// \param inputs   rows as in the spec
/// \param outputs  rows as in the layout
void project_pipeline(InstructionSet set,
                      const ProjectSpec& spec,
                      const Tile& inputs,
                      Tile& outputs);

}  // namespace hepta::model
