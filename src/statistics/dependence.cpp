#include "dependence.hpp"

#include "ranking.hpp"

#include <cmath>
#include <limits>

namespace hepta::statistics {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// One number for each output of a block.
struct alignas(64) Row
{
    double of[block_width] = {};

    Row& operator+=(const Row& other)
    {
        for (std::size_t o = 0; o < block_width; ++o) {
            of[o] += other.of[o];
        }
        return *this;
    }
};

/// Counts and sums of the outputs within bins of the input.
struct BinSums
{
    explicit BinSums(std::uint32_t n_bins) : count(n_bins), sum(n_bins) {}

    std::vector<std::uint32_t> count;
    std::vector<Row> sum;
    Row squares;  // over all bins
    std::uint64_t n = 0;

    void add(const RankedInput& input,
             const OutputBlock& block,
             std::size_t begin,
             std::size_t end)
    {
        for (std::size_t i = begin; i < end; ++i) {
            const std::uint16_t b = input.bin[i];
            ++count[b];
            const double* value = block.value.data() + i * block_width;
            Row& bin_sum = sum[b];
            for (std::size_t o = 0; o < block_width; ++o) {
                bin_sum.of[o] += value[o];
                squares.of[o] += value[o] * value[o];
            }
        }
        n += end - begin;
    }
    template <class Add>
    void combine(const BinSums& other, Add add)
    {
        for (std::size_t b = 0; b < sum.size(); ++b) {
            count[b] = add(count[b], other.count[b]);
            for (std::size_t o = 0; o < block_width; ++o) {
                sum[b].of[o] = add(sum[b].of[o], other.sum[b].of[o]);
            }
        }
        for (std::size_t o = 0; o < block_width; ++o) {
            squares.of[o] = add(squares.of[o], other.squares.of[o]);
        }
        n = add(n, other.n);
    }

    /// First-order index of each output.
    [[nodiscard]] Row indices() const
    {
        Row between, total;
        std::uint32_t used = 0;
        for (std::size_t b = 0; b < sum.size(); ++b) {
            if (count[b] == 0) {
                continue;
            }
            ++used;
            const double per_count = 1.0 / count[b];
            for (std::size_t o = 0; o < block_width; ++o) {
                total.of[o] += sum[b].of[o];
                between.of[o] += sum[b].of[o] * sum[b].of[o] * per_count;
            }
        }
        const auto samples = static_cast<double>(n);
        const double correction = (samples - 1.0) / (samples - used);
        Row index;
        for (std::size_t o = 0; o < block_width; ++o) {
            const double all =
                squares.of[o] - total.of[o] * total.of[o] / samples;
            const double within = squares.of[o] - between.of[o];
            index.of[o] =
                all > 0.0 && used > 1 ? 1.0 - correction * within / all : nan;
        }
        return index;
    }
};

}  // namespace

RankedInput::RankedInput(std::span<const double> x,
                         const GivenDataOptions& options)
    : doubled_rank(doubled_ranks(x)),
      bin(classes_of(doubled_rank, options.n_bins)),
      condition(classes_of(doubled_rank, options.n_conditions))
{
}

void add_first_order(const RankedInput& input,
                     const OutputBlock& block,
                     const GivenDataOptions& options,
                     std::span<Dependence> out)
{
    const std::size_t n = input.bin.size(), n_groups = options.n_groups;
    std::vector<BinSums> groups;
    BinSums all(options.n_bins);
    for (std::size_t g = 0; g < n_groups; ++g) {
        groups.emplace_back(options.n_bins);
        groups.back().add(
            input, block, g * n / n_groups, (g + 1) * n / n_groups);
        all.combine(groups.back(), [](auto a, auto b) { return a + b; });
    }
    const Row index = all.indices();
    // The jackknife: what leaving a group out changes.
    std::vector<Row> without;
    Row mean;
    for (const BinSums& group : groups) {
        BinSums rest = all;
        rest.combine(group, [](auto a, auto b) { return a - b; });
        without.push_back(rest.indices());
        mean += without.back();
    }
    const auto count = static_cast<double>(n_groups);
    for (std::size_t o = 0; o < out.size(); ++o) {
        double squares = 0.0;
        for (const Row& row : without) {
            const double deviation = row.of[o] - mean.of[o] / count;
            squares += deviation * deviation;
        }
        out[o].first_order =
            student_interval(index.of[o],
                             std::sqrt((count - 1.0) / count * squares),
                             n_groups - 1,
                             options.confidence);
    }
}

}  // namespace hepta::statistics
