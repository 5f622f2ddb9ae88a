#include "hepta/statistics/sobol_indices.hpp"

#include "batch_sums.hpp"

#include <cassert>

namespace hepta::statistics {
namespace {

/// The mean of some values of all batches, as sums about a center near it.
template <class Values>
double mean_of(std::span<const SaltelliValues> batches,
               double center,
               Values values)
{
    double sum = 0.0;
    std::size_t n = 0;
    for (const SaltelliValues& batch : batches) {
        for (const std::span<const double> x : values(batch)) {
            sum += sum_about(x, center);
            n += x.size();
        }
    }
    return center + sum / static_cast<double>(n);
}

using Pair = std::vector<std::span<const double>>;

Estimate one_less(const Estimate& e)
{
    return {1.0 - e.value, 1.0 - e.upper, 1.0 - e.lower};
}

}  // namespace

SaltelliValues SaltelliValues::part(std::size_t first, std::size_t n) const
{
    SaltelliValues result{a.subspan(first, n), b.subspan(first, n), {}};
    for (const std::span<const double> x : ab) {
        result.ab.push_back(x.subspan(first, n));
    }
    return result;
}

std::vector<SaltelliValues> in_parts(const SaltelliValues& values,
                                     std::size_t n)
{
    const std::size_t size = values.a.size() / n;
    std::vector<SaltelliValues> parts;
    for (std::size_t i = 0; i < n; ++i) {
        parts.push_back(values.part(i * size, size));
    }
    return parts;
}

SobolIndices sobol_indices(std::span<const SaltelliValues> batches,
                           double confidence)
{
    assert(!batches.empty() && batches[0].a.size() >= 2);
    const auto n = static_cast<double>(batches[0].a.size());
    SobolIndices indices;
    // Twice: the second center is near enough to lose no digits.
    indices.mean = batches[0].a[0];
    for (int pass = 0; pass < 2; ++pass) {
        indices.mean =
            mean_of(batches, indices.mean, [](const SaltelliValues& batch) {
                return Pair{batch.a, batch.b};
            });
    }
    std::vector<double> variance;
    for (const SaltelliValues& batch : batches) {
        variance.push_back((squares_about(batch.a, indices.mean) +
                            squares_about(batch.b, indices.mean)) /
                           (2.0 * n));
        indices.variance +=
            variance.back() / static_cast<double>(batches.size());
    }
    for (std::size_t i = 0; i < batches[0].ab.size(); ++i) {
        const double mean =
            mean_of(batches, indices.mean, [i](const SaltelliValues& batch) {
                return Pair{batch.b, batch.ab[i]};
            });
        BatchRatio rest, total;
        for (std::size_t r = 0; r < batches.size(); ++r) {
            const SaltelliValues& batch = batches[r];
            rest.add(squared_differences(batch.b, batch.ab[i]) / (2.0 * n),
                     (squares_about(batch.b, mean) +
                      squares_about(batch.ab[i], mean)) /
                         (2.0 * n));
            total.add(squared_differences(batch.a, batch.ab[i]) / (2.0 * n),
                      variance[r]);
        }
        indices.first_order.push_back(one_less(rest.ratio(confidence)));
        indices.total.push_back(total.ratio(confidence));
    }
    return indices;
}

}  // namespace hepta::statistics
