/// \file
/// Shapley effects: shares of the variance for inputs that depend on each
/// other.
#pragma once

#include "hepta/statistics/intervals.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace hepta::statistics {

/// A set of groups of inputs: bit g is group g.
using GroupSet = std::uint32_t;

inline constexpr std::uint32_t max_groups = 12;

/// Weight of a set of k of the other groups in a group's effect, k! (g - 1 -
/// k)! / g!, for k = 0 ... g - 1.
[[nodiscard]] std::vector<double> shapley_weights(std::uint32_t n_groups);

/// Shapley effects of g groups, in the unit of the values given.
///
/// Group i gets the mean, over all orders in which the groups may become
/// known, of what it then adds:
///
///     Sh_i = sum over u without i of |u|! (g - 1 - |u|)! / g!
///            (v(u + i) - v(u)),     v(u) = Var(E[Y | X_u]).
///
/// Nothing is lost: their sum is v(all) - v(none), the variance.
/// Source: Owen & Prieur (2017), doi:10.1137/16M1097717.
///
/// \param explained  v(u) by set, [2^g]; the total variance less the expected
///                   conditional one serves as well
/// \throws InputError if the length is no power of 2 up to 2^max_groups
[[nodiscard]] std::vector<double> shapley_effects(
    std::span<const double> explained);

/// The same from a function that gives v(u), called once for each set but the
/// empty one. \param n_groups  1 to max_groups
[[nodiscard]] std::vector<double> shapley_effects(
    std::uint32_t n_groups, const std::function<double(GroupSet)>& explained);

/// Var(E[Y | X_u]) from pairs of samples that share X_u and whose other
/// inputs are drawn twice, independently, given X_u: their covariance, about
/// the common mean. Source: Janon et al. (2014), doi:10.1051/ps/2013040.
/// Limits by Student's t over 16 groups of consecutive pairs.
/// \pre as many values in both, at least 32
[[nodiscard]] Estimate explained_variance(std::span<const double> y,
                                          std::span<const double> y_again,
                                          double confidence);

}  // namespace hepta::statistics
