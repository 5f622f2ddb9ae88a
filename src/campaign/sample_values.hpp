/// \file
/// Outputs of chosen samples, computed again, and which of the samples meet
/// conditions.
#pragma once

#include "hepta/campaign/condition.hpp"
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

class SampleValues
{
  public:
    SampleValues(std::size_t n_scenarios,
                 std::vector<RowOfYear> outputs,
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
        return values_[(scenario * outputs_.size() + output) * samples_.size() +
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
    void compute_tile(const Engine& engine,
                      Engine::Worker& worker,
                      std::size_t begin,
                      std::size_t end);
    void look_at(const Tile& values,
                 bool are_inputs,
                 std::size_t scenario,
                 std::size_t year,
                 std::size_t begin,
                 std::size_t end);

    std::size_t n_scenarios_;
    std::vector<RowOfYear> outputs_;
    std::vector<Condition> conditions_;
    std::vector<std::uint64_t> samples_;  ///< ascending
    std::vector<double> values_;          ///< [scenario][output][sample]
    std::vector<std::uint8_t> met_;       ///< [scenario][sample]
    std::vector<double> weights_;         ///< [sample]
};

}  // namespace hepta::campaign
