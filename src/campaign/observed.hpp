/// \file
/// Observations of a run's outputs: where they stand, how far each sample is
/// from them.
#pragma once

#include "hepta/config/observations.hpp"
#include "hepta/config/run_config.hpp"
#include "hepta/model/output_layout.hpp"
#include "sample_values.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace hepta::campaign {

class Observed
{
  public:
    /// Add the outputs that are looked at to `outputs`.
    /// \throws InputError naming place and hint of an observation that is of
    ///         no output, of another unit, or given twice
    Observed(const std::vector<config::Observation>& observations,
             const config::RunConfig& config,
             const model::OutputLayout& layout,
             std::vector<RowOfYear>& outputs);

    struct Item
    {
        config::Observation observation;
        std::size_t output = 0;        ///< index among the outputs
        std::size_t output_first = 0;  ///< of the first year, of a ratio
    };
    [[nodiscard]] const std::vector<Item>& items() const { return items_; }

    /// Names of the observations of sectors that the run does not have.
    [[nodiscard]] const std::vector<std::string>& not_in_run() const
    {
        return not_in_run_;
    }

    /// What is compared with the observation: the output, or its ratio.
    [[nodiscard]] static double value(const Item& item,
                                      const SampleValues& values,
                                      std::size_t scenario,
                                      std::size_t k);

    /// Weight of every sample times its likelihood relative to the largest; 0
    /// for those that do not meet the conditions.
    [[nodiscard]] std::vector<double> weights(const SampleValues& values,
                                              std::size_t scenario) const;

    /// \throws InputError naming an observation that is impossible in every
    ///         sample that meets the conditions
    void refuse_impossible(const SampleValues& values,
                           std::size_t n_scenarios) const;

  private:
    /// Of the standardised residual; infinite where there is no logarithm.
    [[nodiscard]] static double square(const Item& item,
                                       const SampleValues& values,
                                       std::size_t scenario,
                                       std::size_t k);

    std::vector<Item> items_;
    std::vector<std::string> not_in_run_;
};

}  // namespace hepta::campaign
