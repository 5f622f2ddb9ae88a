#include "hepta/statistics/two_samples.hpp"

#include "axis.hpp"

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace hepta::statistics {
namespace {

double count_of(Counts counts, std::uint32_t begin, std::uint32_t end)
{
    return static_cast<double>(std::accumulate(
        counts.begin() + begin, counts.begin() + end, std::uint64_t{0}));
}

}  // namespace

RankOf rank_of(const CellPlan& plan,
               Counts counts,
               const MomentSums& sums,
               double x)
{
    const auto n_bins = static_cast<std::uint32_t>(counts.size());
    const double n_atom = static_cast<double>(counts[bin::atom]);
    const double n = count_of(counts, bin::atom, n_bins);
    const std::uint32_t b = axis_bin(plan, x);
    const auto in_bin = static_cast<double>(counts[b]);
    double below = count_of(counts, bin::first_outer, b);
    double up_to = below;
    if (plan.edges_per_unit != 0) {
        up_to += in_bin;  // whole numbers, all at the lower edge
    } else {
        const double low = std::max(lower_edge(plan, b), sums.minimum);
        const double high = std::min(lower_edge(plan, b + 1), sums.maximum);
        const double part = high > low ? (x - low) / (high - low) : 0.5;
        below += in_bin * std::clamp(part, 0.0, 1.0);
        up_to = below;
    }
    if (std::abs(x - plan.atom) <= plan.atom_width) {
        up_to += n_atom;
    } else if (x > plan.atom) {
        below += n_atom;
        up_to += n_atom;
    }
    return {below / n, up_to / n};
}

double standard_errors_between(double fraction_a,
                               double n_a,
                               double fraction_b,
                               double n_b)
{
    if (n_a == 0.0 || n_b == 0.0 || fraction_a == fraction_b) {
        return 0.0;
    }
    const double common = (fraction_a * n_a + fraction_b * n_b) / (n_a + n_b);
    const double variance = common * (1.0 - common) * (1.0 / n_a + 1.0 / n_b);
    return (fraction_b - fraction_a) / std::sqrt(variance);
}

double standard_errors_between(const Moments& a, const Moments& b)
{
    if (a.n == 0 || b.n == 0) {
        return a.n == b.n ? 0.0 : std::numeric_limits<double>::infinity();
    }
    const double difference = b.mean - a.mean;
    if (difference == 0.0) {
        return 0.0;
    }
    const auto variance = [](const Moments& m) {
        return m.standard_deviation * m.standard_deviation /
               static_cast<double>(m.n);
    };
    return difference / std::sqrt(variance(a) + variance(b));
}

double normal_score(double t, double degrees)
{
    const boost::math::students_t student(degrees);
    const double tail = boost::math::cdf(student, -std::abs(t));
    if (tail == 0.0) {
        return t;  // further out than numbers reach
    }
    return std::copysign(boost::math::quantile(boost::math::normal(), tail), t);
}

double joint_degrees(double error_a,
                     double degrees_a,
                     double error_b,
                     double degrees_b)
{
    const double a = error_a * error_a;
    const double b = error_b * error_b;
    return (a + b) * (a + b) / (a * a / degrees_a + b * b / degrees_b);
}

double limit_of_largest(std::uint64_t n, double probability)
{
    const double tail =
        0.5 * probability / static_cast<double>(std::max<std::uint64_t>(n, 1));
    return -boost::math::quantile(boost::math::normal(), tail);
}

}  // namespace hepta::statistics
