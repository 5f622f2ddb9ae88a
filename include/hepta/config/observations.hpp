/// \file
/// What happened: published values of outputs, with their errors.
#pragma once

#include <string>
#include <vector>

namespace hepta::config {

/// A published value of an output of one year.
struct Observation
{
    std::string output;  ///< "emissions/steel/scope1+2", "activity/cement"
    int year = 0;
    double value = 0.0;  ///< > 0
    std::string unit;    ///< "-" of a ratio
    /// Relative standard errors: of what is published, and of a model whose
    /// inputs are right. Not both 0.
    double measurement_error = 0.0;
    double model_error = 0.0;
    bool relative_to_first_year = false;  ///< value / first year's value
    std::string source;
    std::string place;  ///< "file:line:column", for messages

    /// "activity/cement@2022"
    [[nodiscard]] std::string name() const;
    /// Standard deviation of the logarithm: both errors together.
    [[nodiscard]] double error() const;
};

/// Read [observations.ITEM.METRIC.YEAR] or
/// [observations.ITEM.METRIC.INNER.YEAR] of a TOML file; [sources] holds texts
/// that a source may name. \throws InputError with every fault found, one line
/// each with its hint
[[nodiscard]] std::vector<Observation> load_observations(
    const std::string& path);

}  // namespace hepta::config
