// Whether an event happened, of one sample.
#include "hepta/campaign/accumulator.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace hepta::campaign {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(Event, HappensAtItsThresholdToo)
{
    const Event at_most{.threshold = 2.0, .below = true};
    const Event at_least{.threshold = 2.0, .below = false};
    EXPECT_TRUE(at_most.outcome(2.0, nan).happened);
    EXPECT_TRUE(at_least.outcome(2.0, nan).happened);
    EXPECT_FALSE(at_most.outcome(2.5, nan).happened);
    EXPECT_FALSE(at_least.outcome(1.5, nan).happened);
    EXPECT_TRUE(at_most.outcome(2.5, nan).is_defined);
}

TEST(Event, ComparesWithTheFirstYearWhereItIsRelative)
{
    const Event halved{.threshold = 0.5, .relative = true, .below = true};
    EXPECT_TRUE(halved.outcome(4.0, 8.0).happened);
    EXPECT_FALSE(halved.outcome(5.0, 8.0).happened);
}

TEST(Event, IsUndefinedWhereANumberIsNotFinite)
{
    for (const bool below : {true, false}) {
        const Event absolute{.threshold = 0.5, .below = below};
        const Event relative{
            .threshold = 0.5, .relative = true, .below = below};
        for (const double bad : {infinity, -infinity, nan}) {
            for (const Outcome outcome : {absolute.outcome(bad, 8.0),
                                          relative.outcome(bad, 8.0),
                                          relative.outcome(4.0, bad)}) {
                EXPECT_FALSE(outcome.is_defined);
                EXPECT_FALSE(outcome.happened);
            }
        }
    }
}

}  // namespace
}  // namespace hepta::campaign
