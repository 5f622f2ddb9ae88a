#include "hepta/statistics/shapley_indices.hpp"

#include "batch_sums.hpp"

#include <cassert>

namespace hepta::statistics {
namespace {

double sum(std::span<const double> x)
{
    return sum_about(x, 0.0);
}

/// Mean and variance of the outputs of both draws.
void add_moments(std::span<const ShapleyValues> batches, ShapleyIndices& out)
{
    double n = 0.0;
    for (const ShapleyValues& batch : batches) {
        n += 2.0 * static_cast<double>(batch.first.size());
    }
    // Twice: the second center is near enough to lose no digits.
    out.mean = batches[0].first[0];
    for (int pass = 0; pass < 2; ++pass) {
        double beyond = 0.0;
        for (const ShapleyValues& batch : batches) {
            beyond += sum_about(batch.first, out.mean) +
                      sum_about(batch.second, out.mean);
        }
        out.mean += beyond / n;
    }
    for (const ShapleyValues& batch : batches) {
        out.variance += (squares_about(batch.first, out.mean) +
                         squares_about(batch.second, out.mean)) /
                        n;
    }
}

}  // namespace

ShapleyIndices shapley_indices(std::span<const ShapleyValues> batches,
                               double confidence)
{
    assert(!batches.empty() && batches[0].first.size() >= 2);
    ShapleyIndices indices;
    add_moments(batches, indices);
    for (std::size_t g = 0; g < batches[0].gains.size(); ++g) {
        const bool has_sets = !batches[0].alone.empty();
        BatchRatio effect, first, total;
        for (const ShapleyValues& batch : batches) {
            const double all =
                0.5 * squared_differences(batch.first, batch.second);
            effect.add(sum(batch.gains[g]), all);
            if (has_sets) {
                first.add(all - sum(batch.alone[g]), all);
                total.add(sum(batch.others[g]), all);
            }
        }
        indices.effect.push_back(effect.ratio(confidence));
        if (has_sets) {
            indices.first_order.push_back(first.ratio(confidence));
            indices.total.push_back(total.ratio(confidence));
        }
    }
    return indices;
}

}  // namespace hepta::statistics
