// First-order and total indices by designs made for them.
#include "hepta/campaign/saltelli.hpp"

#include "hepta/core/error.hpp"
#include "hepta/functions/functions.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace hepta::campaign {
namespace {

/// The inputs by falling total index.
std::vector<std::string> importance_of(const functions::TestFunction& function)
{
    std::vector<std::string> names;
    for (const sampling::Input& input : function.inputs) {
        names.push_back(input.name);
    }
    const auto total = [&](const std::string& name) {
        const functions::Reference* known = function.find("total/" + name);
        return known == nullptr ? 0.0 : known->value;
    };
    std::stable_sort(
        names.begin(), names.end(), [&](const auto& a, const auto& b) {
            return total(a) > total(b);
        });
    return names;
}

/// Largest error of a first-order or total index.
double largest_error(const functions::TestFunction& function,
                     std::uint32_t n_randomisations,
                     std::uint64_t seed)
{
    const Engine engine(function, {}, seed, detect_instruction_set());
    const auto inputs = single_inputs(function.design());
    SaltelliOptions options;
    options.n_points = std::uint64_t{1} << 16;
    options.kind = sampling::SamplerKind::sobol;
    options.n_randomisations = n_randomisations;
    options.seed = seed;
    const auto found = saltelli_indices(engine,
                                        {HeadlineOutput{}},
                                        inputs,
                                        options,
                                        importance_of(function),
                                        {});
    double largest = 0.0;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        for (const auto& [kind, value] :
             {std::pair{"first_order/", found[0].first_order[i].value},
              std::pair{"total/", found[0].total[i].value}}) {
            const functions::Reference* known =
                function.find(kind + inputs[i].name);
            if (known != nullptr) {
                largest = std::max(largest, std::abs(value - known->value));
            }
        }
    }
    return largest;
}

void expect_errors_below(double limit, const std::vector<const char*>& names)
{
    for (const char* name : names) {
        for (const std::uint64_t seed : {1, 2}) {
            EXPECT_LT(largest_error(functions::find(name), 1, seed), limit)
                << name << ", seed " << seed;
        }
    }
}

TEST(SaltelliIndices, OfOneNetAreWithin1em4WhereInputsHardlyInteract)
{
    expect_errors_below(1e-4,
                        {"borehole_uniform", "otl_circuit", "wing_weight"});
}

TEST(SaltelliIndices, OfOneNetAreWithin6em4WhereInputsInteract)
{
    expect_errors_below(6e-4, {"ishigami", "sobol_g", "borehole", "piston"});
}

// The twin: what one net sees, sixteen smaller ones do not.
TEST(SaltelliIndices, OfSixteenNetsOfAsManyPointsAreLessExact)
{
    const functions::TestFunction& function = functions::find("ishigami");
    double one = 0.0, sixteen = 0.0;
    for (const std::uint64_t seed : {1, 2, 3}) {
        one += largest_error(function, 1, seed);
        sixteen += largest_error(function, 16, seed);
    }
    EXPECT_GT(sixteen, 2.0 * one);
}

TEST(SaltelliIndices, NeedRandomisationsThatTheIntervalsCanHave)
{
    const functions::TestFunction& function = functions::find("ishigami");
    EXPECT_THROW((void)largest_error(function, 32, 1), InputError);
    EXPECT_THROW((void)largest_error(function, 3, 1), InputError);
}

}  // namespace
}  // namespace hepta::campaign
