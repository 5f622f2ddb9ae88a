#include "hepta/sampling/distribution.hpp"

#include "quantile_at.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace hepta::sampling {
namespace {

// In double throughout: promotion to long double costs five times as much
// and changes the last digit.
using Policy =
    boost::math::policies::policy<boost::math::policies::promote_double<false>>;
using BoostNormal = boost::math::normal_distribution<double, Policy>;
using BoostBeta = boost::math::beta_distribution<double, Policy>;

/// Quantile of a distribution of Boost from the smaller of the two tails.
template <class BoostDistribution>
double from_smaller_tail(const BoostDistribution& distribution, Tails tails)
{
    return tails.below < tails.above
               ? boost::math::quantile(distribution, tails.below)
               : boost::math::quantile(
                     boost::math::complement(distribution, tails.above));
}

struct QuantileAt
{
    Tails tails;

    double operator()(const Fixed& d) const { return d.value; }

    double operator()(const Uniform& d) const
    {
        return d.low + (d.high - d.low) * tails.below;
    }

    double operator()(const Triangular& d) const
    {
        const double range = d.high - d.low;
        if (tails.below * range < d.mode - d.low) {
            return d.low + std::sqrt(tails.below * range * (d.mode - d.low));
        }
        return d.high - std::sqrt(tails.above * range * (d.high - d.mode));
    }

    double operator()(const Normal& d) const
    {
        return d.mean + d.sd * from_smaller_tail(BoostNormal(), tails);
    }

    double operator()(const TruncatedNormal& d) const
    {
        const BoostNormal normal;
        const double a = (d.low - d.mean) / d.sd;
        const double b = (d.high - d.mean) / d.sd;
        const double below_a = boost::math::cdf(normal, a);
        const double above_b = boost::math::cdf(complement(normal, b));
        const double between =
            a + b < 0.0 ? boost::math::cdf(normal, b) - below_a
                        : boost::math::cdf(complement(normal, a)) - above_b;
        const Tails parent = {below_a + tails.below * between,
                              above_b + tails.above * between};
        return std::clamp(
            d.mean + d.sd * from_smaller_tail(normal, parent), d.low, d.high);
    }

    double operator()(const Lognormal& d) const
    {
        const double z = from_smaller_tail(BoostNormal(), tails);
        return d.median * std::exp(z * (z < 0.0 ? d.sigma_low : d.sigma_high));
    }

    double operator()(const Beta& d) const
    {
        const BoostBeta beta(d.alpha, d.beta);
        const double x = from_smaller_tail(beta, tails);
        return d.low + (d.high - d.low) * x;
    }

    double operator()(const Discrete& d) const
    {
        double cumulative = 0.0;
        for (std::size_t i = 0; i + 1 < d.value.size(); ++i) {
            cumulative += d.weight[i];
            if (tails.below <= cumulative) {
                return d.value[i];
            }
        }
        return d.value.back();
    }

    double operator()(const Empirical& d) const
    {
        const auto end = std::lower_bound(
            d.probability.begin() + 1, d.probability.end() - 1, tails.below);
        const auto i =
            static_cast<std::size_t>(end - d.probability.begin()) - 1;
        const double slope = (d.value[i + 1] - d.value[i]) /
                             (d.probability[i + 1] - d.probability[i]);
        return d.value[i] + slope * (tails.below - d.probability[i]);
    }
};

bool is_pert(const Beta& d)
{
    return d.alpha >= 1.0 && d.beta >= 1.0 &&
           std::abs(d.alpha + d.beta - 6.0) < 1e-9;
}

}  // namespace

double quantile_at(const Distribution& distribution, Tails tails)
{
    return std::visit(QuantileAt{tails}, distribution);
}

Tails tails_of_score(double z)
{
    const BoostNormal normal;
    return {boost::math::cdf(normal, z),
            boost::math::cdf(complement(normal, z))};
}

double quantile(const Distribution& distribution, double u)
{
    return quantile_at(distribution, {u, 1.0 - u});
}

Beta pert(double low, double mode, double high)
{
    const double range = high - low;
    const double position = range > 0.0 ? (mode - low) / range : 0.5;
    return {1.0 + 4.0 * position, 1.0 + 4.0 * (1.0 - position), low, high};
}

double central(const Distribution& distribution)
{
    if (const auto* normal = std::get_if<Normal>(&distribution)) {
        return normal->mean;
    }
    if (const auto* triangular = std::get_if<Triangular>(&distribution)) {
        return triangular->mode;
    }
    if (const auto* beta = std::get_if<Beta>(&distribution);
        beta != nullptr && is_pert(*beta)) {
        return beta->low + (beta->high - beta->low) * (beta->alpha - 1.0) / 4.0;
    }
    return quantile(distribution, 0.5);
}

}  // namespace hepta::sampling
