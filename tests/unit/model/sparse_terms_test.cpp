// Patterns of two small models, written out by hand.
#include "../../../src/model/sparse_terms.hpp"

#include <gtest/gtest.h>

namespace hepta::model {
namespace {

using Indices = std::vector<std::uint32_t>;

/// Carrier 0 is bought; 1 comes from converter 0 (component 2) out of 0, and 2
/// from converter 1 (component 0) out of 1. The first technology pays for
/// components 1 and 0 and uses carrier 2; the second pays for none and uses 0.
Spec chain_of_converters()
{
    Spec spec;
    spec.components.resize(3);
    spec.carriers.resize(3);
    spec.carriers[1].converter = 0;
    spec.carriers[2].converter = 1;
    spec.converters.resize(2);
    spec.converters[0].input_carrier = 0;
    spec.converters[0].component = 2;
    spec.converters[1].input_carrier = 1;
    spec.converters[1].component = 0;
    Technology first, second;
    first.capex_component_share = {{1, 0}, {0, 0}};
    first.component_intensity = {{1, 0}};
    first.energy_input = {{0, 0}, {2, 0}};
    second.energy_input = {{0, 0}};
    spec.sectors.resize(1);
    spec.sectors[0].technologies = {first, second};
    return spec;
}

TEST(SparseTerms, CostsFollowCapitalThenTheChainOfConverters)
{
    const SparsePattern cost = cost_pattern(chain_of_converters());
    EXPECT_EQ(cost.first, (Indices{0, 4, 4}));
    EXPECT_EQ(cost.column, (Indices{1, 0, 0, 2}));
}

TEST(SparseTerms, ExperienceIsSortedByComponent)
{
    const ExperiencePattern gain = experience_pattern(chain_of_converters());
    // component 0 by converter 1, component 1 by its intensity, component 2 by
    // the converter that feeds converter 1
    EXPECT_EQ(gain.first, (Indices{0, 1, 2, 3}));
    EXPECT_EQ(gain.column, (Indices{0, 0, 0}));
    ASSERT_EQ(gain.terms.size(), 2u);
    EXPECT_EQ(gain.terms[0], (Indices{1, 0, 2}));
    EXPECT_TRUE(gain.terms[1].empty());
}

}  // namespace
}  // namespace hepta::model
