#include "hepta/statistics/percentile.hpp"

#include <boost/math/distributions/normal.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace hepta::statistics {

Moments moments(const CellPlan& plan, Counts counts, const MomentSums& sums)
{
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    const std::uint64_t n = std::accumulate(
        counts.begin() + bin::atom, counts.end(), std::uint64_t{0});
    if (n == 0) {
        return {0, nan, nan, nan, nan};
    }
    // sum = n whole + rest; squares about `whole` are small and exact, what
    // overflows on the way wraps back.
    const auto n_wide = static_cast<Int128>(n);
    const Int128 whole = sums.sum / n_wide;
    const auto rest = static_cast<double>(sums.sum % n_wide);
    const UInt128 about_whole =
        sums.sum_of_squares -
        static_cast<UInt128>(whole) *
            static_cast<UInt128>(2 * sums.sum - n_wide * whole);
    const auto count = static_cast<double>(n);
    const double mean = static_cast<double>(whole) + rest / count;
    const double squares =
        static_cast<double>(about_whole) - rest / count * rest;
    Moments m;
    m.n = n;
    m.mean = plan.center + mean / plan.scale;
    m.standard_deviation =
        n > 1 ? std::sqrt(std::max(squares, 0.0) / (count - 1.0)) / plan.scale
              : nan;
    const bool has_atom = counts[bin::atom] > 0;
    m.minimum = has_atom ? std::min(sums.minimum, plan.atom) : sums.minimum;
    m.maximum = has_atom ? std::max(sums.maximum, plan.atom) : sums.maximum;
    return m;
}

Proportion wilson(std::uint64_t k, std::uint64_t n, double confidence)
{
    assert(n > 0 && k <= n);
    const double z =
        boost::math::quantile(boost::math::normal(), 0.5 * (1.0 + confidence));
    const auto trials = static_cast<double>(n);
    const double share = static_cast<double>(k) / trials;
    const double z2_per_n = z * z / trials;
    const double middle = (share + 0.5 * z2_per_n) / (1.0 + z2_per_n);
    const double half =
        z / (1.0 + z2_per_n) *
        std::sqrt(share * (1.0 - share) / trials + 0.25 * z2_per_n / trials);
    // Exact at the ends, where rounding would leave 1e-17.
    return {share,
            k == 0 ? 0.0 : std::max(middle - half, 0.0),
            k == n ? 1.0 : std::min(middle + half, 1.0)};
}

}  // namespace hepta::statistics
