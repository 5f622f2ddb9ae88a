/// \file
/// How much of a variance lies between classes of one input: the law of total
/// variance.
#pragma once

#include <cstdint>
#include <span>

namespace hepta::statistics {

/// Var Y = Var(E[Y|X]) + E[Var(Y|X)], with classes of X for X.
struct VarianceSplit
{
    double total = 0.0;    ///< mean square about the mean
    double between = 0.0;  ///< of the classes' means, by their counts
    double within = 0.0;   ///< of the values about their class's mean
    /// Part of `total` that is between, less what chance alone puts there,
    /// 1 - (n - 1) / (n - classes) within / total; may be a little below 0.
    /// 0 where there is one class, NaN where y is constant.
    /// Source: Kelley (1935), doi:10.1073/pnas.21.9.554.
    double share = 0.0;
};

/// Classes are the values of x if there are at most `n_classes`, else as many
/// of nearly equal counts. \pre x and y are finite and equally long, not empty
/// Source: Hawkins & Sutton (2009), doi:10.1175/2009BAMS2607.1, who divide the
/// uncertainty of projections so.
[[nodiscard]] VarianceSplit split_variance(std::span<const double> x,
                                           std::span<const double> y,
                                           std::uint32_t n_classes);

}  // namespace hepta::statistics
