/// \file
/// Outputs of chosen samples, computed again, years of their trajectories, and
/// which of the samples meet conditions.
#pragma once

#include "hepta/campaign/condition.hpp"
#include "hepta/campaign/derived.hpp"
#include "hepta/campaign/engine.hpp"
#include "hepta/campaign/state.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hepta::campaign {

/// An output of one year.
struct RowOfYear
{
    std::uint32_t row = 0;
    std::size_t year = 0;  ///< from the first
};

/// What is kept of each sample.
struct Kept
{
    std::vector<RowOfYear> outputs;
    std::vector<std::uint32_t> side_rows;  ///< of the side outputs
    const DerivedPlan* derived = nullptr;  ///< whose years
};

class SampleValues
{
  public:
    /// \param kept  its plan outlives the values
    SampleValues(std::size_t n_scenarios,
                 Kept kept,
                 std::vector<Condition> conditions,
                 const std::vector<SampleRange>& ranges);

    void compute(const Engine& engine, int n_threads);

    [[nodiscard]] std::size_t n_samples() const { return samples_.size(); }
    [[nodiscard]] std::size_t n_met(std::size_t scenario) const;

    /// Of the k-th sample, in ascending order of the samples.
    [[nodiscard]] double value(std::size_t scenario,
                               std::size_t output,
                               std::size_t k) const
    {
        return values_[(scenario * kept_.outputs.size() + output) *
                           samples_.size() +
                       k];
    }
    /// Of the `row`-th of the side rows that are kept.
    [[nodiscard]] double side_value(std::size_t row, std::size_t k) const
    {
        return side_values_[row * samples_.size() + k];
    }
    /// Year of a rule, from the first; or as `FirstYears::year_of`.
    [[nodiscard]] std::int32_t year(std::size_t scenario,
                                    std::size_t rule,
                                    std::size_t k) const
    {
        return years_[(scenario * kept_.derived->n_rules() + rule) *
                          samples_.size() +
                      k];
    }
    /// What each sample counts: 1, unless the run tilts its inputs.
    [[nodiscard]] const std::vector<double>& weights() const
    {
        return weights_;
    }
    [[nodiscard]] bool is_met(std::size_t scenario, std::size_t k) const
    {
        return met_[scenario * samples_.size() + k] != 0;
    }

  private:
    struct Worker
    {
        Engine::Worker engine;
        model::FirstYears::Workspace years;
    };
    void compute_tile(const Engine& engine,
                      Worker& worker,
                      std::size_t begin,
                      std::size_t end);
    void keep_outputs(const Tile& outputs,
                      std::size_t scenario,
                      std::size_t year,
                      std::size_t begin,
                      std::size_t end);
    void keep_years(const model::FirstYears::Workspace& found,
                    std::size_t scenario,
                    std::size_t begin,
                    std::size_t end);
    void look_at(const Tile& values,
                 bool are_inputs,
                 std::size_t scenario,
                 std::size_t year,
                 std::size_t begin,
                 std::size_t end);

    std::size_t n_scenarios_;
    Kept kept_;
    std::vector<Condition> conditions_;
    std::vector<std::uint64_t> samples_;  ///< ascending
    std::vector<double> values_;          ///< [scenario][output][sample]
    std::vector<double> side_values_;     ///< [row][sample]
    std::vector<std::int16_t> years_;     ///< [scenario][rule][sample]
    std::vector<std::uint8_t> met_;       ///< [scenario][sample]
    std::vector<double> weights_;         ///< [sample]
};

}  // namespace hepta::campaign
