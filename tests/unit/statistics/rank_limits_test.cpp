#include "hepta/statistics/percentile.hpp"

#include <boost/math/distributions/binomial.hpp>
#include <gtest/gtest.h>

#include <cmath>

namespace hepta::statistics {
namespace {

struct Case
{
    std::uint64_t n;
    double fraction;
    std::uint64_t lower, upper;
    double coverage;  // exact
};

// The last rows come from the normal approximation, the table does not.
constexpr Case symmetric_95[] = {
    {1'000, 0.05, 36, 65, 0.965030},
    {1'000, 0.50, 468, 532, 0.956965},
    {1'000, 0.95, 935, 964, 0.963915},
    {10'000, 0.05, 457, 544, 0.954109},
    {10'000, 0.50, 4901, 5099, 0.952291},
    {10'000, 0.95, 9456, 9543, 0.953947},
    {100'000, 0.05, 4864, 5137, 0.952364},
    {100'000, 0.50, 49689, 50311, 0.950809},
    {100'000, 0.95, 94863, 95136, 0.952347},
    {1'000'000, 0.05, 49572, 50429, 0.950713},
    {1'000'000, 0.50, 499019, 500981, 0.950237},
    {1'000'000, 0.95, 949571, 950428, 0.950711},
};

TEST(RankLimits, MatchTheTableOfSymmetricIntervals)
{
    for (const Case& c : symmetric_95) {
        const RankLimits limits = rank_limits(c.n, c.fraction, 0.95);
        EXPECT_EQ(limits.lower, c.lower) << c.n << " at " << c.fraction;
        EXPECT_EQ(limits.upper, c.upper) << c.n << " at " << c.fraction;

        const boost::math::binomial b(static_cast<double>(c.n), c.fraction);
        const double held = cdf(b, static_cast<double>(limits.upper) - 1) -
                            cdf(b, static_cast<double>(limits.lower) - 1);
        EXPECT_NEAR(held, c.coverage, 1e-6);
    }
}

TEST(RankLimits, UpperOneIsThatOfWilks)
{
    // Rank from 0 of the one-sided 95 % limit of the 95th percentile. Source:
    // Wilks (1941), doi:10.1214/aoms/1177731788; table of OpenTURNS.
    const std::pair<std::uint64_t, std::uint64_t> table[] = {{59, 58},
                                                             {93, 91},
                                                             {124, 121},
                                                             {153, 149},
                                                             {208, 202},
                                                             {506, 488},
                                                             {1036, 995}};
    for (const auto& [n, rank] : table) {
        EXPECT_EQ(rank_limits(n, 0.95, 0.90).upper, rank + 1) << n;
    }
}

TEST(RankLimits, LieOutsideOfTooSmallASample)
{
    EXPECT_EQ(rank_limits(58, 0.95, 0.90).upper, 59U);
    EXPECT_EQ(rank_limits(20, 0.05, 0.95).lower, 0U);
}

TEST(RankLimits, AreMirrorImagesButForTheSideOfARank)
{
    for (const std::uint64_t n : {100U, 3000U, 70'000U, 2'000'000U}) {
        const RankLimits low = rank_limits(n, 0.1, 0.95);
        const RankLimits high = rank_limits(n, 0.9, 0.95);
        EXPECT_EQ(low.lower + high.upper, n);
        EXPECT_EQ(low.upper + high.lower, n);
    }
}

}  // namespace
}  // namespace hepta::statistics
