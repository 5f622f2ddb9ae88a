// Measures that see an output's ranks only: Spearman's correlation, and the
// distances between its distribution and the conditional ones.
#include "dependence.hpp"

#include <boost/math/distributions/normal.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace hepta::statistics {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Fisher's z with the variance of Bonett and Wright.
Estimate with_fisher_limits(double r, std::size_t n, double confidence)
{
    if (!(std::abs(r) < 1.0)) {
        return {r, r, r};
    }
    const double z = std::atanh(r);
    const double half =
        boost::math::quantile(boost::math::normal(), 0.5 * (1.0 + confidence)) *
        std::sqrt((1.0 + 0.5 * r * r) / (static_cast<double>(n) - 3.0));
    return {r, std::tanh(z - half), std::tanh(z + half)};
}

/// Classes of Borgonovo's densities: fewer than of the distribution function,
/// since the noise grows with the root of their number.
constexpr std::uint32_t n_density_classes = 16;
constexpr std::uint32_t classes_a_density =
    n_output_classes / n_density_classes;

/// Counts of samples by class of the input and of the output, for one output.
struct Table
{
    const std::uint32_t* counts;  // [n_conditions][n_output_classes]
    std::uint32_t n_conditions;
};

/// Counts of all samples by class of the output.
std::vector<double> whole(const Table& table)
{
    std::vector<double> sum(n_output_classes);
    for (std::uint32_t c = 0; c < table.n_conditions; ++c) {
        for (std::uint32_t k = 0; k < n_output_classes; ++k) {
            sum[k] += table.counts[c * n_output_classes + k];
        }
    }
    return sum;
}

/// How one condition's samples are distributed against all of them.
struct Distances
{
    double n = 0.0;  // samples of the condition
    double kolmogorov = 0.0, area = 0.0;
    double kolmogorov_noise = 0.0, area_noise = 0.0;
};

Distances distances_of(const std::uint32_t* counts,
                       const std::vector<double>& all,
                       double n_all)
{
    Distances d;
    for (std::uint32_t k = 0; k < n_output_classes; ++k) {
        d.n += counts[k];
    }
    if (d.n == 0.0) {
        return d;
    }
    // Variance of a share within the condition less that of all, over p (1 - p)
    const double variance = std::max(1.0 / d.n - 1.0 / n_all, 0.0);
    double below = 0.0, below_all = 0.0;
    for (std::uint32_t k = 0; k < n_output_classes; k += classes_a_density) {
        const double before = below, before_all = below_all;
        for (std::uint32_t i = k; i < k + classes_a_density; ++i) {
            below += counts[i] / d.n;
            below_all += all[i] / n_all;
            d.kolmogorov = std::max(d.kolmogorov, std::abs(below - below_all));
        }
        const double share = below_all - before_all;
        d.area += 0.5 * std::abs(below - before - share);
        d.area_noise += std::sqrt(0.5 * std::numbers::inv_pi * share *
                                  std::max(1.0 - share, 0.0) * variance);
    }
    // The mean of Kolmogorov's distribution.
    d.kolmogorov_noise =
        std::sqrt(0.5 * std::numbers::pi * variance) * std::numbers::ln2;
    return d;
}

void set_distances(const Table& table, Dependence& out)
{
    const std::vector<double> all = whole(table);
    double n_all = 0.0;
    for (const double count : all) {
        n_all += count;
    }
    std::vector<double> kolmogorov;
    out.pawn_largest = 0.0;
    for (std::size_t c = 0; c < table.n_conditions; ++c) {
        const Distances d =
            distances_of(table.counts + c * n_output_classes, all, n_all);
        if (d.n == 0.0) {
            continue;
        }
        kolmogorov.push_back(d.kolmogorov);
        out.pawn_noise += d.kolmogorov_noise;
        out.delta += d.area * d.n / n_all;
        out.delta_noise += d.area_noise * d.n / n_all;
    }
    std::sort(kolmogorov.begin(), kolmogorov.end());
    const std::size_t n = kolmogorov.size();
    out.pawn_median = 0.5 * (kolmogorov[(n - 1) / 2] + kolmogorov[n / 2]);
    out.pawn_largest = kolmogorov.back();
    out.pawn_noise /= static_cast<double>(n);
}

}  // namespace

void add_rank_correlation(const RankedInput& input,
                          const OutputBlock& block,
                          const GivenDataOptions& options,
                          std::span<Dependence> out)
{
    const std::size_t n = input.doubled_rank.size();
    const auto center = static_cast<std::int64_t>(n) + 1;
    double products[block_width] = {};
    double squares = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
        const auto rank = static_cast<double>(input.doubled_rank[i] - center);
        const float* of_output = block.centered_rank.data() + i * block_width;
        squares += rank * rank;
        for (std::size_t o = 0; o < block_width; ++o) {
            products[o] += rank * static_cast<double>(of_output[o]);
        }
    }
    for (std::size_t o = 0; o < out.size(); ++o) {
        const double scale =
            std::sqrt(squares) * std::sqrt(block.rank_squares[o]);
        out[o].rank_correlation = with_fisher_limits(
            scale > 0.0 ? std::clamp(products[o] / scale, -1.0, 1.0) : nan,
            n,
            options.confidence);
    }
}

void add_distances(const RankedInput& input,
                   const OutputBlock& block,
                   const GivenDataOptions& options,
                   std::span<Dependence> out)
{
    const std::size_t table_size =
        std::size_t{options.n_conditions} * n_output_classes;
    std::vector<std::uint32_t> counts(block_width * table_size);
    for (std::size_t i = 0; i < input.condition.size(); ++i) {
        std::uint32_t* row =
            counts.data() + std::size_t{input.condition[i]} * n_output_classes;
        const std::uint8_t* output_class =
            block.output_class.data() + i * block_width;
        for (std::size_t o = 0; o < block_width; ++o) {
            ++row[o * table_size + output_class[o]];
        }
    }
    for (std::size_t o = 0; o < out.size(); ++o) {
        set_distances({counts.data() + o * table_size, options.n_conditions},
                      out[o]);
    }
}

}  // namespace hepta::statistics
