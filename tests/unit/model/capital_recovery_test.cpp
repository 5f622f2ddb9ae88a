// The yearly cost of capital is the payment of a loan.
#include "support/outputs.hpp"
#include "support/small_model.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace hepta {
namespace {

using tests::Outputs;

/// Of 1 USD, by the definition: n equal payments, discounted, are worth 1.
double payment(double rate_per_yr, int n)
{
    double worth = 0.0;
    for (int year = 1; year <= n; ++year) {
        worth += std::pow(1.0 + rate_per_yr, -year);
    }
    return 1.0 / worth;
}

TEST(CapitalRecovery, IsThePaymentOfALoan)
{
    // without interest it is the part of each year
    ASSERT_EQ(payment(0.0, 20), 1.0 / 20.0);
    for (const double rate : {0.0, 0.01, 0.08, 0.5, 1.0}) {
        for (const int life : {1, 20, 60}) {
            tests::SmallModel small;
            small.add_sector({.discount_rate = rate});
            small.add_technology({.share = 1.0,
                                  .capex = 300.0,
                                  .lifetime = static_cast<double>(life)});
            const double expected = 300.0 * payment(rate, life);
            for (const Outputs& out :
                 {Outputs(small.spec, small.input),
                  tests::by_kernels(small.spec, small.input)}) {
                EXPECT_NEAR(out(out.layout.levelised_cost, 2020),
                            expected,
                            1e-12 * expected)
                    << "rate " << rate << ", life " << life;
            }
        }
    }
}

}  // namespace
}  // namespace hepta
