#include "quantile_at.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <sstream>

namespace hepta::sampling {
namespace {

template <class... Parts>
std::string text_of(const Parts&... parts)
{
    std::ostringstream out;
    (out << ... << parts);
    return out.str();
}

template <class... Numbers>
bool all_finite(Numbers... x)
{
    return (std::isfinite(x) && ...);
}

const std::string not_finite = "has a parameter that is not finite";

std::string range_problem(double low, double high)
{
    if (!all_finite(low, high)) {
        return not_finite;
    }
    if (low > high) {
        return text_of("low = ", low, " is above high = ", high);
    }
    return {};
}

/// Strictly; false if a number is NaN.
bool ascends(const std::vector<double>& x)
{
    return std::adjacent_find(x.begin(), x.end(), [](double a, double b) {
               return !(a < b);
           }) == x.end();
}

bool never_falls(const std::vector<double>& x)
{
    return std::adjacent_find(x.begin(), x.end(), [](double a, double b) {
               return !(a <= b);
           }) == x.end();
}

struct ProblemOf
{
    std::string operator()(const Fixed& d) const
    {
        return all_finite(d.value) ? "" : "value is not finite";
    }

    std::string operator()(const Uniform& d) const
    {
        return range_problem(d.low, d.high);
    }

    std::string operator()(const Triangular& d) const
    {
        if (!(d.low <= d.mode && d.mode <= d.high)) {
            return text_of(
                "mode = ", d.mode, " is outside [", d.low, ", ", d.high, "]");
        }
        return range_problem(d.low, d.high);
    }

    std::string operator()(const Normal& d) const
    {
        if (!all_finite(d.mean, d.sd)) {
            return not_finite;
        }
        return d.sd < 0.0 ? text_of("sd = ", d.sd, " is below 0") : "";
    }

    std::string operator()(const TruncatedNormal& d) const
    {
        if (!all_finite(d.mean, d.sd)) {
            return not_finite;
        }
        if (d.sd <= 0.0) {
            return text_of("sd = ", d.sd, " is not above 0");
        }
        if (!(d.low < d.high)) {
            return text_of("low = ", d.low, " is not below high = ", d.high);
        }
        // Further out, the mass between the bounds vanishes in doubles.
        const double nearest = std::clamp(d.mean, d.low, d.high);
        if (std::abs(nearest - d.mean) > 37.0 * d.sd) {
            return text_of("its bounds are more than 37 sd from mean = ",
                           d.mean);
        }
        return {};
    }

    std::string operator()(const Lognormal& d) const
    {
        if (!all_finite(d.median, d.sigma_low, d.sigma_high)) {
            return not_finite;
        }
        if (d.median <= 0.0) {
            return text_of("median = ", d.median, " is not above 0");
        }
        const double sigma = std::min(d.sigma_low, d.sigma_high);
        return sigma < 0.0 ? text_of("sigma = ", sigma, " is below 0") : "";
    }

    std::string operator()(const Beta& d) const
    {
        if (!all_finite(d.alpha, d.beta)) {
            return not_finite;
        }
        const double shape = std::min(d.alpha, d.beta);
        if (shape <= 0.0) {
            return text_of("shape = ", shape, " is not above 0");
        }
        return range_problem(d.low, d.high);
    }

    std::string operator()(const Discrete& d) const
    {
        if (d.value.empty() || d.value.size() != d.weight.size()) {
            return text_of("has ",
                           d.value.size(),
                           " values and ",
                           d.weight.size(),
                           " weights");
        }
        const double sum =
            std::accumulate(d.weight.begin(), d.weight.end(), 0.0);
        const bool positive = std::all_of(
            d.weight.begin(), d.weight.end(), [](double w) { return w > 0.0; });
        if (!positive || std::abs(sum - 1.0) > 1e-9) {
            return text_of(
                "weights are not positive or sum to ", sum, ", not 1");
        }
        return ascends(d.value) ? "" : "values do not ascend";
    }

    std::string operator()(const Empirical& d) const
    {
        const std::size_t n = d.value.size();
        if (n < 2 || d.probability.size() != n) {
            return text_of("has ",
                           d.probability.size(),
                           " probabilities and ",
                           n,
                           " values, needs 2 or more");
        }
        if (d.probability.front() != 0.0 || d.probability.back() != 1.0 ||
            !ascends(d.probability)) {
            return "probabilities do not ascend from 0 to 1";
        }
        if (!all_finite(d.value.front(), d.value.back()) ||
            !never_falls(d.value)) {
            return "values are not finite or fall";
        }
        return {};
    }
};

}  // namespace

std::string problem_of(const Distribution& distribution)
{
    return std::visit(ProblemOf{}, distribution);
}

}  // namespace hepta::sampling
