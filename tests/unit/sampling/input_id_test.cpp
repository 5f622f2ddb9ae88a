#include "hepta/sampling/design.hpp"

#include <gtest/gtest.h>

namespace hepta::sampling {
namespace {

// The ids are part of what a seed means: results of old runs could not be
// extended if they changed. FNV-1a's published values for these names are
// 811c9dc5, e40c292c and bf9cf968; the last column adds fmix32.
TEST(InputId, IsFrozen)
{
    EXPECT_EQ(input_id(""), 0xab3e7c0bu);
    EXPECT_EQ(input_id("a"), 0x1a80b1b3u);
    EXPECT_EQ(input_id("foobar"), 0x0c0da6dcu);
    EXPECT_EQ(input_id("steel/h2_dri_eaf/capex_2020"), 0x8130c801u);
    EXPECT_EQ(input_id("price:crude_oil/2030"), 0xc8c4fd8eu);
}

TEST(InputId, TakesBytesAsUnsigned)
{
    // 0x81 as a signed char would flip the upper bits of the hash.
    EXPECT_EQ(input_id("\x81"), 0x77212da9u);
}

}  // namespace
}  // namespace hepta::sampling
