#include "small_state.hpp"

#include "hepta/campaign/result.hpp"
#include "hepta/statistics/cell.hpp"
#include "statistics/axis.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace hepta::fuzz {
namespace {

namespace bin = statistics::bin;

constexpr std::uint32_t n_inner_now = 64;

io::Group& group_of(io::Tree& tree, std::string_view name)
{
    (void)tree.group(name);  // throws if there is none
    for (io::Group& group : tree.groups) {
        if (group.name == name) {
            return group;
        }
    }
    return tree.groups.front();
}

template <class T>
std::vector<T>& values_of(io::Group& group, std::string_view name)
{
    (void)group.variable(name);
    for (io::Variable& variable : group.variables) {
        if (variable.name == name) {
            return std::get<std::vector<T>>(variable.values);
        }
    }
    return std::get<std::vector<T>>(group.variables.front().values);
}

/// Bin of a cell of fewer inner bins that takes over bin `b`.
std::uint32_t bin_now(std::uint32_t b, std::uint32_t n_inner)
{
    if (b < bin::first_inner) {
        return b;
    }
    const std::uint32_t inner = b - bin::first_inner;
    return inner < n_inner ? bin::first_inner + inner / (n_inner / n_inner_now)
                           : bin::first_inner + n_inner_now + (inner - n_inner);
}

/// The axis of a cell in wider bins.
void shrink_axis(io::Group& state, std::size_t cell, std::uint32_t n_inner)
{
    const double ratio = static_cast<double>(n_inner / n_inner_now);
    const auto number = [&](const std::string& name) -> double& {
        return values_of<double>(state, "plan_" + name)[cell];
    };
    statistics::CellPlan plan;
    plan.n_inner = n_inner_now;
    for (int k = 0; k < statistics::CellPlan::n_terms; ++k) {
        const std::string term = "_" + std::to_string(k);
        plan.bins_per_t[k] = number("bins_per_t" + term) /= ratio;
        plan.origin[k] = number("origin" + term);
        plan.delta[k] = number("delta" + term);
    }
    double& offset = number("offset");
    offset = bin::first_inner + (offset - bin::first_inner) / ratio;
    plan.offset = offset;
    plan.low = number("low");
    plan.high = number("high");
    number("low") = statistics::lower_edge(plan, bin::first_inner);
    number("high") =
        statistics::lower_edge(plan, bin::first_inner + n_inner_now);
}

template <class T>
T attribute(const io::Group& group, std::string_view name)
{
    const T* value = std::get_if<T>(&group.attribute(name));
    return value == nullptr ? T{} : *value;
}

}  // namespace

void shrink(io::Tree& tree)
{
    io::Group& state = group_of(tree, "state");
    auto& n_inner = values_of<std::uint32_t>(state, "plan_n_inner");
    auto& counts = values_of<std::uint64_t>(state, "counts");
    std::vector<std::uint64_t> fewer(n_inner.size() * bin::count(n_inner_now));
    std::size_t from = 0;
    std::size_t to = 0;
    for (std::size_t cell = 0; cell < n_inner.size(); ++cell) {
        for (std::uint32_t b = 0; b < bin::count(n_inner[cell]); ++b) {
            fewer[to + bin_now(b, n_inner[cell])] += counts[from + b];
        }
        from += bin::count(n_inner[cell]);
        to += bin::count(n_inner_now);
        shrink_axis(state, cell, n_inner[cell]);
        n_inner[cell] = n_inner_now;
    }
    counts = std::move(fewer);
    for (io::Dimension& dimension : state.dimensions) {
        if (dimension.name == "bin") {
            dimension.unlabelled = counts.size();
        }
    }
    hash_anew(tree);
}

void hash_anew(io::Tree& tree)
{
    io::Group& provenance = group_of(tree, "provenance");
    const std::string hash = campaign::result_hash(
        tree.group("state"),
        {attribute<std::string>(provenance, "config_sha256"),
         attribute<std::int64_t>(provenance, "seed"),
         attribute<std::string>(provenance, "design"),
         attribute<std::int64_t>(provenance, "model_version")});
    for (auto& [name, value] : provenance.attributes) {
        if (name == "result_hash") {
            value = hash;
        }
    }
}

}  // namespace hepta::fuzz
