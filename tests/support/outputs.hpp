/// \file
/// Reads the outputs of one sample by metric, item and year.
#pragma once

#include "hepta/model/output_layout.hpp"
#include "reference/scalar_model.hpp"

#include <utility>
#include <vector>

namespace hepta::tests {

class Outputs
{
  public:
    Outputs(const model::Spec& spec, reference::Trajectory trajectory)
        : layout(spec),
          first_year_(spec.first_year),
          trajectory_(std::move(trajectory))
    {
    }

    /// Of the reference model.
    Outputs(const model::Spec& spec, const std::vector<double>& input)
        : Outputs(spec, reference::simulate(spec, input))
    {
    }

    model::OutputLayout layout;

    [[nodiscard]] double operator()(const model::Metric& metric,
                                    int year,
                                    std::size_t item = 0,
                                    std::size_t inner = 0,
                                    std::size_t scenario = 0) const
    {
        return trajectory_.at(scenario)
            .at(static_cast<std::size_t>(year - first_year_))
            .at(metric.row(static_cast<std::uint32_t>(item),
                           static_cast<std::uint32_t>(inner)));
    }

  private:
    int first_year_;
    reference::Trajectory trajectory_;
};

/// The outputs of one sample by the kernels of AVX2.
[[nodiscard]] Outputs by_kernels(const model::Spec& spec,
                                 const std::vector<double>& input);

}  // namespace hepta::tests
