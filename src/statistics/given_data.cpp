#include "hepta/statistics/given_data.hpp"

#include "dependence.hpp"
#include "hepta/core/error.hpp"
#include "ranking.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <string>

namespace hepta::statistics {
namespace {

/// Mean 0 and variance 1 (n in the denominator); all 0 if constant.
std::vector<double> standardised(std::span<const double> values)
{
    const auto n = static_cast<double>(values.size());
    double mean = values[0], variance = 0.0;
    for (int pass = 0; pass < 2; ++pass) {
        double sum = 0.0;
        for (const double x : values) {
            sum += x - mean;
        }
        mean += sum / n;
    }
    for (const double x : values) {
        variance += (x - mean) * (x - mean) / n;
    }
    const double scale = variance > 0.0 ? 1.0 / std::sqrt(variance) : 0.0;
    std::vector<double> result(values.size());
    std::transform(values.begin(), values.end(), result.begin(), [=](double x) {
        return (x - mean) * scale;
    });
    return result;
}

OutputBlock make_block(std::span<const std::span<const double>> outputs)
{
    const std::size_t n = outputs[0].size();
    OutputBlock block;
    block.n_outputs = outputs.size();
    block.value = AlignedArray<double>(n * block_width);
    block.centered_rank = AlignedArray<float>(n * block_width);
    block.output_class = AlignedArray<std::uint8_t>(n * block_width);
    for (std::size_t o = 0; o < outputs.size(); ++o) {
        const std::vector<double> value = standardised(outputs[o]);
        const std::vector<std::uint32_t> ranks = doubled_ranks(outputs[o]);
        const auto classes = classes_of(ranks, n_output_classes);
        const std::int64_t center = static_cast<std::int64_t>(n) + 1;
        for (std::size_t i = 0; i < n; ++i) {
            const auto rank = static_cast<float>(ranks[i] - center);
            block.value[i * block_width + o] = value[i];
            block.centered_rank[i * block_width + o] = rank;
            block.rank_squares[o] += static_cast<double>(rank) * rank;
            block.output_class[i * block_width + o] =
                static_cast<std::uint8_t>(classes[i]);
        }
    }
    return block;
}

void check(std::span<const std::span<const double>> outputs,
           const GivenDataOptions& options)
{
    for (const std::span<const double> output : outputs) {
        const std::size_t n = output.size();
        if (n != outputs[0].size()) {
            throw InputError("sensitivity: outputs of " + std::to_string(n) +
                             " and of " + std::to_string(outputs[0].size()) +
                             " samples");
        }
        if (n < 4 * std::size_t{options.n_bins}) {
            throw InputError(
                "sensitivity: " + std::to_string(n) + " samples for " +
                std::to_string(options.n_bins) +
                " bins\n  hint: at least 4 samples a bin are needed");
        }
    }
}

}  // namespace

struct GivenData::Impl
{
    GivenDataOptions options;
    std::vector<OutputBlock> blocks;
    std::size_t n_outputs = 0;
};

GivenData::GivenData(std::span<const std::span<const double>> outputs,
                     const GivenDataOptions& options)
    : impl_(std::make_unique<Impl>())
{
    check(outputs, options);
    impl_->options = options;
    impl_->n_outputs = outputs.size();
    for (std::size_t o = 0; o < outputs.size(); o += block_width) {
        impl_->blocks.push_back(make_block(
            outputs.subspan(o, std::min(block_width, outputs.size() - o))));
    }
}

GivenData::~GivenData() = default;
GivenData::GivenData(GivenData&&) noexcept = default;

std::vector<Dependence> GivenData::on(std::span<const double> x) const
{
    const GivenDataOptions& options = impl_->options;
    const RankedInput input(x, options);
    std::vector<Dependence> result;
    for (const OutputBlock& block : impl_->blocks) {
        assert(block.value.size() == x.size() * block_width);
        std::vector<Dependence> part(block.n_outputs);
        add_first_order(input, block, options, part);
        add_rank_correlation(input, block, options, part);
        add_distances(input, block, options, part);
        result.insert(result.end(), part.begin(), part.end());
    }
    return result;
}

Dependence dependence(std::span<const double> x,
                      std::span<const double> y,
                      const GivenDataOptions& options)
{
    return GivenData({&y, 1}, options).on(x).front();
}

}  // namespace hepta::statistics
