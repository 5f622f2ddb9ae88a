// Cumulative investment by energy carrier: a case by hand, and what always
// holds, in the scalar reference and the kernels.
#include "support/outputs.hpp"
#include "support/small_model.hpp"
#include "support/three_futures.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace hepta {
namespace {

using tests::Outputs;
using tests::SmallModel;

/// A technology that holds its share and is replaced at the end of its life.
void add_technology(SmallModel& small,
                    double share,
                    double capex,
                    double lifetime,
                    const std::vector<double>& energy_gj)
{
    small.add_technology(
        {.share = share, .opex = 1.0, .capex = capex, .lifetime = lifetime});
    for (std::uint32_t k = 0; k < energy_gj.size(); ++k) {
        if (energy_gj[k] >= 0.0) {
            small.technology().energy_input.push_back(
                {k, small.number(energy_gj[k])});
        }
    }
}

/// Replacing a twentieth of 60, 30 and 10 units a year takes 1,500, 300 and
/// 500 MUSD; of the other sector a tenth of 100 units, 1,000 and 0 MUSD.
TEST(CumulativeInvestment, GoesByTheEnergyOfEachTechnology)
{
    constexpr double no_input = -1.0;
    SmallModel small;
    small.add_sector();
    small.add_carrier(1.0);
    small.add_carrier(7.0);
    add_technology(small, 0.6, 500.0, 20.0, {3.0, 1.0});
    add_technology(small, 0.3, 200.0, 20.0, {no_input, 5.0});
    add_technology(small, 0.1, 1000.0, 20.0, {});
    small.add_sector({.efficiency_improvement = 0.02});
    add_technology(small, 1.0, 100.0, 10.0, {1e-3, 1e-3});
    add_technology(small, 0.0, 100.0, 10.0, {0.0, 0.0});
    const double yearly[] = {1125.0 + 500.0, 375.0 + 300.0 + 500.0, 500.0};

    for (const Outputs& out : {Outputs(small.spec, small.input),
                               tests::by_kernels(small.spec, small.input)}) {
        for (const int year : {2020, 2021, 2035, 2050}) {
            for (std::size_t k = 0; k < 3; ++k) {
                EXPECT_NEAR(
                    out(out.layout.cumulative_investment, year, k) / 1e6,
                    yearly[k] * (year - 2020),
                    1e-7)
                    << "item " << k << " in " << year;
            }
        }
    }
}

TEST(CumulativeInvestment, OfATechnologyWithAmountsOfZeroIsOfNone)
{
    SmallModel small;
    small.add_sector();
    small.add_carrier(1.0);
    add_technology(small, 1.0, 500.0, 20.0, {0.0});

    for (const Outputs& out : {Outputs(small.spec, small.input),
                               tests::by_kernels(small.spec, small.input)}) {
        EXPECT_EQ(out(out.layout.cumulative_investment, 2021, 0), 0.0);
        EXPECT_EQ(out(out.layout.cumulative_investment, 2021, 1),
                  out(out.layout.investment, 2020, 0));
    }
}

TEST(CumulativeInvestment, AddsUpToThatOfTheSectorsAndYears)
{
    const config::RunConfig run = tests::seven_sectors();
    for (const std::vector<double>& input : tests::three_futures(run.design)) {
        const Outputs out = tests::by_kernels(run.model, input);
        const auto& carriers = out.layout.cumulative_investment;
        for (std::size_t z = 0; z < run.model.scenarios.size(); ++z) {
            double of_sectors = 0.0;
            for (int year = 2020; year <= 2050; ++year) {
                double of_carriers = 0.0;
                for (std::size_t k = 0; k < carriers.n_items; ++k) {
                    of_carriers += out(carriers, year, k, 0, z);
                }
                EXPECT_NEAR(of_carriers, of_sectors, 1e-12 * of_sectors)
                    << "scenario " << z << " in " << year;
                EXPECT_EQ(out(carriers, year, carriers.n_items - 1, 0, z), 0.0);
                for (std::size_t s = 0; s < run.model.sectors.size(); ++s) {
                    of_sectors += out(out.layout.investment, year, s, 0, z);
                }
            }
        }
    }
}

/// In 2031 a premium exceeds the cost, and what follows has no meaning.
TEST(CumulativeInvestment, IsNotANumberOnceAFlowIsNone)
{
    SmallModel small;
    small.add_sector();
    small.add_carrier(0.0);
    add_technology(small, 1.0, 500.0, 20.0, {1.0});
    small.scenario().premium[0] = {{2030, 0.0}, {2031, 1e3}};

    const Outputs out = tests::by_kernels(small.spec, small.input);
    const auto& carriers = out.layout.cumulative_investment;
    EXPECT_NEAR(out(carriers, 2031, 0) / 1e6, 2500.0 * 11.0, 1e-7);
    EXPECT_TRUE(std::isnan(out(out.layout.investment, 2031, 0)));
    for (int year = 2032; year <= 2050; ++year) {
        EXPECT_TRUE(std::isnan(out(carriers, year, 0))) << year;
    }
}

}  // namespace
}  // namespace hepta
