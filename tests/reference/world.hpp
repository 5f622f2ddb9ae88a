/// \file
/// What all steps of the reference model share: the sample, the paths and
/// noises it fixes, and the state that a year hands to the next.
#pragma once

#include "hepta/model/spec.hpp"

#include <cstddef>
#include <vector>

namespace hepta::reference {

/// [sector][technology] or [year][item].
using Table = std::vector<std::vector<double>>;

/// The uncertain numbers of one sample.
class Sample
{
  public:
    explicit Sample(const std::vector<double>& input) : input_(&input) {}

    [[nodiscard]] double operator()(model::Row row) const
    {
        return input_->at(row);
    }
    /// Value of an optional number.
    [[nodiscard]] double operator()(model::Row row, double if_absent) const
    {
        return row == model::no_row ? if_absent : input_->at(row);
    }

  private:
    const std::vector<double>* input_;
};

[[nodiscard]] double sum(const std::vector<double>& values);

/// One sample in one scenario. The noises do not depend on what the sectors
/// do, so their series are made at once: [item][year - first year].
struct World
{
    const model::Spec& spec;
    const model::Scenario& scenario;
    std::size_t scenario_index;
    Sample sample;
    Table activity_noise;  ///< x_s(t)
    Table driver_noise;    ///< y(t)
    Table learning_noise;  ///< N_c(t)

    [[nodiscard]] std::size_t index(int year) const
    {
        return static_cast<std::size_t>(year - spec.first_year);
    }
};

[[nodiscard]] World make_world(const model::Spec& spec,
                               std::size_t scenario_index,
                               const std::vector<double>& input);

/// Position of a sector's first technology among those of all sectors.
[[nodiscard]] std::size_t first_technology(const model::Spec& spec,
                                           std::size_t sector);

/// True if the scenario has ended new builds of a technology by `year`.
[[nodiscard]] bool is_banned(const World& world,
                             std::size_t sector,
                             std::size_t technology,
                             int year);

/// Newcomers have a seed share.
[[nodiscard]] bool is_newcomer(const model::Technology& technology);

/// Calendar year nearest to an uncertain one, half up.
[[nodiscard]] int rounded_year(double year);

/// What the start of a year knows.
struct State
{
    int year = 0;
    Table share;                 ///< S, [sector][technology]
    std::vector<double> added;   ///< Y_c, component units, [component]
    std::vector<double> demand;  ///< D, activity units, [sector]
    /// USD since the first year, [carrier, at last none]
    std::vector<double> invested;
};

}  // namespace hepta::reference
