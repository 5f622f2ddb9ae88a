/// \file
/// Shapley effects of groups of inputs that depend on each other, from pairs
/// of samples that share what is known.
#pragma once

#include "hepta/statistics/intervals.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace hepta::statistics {

/// Values of one output at the points of a design for Shapley effects.
///
/// Every point has a first draw of all inputs and, for a set u of groups that
/// are known, a second draw that shares u with the first and has the others
/// drawn again given u. Half the squared difference of the two outputs, d_u,
/// has the mean E Var(Y | X_u), which is Var(Y) if nothing is known and 0 if
/// all is.
struct ShapleyValues
{
    std::span<const double> first;   ///< the first draws
    std::span<const double> second;  ///< the second draws, nothing known

    /// What a group takes from d_u as it becomes known, [groups][n]: the
    /// weighted mean over all sets without it, or that of one order of all
    /// groups. Those of all groups add up to the d_u of nothing known.
    std::vector<std::span<const double>> gains;

    /// d_u of the group known alone, and of all others known; or empty.
    std::vector<std::span<const double>> alone, others;
};

/// Shares of the variance; NaN where that is 0. Limits are not cut.
struct ShapleyIndices
{
    double mean = 0.0;      ///< of the values of both draws
    double variance = 0.0;  ///< of the same

    /// [groups]; their sum is 1: the effects add up to the variance.
    std::vector<Estimate> effect;

    /// Var(E[Y | X_g]) and E Var(Y | all others), [groups] or empty. With
    /// dependent inputs the first has what others say of the group, the second
    /// only what none does, and may be the smaller. Source: Kucherenko et al.
    /// (2012), Computer Physics Communications 183, 937-946.
    std::vector<Estimate> first_order, total;
};

/// All batches together; the gains over half the mean squared difference of
/// the two independent draws. A group that the output does not depend on has
/// exactly 0. Limits by Student's t from the differences between the batches,
/// which are independent.
///
/// Source: Song et al. (2016), doi:10.1137/15M1048070, who average over orders;
/// gains from pairs of points as in Goda (2020), arXiv:2009.00874.
/// \pre batches of equally many points, at least 2, and the same groups; all
///      values finite
[[nodiscard]] ShapleyIndices shapley_indices(
    std::span<const ShapleyValues> batches, double confidence);

}  // namespace hepta::statistics
