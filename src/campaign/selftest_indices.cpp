#include "selftest_indices.hpp"

#include "hepta/campaign/saltelli.hpp"

#include <algorithm>

namespace hepta::campaign {
namespace {

constexpr std::uint64_t n_points = std::uint64_t{1} << 16;
/// Randomisations of one seed are few: see the header.
constexpr double layout_error = 2e-4;
/// Student's factor of one standard error with 15 degrees of freedom.
constexpr double confidence_of_one_sigma = 0.6826894921370859;

bool has_indices(const functions::TestFunction& function)
{
    return std::any_of(function.references.begin(),
                       function.references.end(),
                       [](const functions::Reference& known) {
                           return known.quantity.starts_with("first_order/");
                       });
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
    SaltelliOptions saltelli;
    saltelli.n_points = n_points;
    saltelli.kind = sampling::SamplerKind::sobol;
    saltelli.seed = options.seed;
    saltelli.confidence = confidence_of_one_sigma;
    saltelli.n_threads = options.n_threads;
    const auto indices = saltelli_indices(
        engine, {HeadlineOutput{}}, inputs, saltelli, {}, comm);
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
                              0.5 * (found.upper - found.lower) + layout_error,
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
