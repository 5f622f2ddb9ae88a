#include "hepta/campaign/shapley.hpp"

#include "hepta/campaign/side_outputs.hpp"
#include "hepta/core/error.hpp"
#include "hepta/statistics/shapley.hpp"
#include "known_groups.hpp"
#include "simulate_outputs.hpp"
#include "twice_drawn.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <numeric>
#include <utility>
#include <variant>

namespace hepta::campaign {
namespace {

/// Numbers kept of each point: the outputs of both draws, what each group
/// gains, and of `subsets` what is left with it alone, and without it alone.
struct Kinds
{
    std::size_t n_groups = 0;
    bool has_sets = false;

    static constexpr std::size_t first = 0, second = 1;
    [[nodiscard]] std::size_t gain(std::size_t g) const { return 2 + g; }
    [[nodiscard]] std::size_t alone(std::size_t g) const
    {
        return 2 + n_groups + g;
    }
    [[nodiscard]] std::size_t others(std::size_t g) const
    {
        return 2 + 2 * n_groups + g;
    }
    [[nodiscard]] std::size_t count() const
    {
        return 2 + (has_sets ? 3 : 1) * n_groups;
    }
};

/// Name and row of the number that decides when a group becomes known.
sampling::Input place_in_order(std::size_t group, std::size_t first_row)
{
    return {.name = fmt::format("order/{}", group),
            .distribution = sampling::Uniform{},
            .row = static_cast<std::uint32_t>(first_row + group)};
}

sampling::DesignSpec drawn_twice(const sampling::DesignSpec& single,
                                 ShapleyMethod method,
                                 std::size_t n_groups)
{
    sampling::DesignSpec twice = doubled(single);
    if (method == ShapleyMethod::orders) {
        const std::size_t first_row = twice.n_rows;
        for (std::size_t g = 0; g < n_groups; ++g) {
            twice.inputs.push_back(place_in_order(g, first_row));
            ++twice.n_rows;
        }
    }
    return twice;
}

/// [output][lane]
using Row = std::array<double, tile_lanes>;
using Rows = std::vector<Row>;

/// Half the squared differences.
void differences(const Rows& a, const Rows& b, Rows& d)
{
    for (std::size_t o = 0; o < a.size(); ++o) {
        for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
            const double x = a[o][lane] - b[o][lane];
            d[o][lane] = 0.5 * x * x;
        }
    }
}

/// Evaluates the points of one tile after the other.
class Evaluator
{
  public:
    Evaluator(const Engine& engine,
              const sampling::Design& design,
              const std::vector<HeadlineOutput>& outputs,
              const std::vector<InputGroup>& groups,
              ShapleyMethod method,
              PointValues& values)
        : engine_(engine),
          outputs_(outputs),
          n_groups_(groups.size()),
          method_(method),
          kinds_{groups.size(), method == ShapleyMethod::subsets},
          values_(values),
          worker_(engine.make_worker()),
          inputs_(engine.design().spec(), design, groups),
          weights_(statistics::shapley_weights(
              static_cast<std::uint32_t>(groups.size()))),
          first_(outputs.size()),
          y_(outputs.size()),
          d_(outputs.size()),
          before_(outputs.size()),
          gains_(groups.size(), Rows(outputs.size())),
          left_(gains_)
    {
    }

    void evaluate(std::uint64_t first)
    {
        inputs_.draw(first);
        std::vector<std::uint32_t> known(n_groups_, ~0U);
        simulate(known, first_);
        put(Kinds::first, first, first_);
        clear(gains_);
        std::fill(known.begin(), known.end(), 0U);
        simulate(known, y_);
        put(Kinds::second, first, y_);
        differences(first_, y_, d_);
        if (method_ == ShapleyMethod::subsets) {
            walk_sets(first);
        } else {
            walk_orders();
        }
        for (std::size_t g = 0; g < n_groups_; ++g) {
            put(kinds_.gain(g), first, gains_[g]);
        }
    }

  private:
    /// Every set of groups but that of all, whose difference is 0.
    void walk_sets(std::uint64_t first)
    {
        const std::size_t all = (std::size_t{1} << n_groups_) - 1;
        std::vector<std::uint32_t> known(n_groups_);
        clear(left_);
        for (std::size_t u = 0; u < all; ++u) {
            for (std::size_t g = 0; g < n_groups_; ++g) {
                known[g] = (u >> g & 1U) != 0 ? ~0U : 0U;
            }
            if (u != 0) {
                simulate(known, y_);
                differences(first_, y_, d_);
            }
            add_set(u);
            if (std::has_single_bit(u)) {
                put(kinds_.alone(index_of_bit(u)), first, d_);
            }
            if (std::has_single_bit(all ^ u)) {
                put(kinds_.others(index_of_bit(all ^ u)), first, d_);
            }
        }
        for (std::size_t g = 0; g < n_groups_; ++g) {
            for (std::size_t o = 0; o < outputs_.size(); ++o) {
                for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
                    gains_[g][o][lane] -= left_[g][o][lane];
                }
            }
        }
    }

    static void clear(std::vector<Rows>& of_groups)
    {
        for (Rows& rows : of_groups) {
            std::fill(rows.begin(), rows.end(), Row{});
        }
    }

    static std::size_t index_of_bit(std::size_t bit)
    {
        return static_cast<std::size_t>(std::countr_zero(bit));
    }

    /// What is left with the groups of u known: each group outside takes from
    /// it, each inside has taken what was left before down to it. Both are
    /// added up apart, and in the same order: a group that changes nothing
    /// gains 0 without a rest of rounding.
    void add_set(std::size_t u)
    {
        const auto n_known = static_cast<std::size_t>(std::popcount(u));
        for (std::size_t g = 0; g < n_groups_; ++g) {
            const bool is_known = (u >> g & 1U) != 0;
            const double weight = weights_[is_known ? n_known - 1 : n_known];
            Rows& sums = is_known ? left_[g] : gains_[g];
            for (std::size_t o = 0; o < outputs_.size(); ++o) {
                for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
                    sums[o][lane] += weight * d_[o][lane];
                }
            }
        }
    }

    /// Every lane its own order; all groups become known in the end.
    void walk_orders()
    {
        std::vector<std::array<std::size_t, tile_lanes>> order(n_groups_);
        std::vector<std::size_t> sorted(n_groups_);
        for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
            std::iota(sorted.begin(), sorted.end(), std::size_t{0});
            std::stable_sort(sorted.begin(),
                             sorted.end(),
                             [&](std::size_t a, std::size_t b) {
                                 return inputs_.place_in_order(a, lane) <
                                        inputs_.place_in_order(b, lane);
                             });
            for (std::size_t k = 0; k < n_groups_; ++k) {
                order[k][lane] = sorted[k];
            }
        }
        std::vector<std::uint32_t> known(n_groups_, 0U);
        for (std::size_t k = 0; k < n_groups_; ++k) {
            std::swap(before_, d_);
            for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
                known[order[k][lane]] |= 1U << lane;
            }
            if (k + 1 < n_groups_) {
                simulate(known, y_);
                differences(first_, y_, d_);
            } else {
                std::fill(d_.begin(), d_.end(), Row{});
            }
            for (std::size_t o = 0; o < outputs_.size(); ++o) {
                for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
                    gains_[order[k][lane]][o][lane] =
                        before_[o][lane] - d_[o][lane];
                }
            }
        }
    }

    void simulate(const std::vector<std::uint32_t>& known, Rows& y)
    {
        inputs_.take(known, worker_.inputs);
        simulate_outputs(
            engine_, worker_, outputs_, [&](std::size_t o, const double* row) {
                std::copy_n(row, tile_lanes, y[o].begin());
            });
    }

    void put(std::size_t kind, std::uint64_t first, const Rows& rows)
    {
        for (std::size_t o = 0; o < rows.size(); ++o) {
            values_.put(kind, o, first, rows[o].data());
        }
    }

    const Engine& engine_;
    const std::vector<HeadlineOutput>& outputs_;
    std::size_t n_groups_;
    ShapleyMethod method_;
    Kinds kinds_;
    PointValues& values_;
    Engine::Worker worker_;
    KnownGroups inputs_;
    std::vector<double> weights_;
    Rows first_, y_, d_, before_;
    std::vector<Rows> gains_, left_;
};

std::vector<statistics::ShapleyValues> batches_of(const PointValues& values,
                                                  std::size_t output,
                                                  const Kinds& kinds)
{
    std::vector<statistics::ShapleyValues> batches;
    for (std::uint32_t b = 0; b < n_batches; ++b) {
        statistics::ShapleyValues batch;
        batch.first = values.of(Kinds::first, output, b);
        batch.second = values.of(Kinds::second, output, b);
        for (std::size_t g = 0; g < kinds.n_groups; ++g) {
            batch.gains.push_back(values.of(kinds.gain(g), output, b));
            if (kinds.has_sets) {
                batch.alone.push_back(values.of(kinds.alone(g), output, b));
                batch.others.push_back(values.of(kinds.others(g), output, b));
            }
        }
        batches.push_back(std::move(batch));
    }
    return batches;
}

}  // namespace

std::vector<InputGroup> with_others(const sampling::DesignSpec& design,
                                    const model::Spec& model,
                                    std::vector<InputGroup> groups)
{
    InputGroup others{"others", {}};
    for (const sampling::Input& input : design.inputs) {
        const InputGroup* owner = nullptr;
        for (const InputGroup& group : groups) {
            if (!std::binary_search(
                    group.rows.begin(), group.rows.end(), input.row)) {
                continue;
            }
            if (owner != nullptr) {
                throw InputError(fmt::format(
                    "command line: input '{}' is in the groups '{}' and '{}'\n"
                    "  hint: Shapley effects need groups that have nothing in "
                    "common",
                    input.name,
                    owner->name,
                    group.name));
            }
            owner = &group;
        }
        const bool varies =
            !std::holds_alternative<sampling::Fixed>(input.distribution);
        if (owner == nullptr && varies && !is_side_input(input, model)) {
            others.rows.push_back(input.row);
        }
    }
    if (!others.rows.empty()) {
        add_knots(design, others);
        groups.push_back(std::move(others));
    }
    return groups;
}

std::uint64_t samples_of_point(ShapleyMethod method, std::size_t n_groups)
{
    if (method == ShapleyMethod::orders) {
        return n_groups + 1;
    }
    if (n_groups > statistics::max_groups) {
        throw InputError(fmt::format(
            "command line: --shapley=subsets of {} groups would take 2^{} "
            "samples a point\n  hint: at most {} groups, or --shapley=orders",
            n_groups,
            n_groups,
            statistics::max_groups));
    }
    return std::uint64_t{1} << n_groups;
}

std::vector<statistics::ShapleyIndices> shapley_indices(
    const Engine& engine,
    const std::vector<HeadlineOutput>& outputs,
    const std::vector<InputGroup>& groups,
    ShapleyMethod method,
    const SaltelliOptions& options,
    const std::vector<std::string>& order,
    const parallel::Communicator& comm)
{
    assert(!groups.empty() && samples_of_point(method, groups.size()) > 1);
    check_size(options);
    const sampling::DesignSpec& single = engine.design().spec();
    const sampling::Design design =
        make_design(drawn_twice(single, method, groups.size()),
                    single,
                    options,
                    order,
                    engine.instruction_set());
    const Kinds kinds{groups.size(), method == ShapleyMethod::subsets};
    PointValues values(kinds.count(), outputs.size(), options);
    std::vector<Evaluator> evaluators;
    for (int i = 0; i < options.n_threads; ++i) {
        evaluators.emplace_back(
            engine, design, outputs, groups, method, values);
    }
    for_each_tile(options, comm, [&](int thread, std::uint64_t first) {
        evaluators[static_cast<std::size_t>(thread)].evaluate(first);
    });
    values.reduce(comm);
    std::vector<statistics::ShapleyIndices> indices;
    for (std::size_t o = 0; comm.is_root() && o < outputs.size(); ++o) {
        indices.push_back(statistics::shapley_indices(
            batches_of(values, o, kinds), options.confidence));
    }
    return indices;
}

}  // namespace hepta::campaign
