#include "hepta/statistics/replicates.hpp"

#include "coarse_counts.hpp"
#include "replicates_kernel.hpp"

#include <boost/math/distributions/students_t.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace hepta::statistics {
namespace {

constexpr double largest_q = 0x1p50;

/// Scalar twin of the kernel, for what it leaves.
void add_one(const CellPlan& plan, double x, std::size_t lane, LaneSums& sums)
{
    if (!std::isfinite(x)) {
        return;
    }
    const double q = std::nearbyint(
        std::clamp(std::fma(x, plan.scale, -plan.center * plan.scale),
                   -largest_q,
                   largest_q));
    const auto whole = static_cast<std::uint64_t>(static_cast<std::int64_t>(q) +
                                                  (std::int64_t{1} << 51));
    sums.high[lane] += whole >> 26;
    sums.low[lane] += whole & ((std::uint64_t{1} << 26) - 1);
}

/// Coarse counts in the order of values: the atom within its group.
struct InOrder
{
    std::vector<double> all;  ///< share of all samples at or below the end
    std::vector<std::vector<double>> each;  ///< the same of a randomisation
    std::vector<double> n;                  ///< samples of a randomisation
};

/// Shares below the ends of the coarse bins that lie in order: below, groups,
/// above. The atom is in the group that holds its value.
InOrder in_order(const CellPlan& plan,
                 std::span<const std::uint32_t> counts,
                 std::uint32_t n_randomisations)
{
    const std::uint32_t n_bins = coarse::count(plan.n_inner);
    CellPlan without_atom = plan;
    without_atom.atom_width = -1.0;
    const std::uint32_t atom_at =
        coarse::of_bin(plan.n_inner, bin_of(without_atom, plan.atom));
    const std::uint32_t n_ends = n_bins - 2;
    InOrder out;
    std::vector<std::uint64_t> total(n_ends, 0);
    for (std::uint32_t r = 0; r < n_randomisations; ++r) {
        const auto of_r = counts.subspan(std::size_t{r} * n_bins, n_bins);
        std::vector<double> below(n_ends);
        std::uint64_t sum = 0;
        for (std::uint32_t k = 0; k < n_ends; ++k) {
            const std::uint32_t b = k + 2;
            sum += of_r[b] + (b == atom_at ? of_r[1] : 0);
            total[k] += sum;
            below[k] = static_cast<double>(sum);
        }
        out.n.push_back(static_cast<double>(sum));
        for (double& value : below) {
            value /= std::max(out.n.back(), 1.0);
        }
        out.each.push_back(std::move(below));
    }
    for (const std::uint64_t sum : total) {
        out.all.push_back(
            static_cast<double>(sum) /
            static_cast<double>(std::max<std::uint64_t>(total.back(), 1)));
    }
    return out;
}

double student_quantile(std::size_t n, double confidence)
{
    const boost::math::students_t t(static_cast<double>(n - 1));
    return boost::math::quantile(t, 0.5 * (1.0 + confidence));
}

}  // namespace

std::uint32_t coarse::of_bin(std::uint32_t n_inner, std::uint32_t b) noexcept
{
    if (b < bin::first_outer) {
        return b;
    }
    if (b < bin::first_inner) {
        return 2;
    }
    const std::uint32_t inner = b - bin::first_inner;
    const std::uint32_t per_group = n_inner / n_groups(n_inner);
    return inner < n_inner ? first_group + inner / per_group
                           : first_group + n_groups(n_inner);
}

void count_replicates(const CellPlan& plan,
                      std::span<const std::uint16_t> bins,
                      std::uint64_t first_sample,
                      std::uint32_t n_randomisations,
                      std::uint32_t* counts) noexcept
{
    add_to_coarse(
        plan, bins, first_sample, n_randomisations, counts, [](std::size_t) {
            return std::uint32_t{1};
        });
}

void observe_replicates(InstructionSet set,
                        std::span<const CellPlan> plans,
                        std::span<const std::uint32_t> rows,
                        const Tile& outputs,
                        LaneRange lanes,
                        std::span<LaneSums> sums)
{
    assert(rows.size() == plans.size() && sums.size() == plans.size());
    const ReplicateArguments arguments{.plans = plans.data(),
                                       .rows = rows.data(),
                                       .n_cells = plans.size(),
                                       .outputs = outputs.data(),
                                       .sums = sums.data()};
    const auto rows_of_set = set == InstructionSet::avx512
                                 ? avx512::observe_replicate_rows
                                 : avx2::observe_replicate_rows;
    const bool full = lanes.begin == 0 && lanes.end == tile_lanes;
    for (std::size_t k = 0; k < plans.size(); ++k) {
        if (full) {
            k = rows_of_set(arguments, k);
            if (k == plans.size()) {
                break;
            }
        }
        const double* row = outputs.row(rows[k]);
        for (std::uint32_t lane = lanes.begin; lane < lanes.end; ++lane) {
            add_one(plans[k], row[lane], lane, sums[k]);
        }
    }
}

Limits student_limits(std::span<const double> values, double confidence)
{
    assert(values.size() >= 2);
    const auto n = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
    double squares = 0.0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
    }
    const double half = student_quantile(values.size(), confidence) *
                        std::sqrt(squares / (n * (n - 1.0)));
    return {mean - half, mean + half};
}

Limits mean_limits(const CellPlan& plan,
                   std::span<const Int128> sums,
                   std::span<const std::uint64_t> n,
                   double confidence)
{
    assert(sums.size() == n.size());
    std::vector<double> means;
    for (std::size_t r = 0; r < sums.size(); ++r) {
        if (n[r] == 0) {
            constexpr double nan = std::numeric_limits<double>::quiet_NaN();
            return {nan, nan};
        }
        const auto count = static_cast<Int128>(n[r]);
        const Int128 whole = sums[r] / count;
        const Int128 rest = sums[r] % count;
        means.push_back(static_cast<double>(whole) +
                        static_cast<double>(rest) / static_cast<double>(count));
    }
    const Limits q = student_limits(means, confidence);
    return {plan.center + q.lower / plan.scale,
            plan.center + q.upper / plan.scale};
}

RankLimits replicate_limits(const CellPlan& plan,
                            std::span<const std::uint32_t> coarse_counts,
                            std::uint32_t n_randomisations,
                            double p,
                            double confidence)
{
    const InOrder shares = in_order(plan, coarse_counts, n_randomisations);
    const double n = std::accumulate(shares.n.begin(), shares.n.end(), 0.0);
    if (n == 0.0) {
        return {};
    }
    const double wanted = p / 100.0;
    const auto at = static_cast<std::size_t>(
        std::lower_bound(shares.all.begin(), shares.all.end() - 1, wanted) -
        shares.all.begin());
    const auto below = [at](const std::vector<double>& share) {
        return at == 0 ? 0.0 : share[at - 1];
    };
    const double width = shares.all[at] - below(shares.all);
    const double part = (wanted - below(shares.all)) / width;
    std::vector<double> found;
    for (const auto& share : shares.each) {
        const double low = below(share);
        found.push_back(low + part * (share[at] - low));
    }
    const auto r = static_cast<double>(n_randomisations);
    const auto mean = std::accumulate(found.begin(), found.end(), 0.0) / r;
    double squares = 0.0;
    for (const double value : found) {
        squares += (value - mean) * (value - mean);
    }
    const double hidden = part * (1.0 - part) * width / n;
    const double half = student_quantile(n_randomisations, confidence) *
                        std::sqrt(squares / (r * (r - 1.0)) + hidden);
    const double low = std::floor((wanted - half) * n);
    const double high = std::ceil((wanted + half) * n) + 1.0;
    return {static_cast<std::uint64_t>(std::max(low, 0.0)),
            static_cast<std::uint64_t>(std::max(high, 1.0))};
}

}  // namespace hepta::statistics
