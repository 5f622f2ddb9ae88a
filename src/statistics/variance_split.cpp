#include "hepta/statistics/variance_split.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <vector>

namespace hepta::statistics {
namespace {

/// Positions of x in ascending order, cut into classes: where each begins, and
/// at last their number.
struct Classes
{
    std::vector<std::size_t> order;
    std::vector<std::size_t> begin;
};

Classes classes_of(std::span<const double> x, std::uint32_t n_classes)
{
    Classes out;
    out.order.resize(x.size());
    std::iota(out.order.begin(), out.order.end(), std::size_t{0});
    std::stable_sort(out.order.begin(),
                     out.order.end(),
                     [&](std::size_t a, std::size_t b) { return x[a] < x[b]; });
    for (std::size_t k = 0; k < x.size(); ++k) {
        if (k == 0 || x[out.order[k]] != x[out.order[k - 1]]) {
            out.begin.push_back(k);
        }
    }
    if (out.begin.size() > n_classes) {
        out.begin.clear();
        for (std::size_t c = 0; c < n_classes; ++c) {
            out.begin.push_back(c * x.size() / n_classes);
        }
    }
    out.begin.push_back(x.size());
    return out;
}

}  // namespace

VarianceSplit split_variance(std::span<const double> x,
                             std::span<const double> y,
                             std::uint32_t n_classes)
{
    const Classes classes = classes_of(x, n_classes);
    const auto n = static_cast<double>(y.size());
    const double mean = std::accumulate(y.begin(), y.end(), 0.0) / n;
    VarianceSplit out;
    double used = 0.0;
    for (std::size_t c = 0; c + 1 < classes.begin.size(); ++c) {
        const std::size_t begin = classes.begin[c];
        const std::size_t end = classes.begin[c + 1];
        if (begin == end) {
            continue;
        }
        used += 1.0;
        const auto n_class = static_cast<double>(end - begin);
        double sum = 0.0;
        for (std::size_t k = begin; k < end; ++k) {
            sum += y[classes.order[k]] - mean;
        }
        const double class_mean = sum / n_class;
        out.between += n_class / n * class_mean * class_mean;
        for (std::size_t k = begin; k < end; ++k) {
            const double value = y[classes.order[k]] - mean;
            out.total += value * value / n;
            out.within += (value - class_mean) * (value - class_mean) / n;
        }
    }
    if (!(out.total > 0.0)) {
        out.share = std::numeric_limits<double>::quiet_NaN();
    } else if (used > 1.0 && n > used) {
        out.share = 1.0 - (n - 1.0) / (n - used) * out.within / out.total;
    }
    return out;
}

}  // namespace hepta::statistics
