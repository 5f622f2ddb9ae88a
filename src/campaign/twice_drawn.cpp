#include "twice_drawn.hpp"

#include "hepta/core/error.hpp"
#include "hepta/parallel/threads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <utility>

namespace hepta::campaign {

PointValues::PointValues(std::size_t n_kinds,
                         std::size_t n_outputs,
                         const SaltelliOptions& options)
    : n_outputs_(n_outputs),
      n_(options.n_points),
      n_sets_(options.kind == sampling::SamplerKind::sobol
                  ? options.n_randomisations
                  : n_batches),
      bits_(n_kinds * n_outputs * n_)
{
}

void PointValues::put(std::size_t kind,
                      std::size_t output,
                      std::uint64_t first,
                      const double* row)
{
    for (std::size_t i = 0; i < tile_lanes; ++i) {
        // set by set, so that each batch is one stretch
        const std::uint64_t s = first + i;
        const std::uint64_t at = s % n_sets_ * (n_ / n_sets_) + s / n_sets_;
        bits_[(kind * n_outputs_ + output) * n_ + at] =
            std::bit_cast<std::uint64_t>(row[i]);
    }
}

void PointValues::reduce(const parallel::Communicator& comm)
{
    comm.sum_to_root(std::span(bits_));  // the other ranks have 0
    values_.resize(bits_.size());
    std::transform(
        bits_.begin(), bits_.end(), values_.begin(), [](std::uint64_t b) {
            return std::bit_cast<double>(b);
        });
}

std::span<const double> PointValues::of(std::size_t kind,
                                        std::size_t output) const
{
    return std::span(values_).subspan((kind * n_outputs_ + output) * n_, n_);
}

std::span<const double> PointValues::of(std::size_t kind,
                                        std::size_t output,
                                        std::uint32_t batch) const
{
    const std::uint64_t n = n_ / n_batches;
    return of(kind, output).subspan(batch * n, n);
}

sampling::Design make_design(sampling::DesignSpec twice,
                             const sampling::DesignSpec& single,
                             const SaltelliOptions& options,
                             const std::vector<std::string>& order,
                             InstructionSet set)
{
    sampling::SamplerPlan plan;
    plan.kind = options.kind;
    plan.n_randomisations = options.n_randomisations;
    if (options.kind == sampling::SamplerKind::sobol) {
        std::vector<std::string> names = order;
        if (names.empty()) {
            for (const sampling::Input& input : single.inputs) {
                names.push_back(input.name);
            }
        }
        for (const std::string& name : names) {
            plan.order.push_back(name);
            plan.order.push_back(name + "'");
        }
    }
    return {std::move(twice), options.seed, set, plan};
}

void check_size(const SaltelliOptions& options)
{
    const std::uint64_t unit = n_batches * tile_lanes;
    const bool is_sobol = options.kind == sampling::SamplerKind::sobol;
    if (options.n_points < unit || options.n_points % unit != 0 ||
        (is_sobol && !std::has_single_bit(options.n_points))) {
        throw InputError(
            fmt::format("command line: --samples {} is not a {} {}\n  hint: "
                        "--samples {}",
                        options.n_points,
                        is_sobol ? "power of 2 from" : "multiple of",
                        unit,
                        std::bit_ceil(std::max(options.n_points, unit))));
    }
    if (options.n_randomisations > n_batches ||
        !std::has_single_bit(options.n_randomisations)) {
        throw InputError(
            fmt::format("command line: --randomisations {} is not 1, 2, 4, 8 "
                        "or {}",
                        options.n_randomisations,
                        n_batches));
    }
}

void for_each_tile(
    const SaltelliOptions& options,
    const parallel::Communicator& comm,
    const std::function<void(int thread, std::uint64_t first)>& body)
{
    const std::uint64_t n_tiles = options.n_points / tile_lanes;
    const auto n_ranks = static_cast<std::uint64_t>(comm.size());
    const auto rank = static_cast<std::uint64_t>(comm.rank());
    const std::uint64_t n_mine = (n_tiles + n_ranks - 1 - rank) / n_ranks;
    parallel::for_each(
        options.n_threads, n_mine, [&](int thread, std::size_t k) {
            body(thread, (k * n_ranks + rank) * tile_lanes);
        });
}

}  // namespace hepta::campaign
