/// \file
/// A slow design, one sample at a time, from Random123 and Boost.Math: the
/// oracle of the vector kernels.
#pragma once

#include "hepta/sampling/design.hpp"

#include <Random123/philox.h>
#include <boost/math/distributions/normal.hpp>

#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace hepta::sampling {

/// Output of Philox for the counter (c, id of `name`, purpose).
inline r123::Philox4x32::ctr_type twin_words(std::uint64_t seed,
                                             std::uint64_t c,
                                             std::string_view name,
                                             std::uint32_t purpose)
{
    return r123::Philox4x32()({{static_cast<std::uint32_t>(c),
                                static_cast<std::uint32_t>(c >> 32),
                                input_id(name),
                                purpose}},
                              {{static_cast<std::uint32_t>(seed),
                                static_cast<std::uint32_t>(seed >> 32)}});
}

/// The number k of a uniform draw of `name`, as documented with class Design.
inline std::uint64_t twin_number(std::uint64_t seed,
                                 std::uint64_t sample,
                                 std::string_view name,
                                 std::uint32_t purpose)
{
    const auto words =
        twin_words(seed, 8 * (sample / 16) + sample % 8, name, purpose);
    const std::size_t half = sample / 8 % 2 == 0 ? 0 : 2;
    return ((std::uint64_t{words[half + 1]} << 32) | words[half]) >> 12;
}

inline double twin_uniform(std::uint64_t k)
{
    return (static_cast<double>(k) + 0.5) * 0x1p-52;
}

inline double twin_uniform(std::uint64_t seed,
                           std::uint64_t sample,
                           std::string_view name)
{
    return twin_uniform(twin_number(seed, sample, name, 0));
}

inline double twin_score(double u)
{
    const boost::math::normal normal;
    return u < 0.5 ? quantile(normal, u)
                   : quantile(complement(normal, 1.0 - u));
}

inline double twin_probability(double z)
{
    return boost::math::cdf(boost::math::normal(), z);
}

/// Scores of all correlated names: blocks by a textbook Cholesky, then
/// loadings.
inline std::map<std::string, double> twin_scores(const DesignSpec& spec,
                                                 std::uint64_t seed,
                                                 std::uint64_t sample)
{
    const auto own = [&](const std::string& name) {
        return twin_score(twin_uniform(seed, sample, name));
    };
    std::map<std::string, double> scores;
    for (const CorrelatedBlock& block : spec.blocks) {
        const std::size_t n = block.members.size();
        std::vector<double> factor(n * n, 0.0);
        for (std::size_t i = 0; i < n; ++i) {
            double score = 0.0;
            for (std::size_t j = 0; j <= i; ++j) {
                double rest = block.correlation[i * n + j];
                for (std::size_t k = 0; k < j; ++k) {
                    rest -= factor[i * n + k] * factor[j * n + k];
                }
                factor[i * n + j] =
                    i == j ? std::sqrt(rest) : rest / factor[j * n + j];
                score += factor[i * n + j] * own(block.members[j]);
            }
            scores[block.members[i]] = score;
        }
    }
    for (const FactorLoading& l : spec.loadings) {
        if (!scores.contains(l.factor)) {
            scores[l.factor] = own(l.factor);
        }
        scores[l.input] = l.loading * scores[l.factor] +
                          std::sqrt(1.0 - l.loading * l.loading) * own(l.input);
    }
    return scores;
}

/// All rows of the input tile for one sample.
inline std::vector<double> twin_draw(const DesignSpec& spec,
                                     std::uint64_t seed,
                                     std::uint64_t sample)
{
    const auto scores = twin_scores(spec, seed, sample);
    std::vector<double> row(spec.n_rows, 0.0);
    for (const Input& input : spec.inputs) {
        const auto score = scores.find(input.name);
        const double u = score == scores.end()
                             ? twin_uniform(seed, sample, input.name)
                             : twin_probability(score->second);
        row[input.row] = quantile(input.distribution, u);
    }
    for (const PathKnot& knot : spec.knots) {
        row[knot.row] = quantile(knot.distribution, row[knot.quantile_row]);
    }
    return row;
}

}  // namespace hepta::sampling
