/// \file
/// The functions by kind, and what their makers share.
#pragma once

#include "hepta/functions/functions.hpp"

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace hepta::functions {

[[nodiscard]] std::vector<TestFunction> closed_forms();
[[nodiscard]] std::vector<TestFunction> engineering();
[[nodiscard]] std::vector<TestFunction> tails();

/// An input without its row.
struct NamedInput
{
    std::string name, unit;
    sampling::Distribution distribution;
};
/// Inputs in the rows 0, 1, ..., all from one source.
[[nodiscard]] std::vector<sampling::Input> inputs_of(
    const std::vector<NamedInput>& inputs, const std::string& source);

/// A value known to rounding.
[[nodiscard]] Reference exact(std::string quantity,
                              double value,
                              const std::string& source);
/// A value known to the digits given: half a unit of the last one.
[[nodiscard]] Reference rounded(std::string quantity,
                                const std::string& digits,
                                const std::string& source);

/// Percentiles by the number in their name and their digits.
using Digits = std::vector<std::pair<std::string, std::string>>;

/// The lognormal of this mean and coefficient of variation.
[[nodiscard]] sampling::Lognormal lognormal_of(double mean, double variation);

}  // namespace hepta::functions
