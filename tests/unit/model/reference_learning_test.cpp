// Steps 2, 3 and 4 of the reference model against closed forms and published
// values.
#include "reference/prices.hpp"
#include "support/outputs.hpp"
#include "support/small_model.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

namespace hepta {
namespace {

using tests::Outputs;
using tests::SmallModel;

constexpr double z95 = 1.6448536269514722;

TEST(ReferenceModel, CapitalRecoveryMatchesTabulatedValues)
{
    EXPECT_NEAR(reference::capital_recovery(0.07, 20.0), 0.0943929, 5e-8);
    EXPECT_NEAR(reference::capital_recovery(0.08, 30.0), 0.0888274, 5e-8);
}

TEST(ReferenceModel, WrightsLawWithoutNoise)
{
    SmallModel small;
    const std::uint32_t component =
        small.add_component({.cumulative = 2.0, .learning_rate = 0.2});
    small.spec.components[component].exogenous_cumulative =
        small.path({{2050, 30.0}});
    small.add_sector();
    small.add_technology({.share = 1.0, .opex = 1.0});
    const Outputs out(small.spec, small.input);

    // Four doublings over the thirty years.
    for (int year = 2020; year <= 2050; ++year) {
        const double doublings = 4.0 * (year - 2020) / 30.0;
        EXPECT_NEAR(out(out.layout.experience, year),
                    2.0 * std::exp2(doublings),
                    1e-12 * std::exp2(doublings));
        EXPECT_NEAR(out(out.layout.component_cost, year),
                    std::pow(0.8, doublings),
                    1e-12);
    }
}

TEST(ReferenceModel, FloorBoundsTheCostAfterItsNoise)
{
    SmallModel small;
    const std::uint32_t component =
        small.add_component({.cost_floor = 0.6, .noise_sd = 1.0});
    for (const model::Row row : small.spec.components[component].innovation) {
        small.set(row, -3.0);
    }
    small.add_sector();
    small.add_technology({.share = 1.0, .opex = 1.0});
    const Outputs out(small.spec, small.input);

    EXPECT_EQ(out(out.layout.component_cost, 2020), 1.0);
    EXPECT_EQ(out(out.layout.component_cost, 2021), 0.6);
}

/// Variance of the logarithm of an output of 2050 that is linear in unit
/// normal innovations: the sum of its squared responses to each of them.
double variance_2050(SmallModel small,
                     const std::vector<model::Row>& innovations,
                     const std::function<double(const Outputs&)>& output)
{
    const double base = std::log(output(Outputs(small.spec, small.input)));
    double variance = 0.0;
    for (const model::Row row : innovations) {
        small.set(row, 1.0);
        const double response =
            std::log(output(Outputs(small.spec, small.input))) - base;
        small.set(row, 0.0);
        variance += response * response;
    }
    return variance;
}

struct WrightCase
{
    std::string name;
    double omega, omega_sd, noise_sd, growth;
    double p05, p50, p95;
};

/// Published percentiles of cost after 30 years. Source: Way, Ives, Mealy and
/// Farmer (2022), doi:10.1016/j.joule.2022.08.009, parameters; the values
/// follow from ln K ~ N(-omega ln Z, s^2 ln^2 Z + s_u^2 [(T-1)(1+rho)^2 + 1]).
class StochasticWright : public ::testing::TestWithParam<WrightCase>
{
};

TEST_P(StochasticWright, SpreadsAsTheRandomWalkOfWay)
{
    const WrightCase& c = GetParam();
    SmallModel small;
    small.set(small.spec.learning_noise_persistence, 1.0);
    const std::uint32_t component = small.add_component(
        {.learning_rate = 1.0 - std::exp2(-c.omega), .noise_sd = c.noise_sd});
    small.spec.components[component].exogenous_cumulative =
        small.path({{2050, c.growth - 1.0}});
    small.add_sector();
    small.add_technology({.share = 1.0, .opex = 1.0});

    const auto cost = [](const Outputs& out) {
        return out(out.layout.component_cost, 2050);
    };
    const double median = cost(Outputs(small.spec, small.input));
    const double noise =
        variance_2050(small, small.spec.components[component].innovation, cost);
    const double learning = c.omega_sd * std::log(c.growth);
    const double spread = z95 * std::sqrt(learning * learning + noise);
    EXPECT_NEAR(median / c.p50, 1.0, 5e-4);
    EXPECT_NEAR(median * std::exp(-spread) / c.p05, 1.0, 1e-3);
    EXPECT_NEAR(median * std::exp(spread) / c.p95, 1.0, 1e-3);
}

INSTANTIATE_TEST_SUITE_P(
    Technologies,
    StochasticWright,
    ::testing::Values(
        WrightCase{
            "electrolyser", 0.129, 0.067, 0.201, 100.0, 0.0632, 0.5521, 4.821},
        WrightCase{
            "battery", 0.421, 0.063, 0.103, 100.0, 0.0442, 0.1439, 0.4684},
        WrightCase{"solar", 0.319, 0.043, 0.111, 100.0, 0.0688, 0.2301, 0.7704},
        WrightCase{"wind", 0.194, 0.041, 0.065, 100.0, 0.1936, 0.4093, 0.8653}),
    [](const auto& test) { return test.param.name; });

struct PriceCase
{
    std::string name;
    double persistence, innovation_sd, p05, p95;
};

/// Percentiles of prices in 2050, USD/GJ. Source: Way et al. (2022).
class FossilPrice : public ::testing::TestWithParam<PriceCase>
{
};

TEST_P(FossilPrice, SpreadsAsTheAutoregressionOfWay)
{
    const PriceCase& c = GetParam();
    const double median = std::sqrt(c.p05 * c.p95);
    SmallModel small;
    const std::uint32_t carrier = small.add_carrier(median);
    const double reversion = -std::log(c.persistence);
    const double stationary_sd =
        c.innovation_sd / std::sqrt(1.0 - c.persistence * c.persistence);
    const std::uint32_t index = small.spec.carriers[carrier].driver;
    model::Driver& driver = small.spec.drivers[index];
    driver.mean_reversion = small.number(reversion);
    driver.volatility =
        small.number(stationary_sd * std::sqrt(2.0 * reversion));
    driver.innovation = small.innovations();
    const std::vector<model::Row> innovations = driver.innovation;
    small.add_sector();
    small.add_technology({.share = 1.0, .opex = 1.0});

    const double variance =
        variance_2050(small, innovations, [](const Outputs& out) {
            return out(out.layout.price, 2050);
        });
    const double spread = z95 * std::sqrt(variance);
    EXPECT_NEAR(median * std::exp(-spread) / c.p05, 1.0, 5e-3);
    EXPECT_NEAR(median * std::exp(spread) / c.p95, 1.0, 5e-3);
}

INSTANTIATE_TEST_SUITE_P(
    Fuels,
    FossilPrice,
    ::testing::Values(PriceCase{"oil", 0.8128, 0.3037, 3.60, 20.0},
                      PriceCase{"coal", 0.9499, 0.0902, 1.30, 3.28},
                      PriceCase{"gas", 0.7455, 0.2617, 2.55, 9.29}),
    [](const auto& test) { return test.param.name; });

/// Hydrogen from an electrolyser of 1000 USD/kW at 4380 full hours and
/// 50000 kWh/t, from electricity at 10 USD/GJ.
SmallModel hydrogen_economy()
{
    SmallModel small;
    const std::uint32_t electricity = small.add_carrier(10.0);
    const std::uint32_t hydrogen = small.add_carrier(1e9);
    const std::uint32_t electrolyser = small.add_component(
        {.cumulative = 10.0, .learning_rate = 0.2, .unit_cost = 1000.0});
    model::Converter converter{.name = "electrolysis",
                               .output_carrier = hydrogen,
                               .input_carrier = electricity,
                               .component = electrolyser};
    converter.specific_energy = small.path({{2020, 50000.0}});
    converter.capacity_factor = small.number(0.5);
    converter.fixed_opex = small.number(0.04);
    converter.install_factor = small.number(1.2);
    converter.lifetime = small.number(20.0);
    converter.discount_rate = small.number(0.07);
    converter.heating_value = small.number(120.0);
    small.spec.converters.push_back(converter);
    small.spec.carriers[hydrogen].converter = 0;
    small.set(small.spec.carriers[hydrogen].price_adder, 2.0);
    small.add_sector();
    small.add_technology({.share = 1.0, .lifetime = 20.0});
    small.technology().energy_input.push_back({hydrogen, small.number(5.0)});
    return small;
}

TEST(ReferenceModel, HydrogenIsPricedFromItsElectrolyser)
{
    const SmallModel small = hydrogen_economy();
    const Outputs out(small.spec, small.input);

    const double capital = (0.0943929 + 0.04) * 1000.0 * 1.2 * 50000.0 / 4380.0;
    const double electricity = 0.0036 * 50000.0 * 10.0;
    EXPECT_NEAR(out(out.layout.price, 2020, 1),
                (capital + electricity) / 120.0 + 2.0,
                1e-5);
}

TEST(ReferenceModel, HydrogenUsersBuildElectrolysers)
{
    const SmallModel small = hydrogen_economy();
    const Outputs out(small.spec, small.input);

    // 100 activity units replaced at 1/20 a year, 5 PJ each.
    const double gw_per_pj = 50000.0 / (120.0 * 4380.0);
    const double added_gw_per_yr = 100.0 / 20.0 * 5.0 * gw_per_pj;
    for (int year = 2020; year <= 2050; ++year) {
        const double gw = 10.0 + added_gw_per_yr * (year - 2020);
        EXPECT_NEAR(out(out.layout.experience, year) / gw, 1.0, 1e-12);
        EXPECT_NEAR(out(out.layout.component_cost, year) /
                        std::pow(0.8, std::log2(gw / 10.0)),
                    1.0,
                    1e-12);
    }
}

TEST(ReferenceModel, ComponentsLowerTheirPartOfCapexAlone)
{
    SmallModel small;
    const std::uint32_t component =
        small.add_component({.cumulative = 1.0, .learning_rate = 0.2});
    small.spec.components[component].exogenous_cumulative =
        small.path({{2021, 1.0}});
    small.add_sector({.discount_rate = 0.07});
    small.add_technology(
        {.share = 1.0, .opex = 3.0, .capex = 1000.0, .lifetime = 20.0});
    small.technology().capex_component_share.push_back(
        {component, small.number(0.25)});
    const Outputs out(small.spec, small.input);

    const auto& cost = out.layout.levelised_cost;
    EXPECT_NEAR(out(cost, 2020), 0.0943929 * 1000.0 + 3.0, 1e-4);
    EXPECT_NEAR(out(cost, 2021), 0.0943929 * 950.0 + 3.0, 1e-4);
}

TEST(ReferenceModel, CostHoldsStorageBoughtCarbonCoverAndPremium)
{
    SmallModel small;
    small.add_sector();
    small.add_technology({.share = 1.0,
                          .opex = 100.0,
                          .process_ghg = 2.0,
                          .capture_rate = 0.75});
    small.technology().co2_feedstock = small.number(0.3);
    small.set(small.driver_path(small.spec.carbon_price), 60.0);
    small.set(small.driver_path(small.spec.co2_storage_price), 20.0);
    small.set(small.driver_path(small.spec.co2_feedstock_price), 90.0);
    small.scenario().carbon_cover[0] = {{2020, 0.0}, {2040, 1.0}};
    small.scenario().premium[0] = {{2030, 0.0}, {2040, 7.0}};
    const Outputs out(small.spec, small.input);

    const auto& cost = out.layout.levelised_cost;
    const double bare = 100.0 + 1.5 * 20.0 + 0.3 * 90.0;
    EXPECT_NEAR(out(cost, 2020), bare, 1e-12);
    EXPECT_NEAR(out(cost, 2030), bare + 0.5 * 60.0 * 0.5, 1e-12);
    EXPECT_NEAR(out(cost, 2050), bare + 60.0 * 0.5 - 7.0, 1e-12);
}

}  // namespace
}  // namespace hepta
