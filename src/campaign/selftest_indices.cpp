#include "selftest_indices.hpp"

#include "broadcast.hpp"
#include "hepta/campaign/saltelli.hpp"

#include <algorithm>
#include <numeric>
#include <string>

namespace hepta::campaign {
namespace {

constexpr std::uint64_t n_points = std::uint64_t{1} << 16;
/// Of one net of these many points: see the header.
constexpr double standard_error = 2e-4;

bool has_indices(const functions::TestFunction& function)
{
    return std::any_of(function.references.begin(),
                       function.references.end(),
                       [](const functions::Reference& known) {
                           return known.quantity.starts_with("first_order/");
                       });
}

/// The inputs by falling total index, found from plain samples: the order of
/// the columns, which small errors of a net depend on (collective).
std::vector<std::string> by_importance(const Engine& engine,
                                       const std::vector<InputGroup>& inputs,
                                       const SelftestOptions& options,
                                       const parallel::Communicator& comm)
{
    SaltelliOptions pilot;
    pilot.seed = pilot_seed;
    pilot.n_threads = options.n_threads;
    const auto found =
        saltelli_indices(engine, {HeadlineOutput{}}, inputs, pilot, {}, comm);
    std::vector<std::uint64_t> order(inputs.size());
    std::iota(order.begin(), order.end(), std::uint64_t{0});
    if (comm.is_root()) {
        const std::vector<statistics::Estimate>& total = found[0].total;
        std::stable_sort(
            order.begin(), order.end(), [&](std::uint64_t a, std::uint64_t b) {
                return total[a].value > total[b].value;
            });
    }
    std::vector<std::string> names;
    for (const std::uint64_t input : broadcast(order, comm)) {
        names.push_back(inputs[input].name);
    }
    return names;
}

}  // namespace

std::vector<SelftestCheck> check_indices(
    const functions::TestFunction& function,
    const SelftestOptions& options,
    const parallel::Communicator& comm)
{
    std::vector<SelftestCheck> checks;
    if (!has_indices(function) || !function.correlation.empty()) {
        return checks;
    }
    const Engine engine(function, {}, options.seed, options.instruction_set);
    const auto inputs = single_inputs(function.design());
    const auto order = by_importance(engine, inputs, options, comm);
    SaltelliOptions saltelli;
    saltelli.n_points = n_points;
    saltelli.kind = sampling::SamplerKind::sobol;
    saltelli.seed = options.seed;
    saltelli.n_randomisations = 1;
    saltelli.n_threads = options.n_threads;
    const auto indices = saltelli_indices(
        engine, {HeadlineOutput{}}, inputs, saltelli, order, comm);
    if (!comm.is_root()) {
        return checks;
    }
    const auto add = [&](const std::string& quantity,
                         const statistics::Estimate& found) {
        if (const functions::Reference* known = function.find(quantity)) {
            checks.push_back({function.name,
                              "sobol",
                              quantity,
                              found.value,
                              standard_error,
                              known->value,
                              known->uncertainty,
                              known->source});
        }
    };
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        add("first_order/" + inputs[i].name, indices[0].first_order[i]);
        add("total/" + inputs[i].name, indices[0].total[i]);
    }
    return checks;
}

}  // namespace hepta::campaign
