#include "score_table.hpp"

#include "quantile_at.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace hepta::sampling {
namespace {

constexpr std::size_t n = coefficients_per_piece;
using Coefficients = std::array<double, n>;  // lowest power first

/// Chebyshev-Lobatto point j of [-1, 1], ascending.
double node(std::size_t j)
{
    return -std::cos(std::numbers::pi * static_cast<double>(j) / (n - 1));
}

/// Powers of r = t / 2 from the values at the nodes.
Coefficients interpolate(const Coefficients& value)
{
    // Chebyshev coefficients by the discrete cosine transform.
    Coefficients chebyshev = {};
    for (std::size_t k = 0; k < n; ++k) {
        double sum = 0.0;
        for (std::size_t j = 0; j < n; ++j) {
            const double weight = j == 0 || j == n - 1 ? 0.5 : 1.0;
            sum += weight * value[j] *
                   std::cos(static_cast<double>(k) * std::acos(node(j)));
        }
        chebyshev[k] = sum * (k == 0 || k == n - 1 ? 1.0 : 2.0) / (n - 1);
    }

    // T_k as powers of t: T_{k+1} = 2 t T_k - T_{k-1}.
    Coefficients result = {}, previous = {0.0, 1.0}, current = {1.0};
    for (std::size_t k = 0; k < n; ++k) {
        Coefficients next = {};
        for (std::size_t power = 0; power < n; ++power) {
            result[power] += chebyshev[k] * std::ldexp(current[power],
                                                       static_cast<int>(power));
            next[power] =
                (power > 0 ? 2.0 * current[power - 1] : 0.0) - previous[power];
        }
        previous = current;
        current = next;
    }
    return result;
}

double at_score(const Distribution& distribution, double z)
{
    return quantile_at(distribution, tails_of_score(z));
}

}  // namespace

std::optional<ScoreTable> tabulate(const Distribution& distribution)
{
    const double range = at_score(distribution, score_limit) -
                         at_score(distribution, -score_limit);
    for (std::size_t n_pieces = 64; n_pieces <= 2048; n_pieces *= 2) {
        ScoreTable table = {n_pieces, {}};
        const double length = 2.0 * score_limit / static_cast<double>(n_pieces);
        double worst = 0.0;
        for (std::size_t piece = 0; piece < n_pieces; ++piece) {
            const double middle =
                (static_cast<double>(piece) + 0.5) * length - score_limit;
            Coefficients value = {};
            for (std::size_t j = 0; j < n; ++j) {
                value[j] =
                    at_score(distribution, middle + 0.5 * length * node(j));
            }
            const Coefficients c = interpolate(value);
            worst = std::max(worst,
                             std::abs(c[0] - at_score(distribution, middle)));
            table.coefficients.insert(
                table.coefficients.end(), c.rbegin(), c.rend());
        }
        if (worst <= 1e-13 * range) {
            return table;
        }
    }
    return std::nullopt;
}

}  // namespace hepta::sampling
