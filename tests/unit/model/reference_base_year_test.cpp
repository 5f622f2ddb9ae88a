// The base year of the shipped model against published inventories.
#include "support/outputs.hpp"
#include "support/three_futures.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hepta {
namespace {

using tests::Outputs;

/// Emissions of 2020, Mt CO2(e).
struct Inventory
{
    std::string sector;
    model::Scope scope;
    double published;
    std::string source;
};

const std::vector<Inventory>& inventories()
{
    using model::Scope;
    static const std::vector<Inventory> rows{
        {"steel", Scope::scope1_2, 3100.0, "MPP steel (2022)"},
        {"cement", Scope::scope1, 2450.0, "IEA Cement tracking (2022)"},
        {"cement", Scope::scope1_2, 2650.0, "derived, 100 kWh/t"},
        {"aluminium", Scope::total, 1110.0, "IAI (2024), cradle to gate"},
        {"chemicals", Scope::scope1, 881.0, "IEA Chemicals tracking (2022)"},
        {"aviation", Scope::scope1, 600.0, "IEA aviation data"},
        {"shipping", Scope::scope1, 1010.0, "IEA tracking (2021)"},
        {"trucking", Scope::scope1, 1793.0, "IEA Trucks and buses (2021)"}};
    return rows;
}

class BaseYear : public ::testing::Test
{
  protected:
    BaseYear()
        : run_(tests::seven_sectors()),
          input_(tests::input_rows(run_.design, {})),
          out_(run_.model, input_)
    {
    }

    [[nodiscard]] std::size_t index_of(const std::string& sector) const
    {
        std::size_t s = 0;
        while (run_.model.sectors.at(s).name != sector) {
            ++s;
        }
        return s;
    }

    [[nodiscard]] double emissions(std::size_t sector, model::Scope scope) const
    {
        return out_(out_.layout.emissions,
                    2020,
                    sector,
                    static_cast<std::size_t>(scope));
    }

    config::RunConfig run_;
    std::vector<double> input_;
    Outputs out_;
};

TEST_F(BaseYear, SectorsAreWithinFivePercentOfTheirInventories)
{
    for (const Inventory& row : inventories()) {
        const std::size_t s = index_of(row.sector);
        // Inventories are of what the technologies make.
        const model::Row block = run_.model.sectors[s].fixed_block;
        const double outside = block == model::no_row ? 0.0 : input_[block];
        EXPECT_NEAR(
            (emissions(s, row.scope) - outside) / row.published, 1.0, 0.05)
            << row.sector << ", " << row.source;
    }
}

TEST_F(BaseYear, SectorsAreThreeTenthsOfGlobalCarbonEmissions)
{
    // Source: MPP Global Project Tracker (2024), 30 % of carbon emissions;
    // UNEP Emissions Gap Report (2020), 38.0 Gt of fossil CO2 in 2019.
    double all = 0.0;
    for (std::size_t s = 0; s < run_.model.sectors.size(); ++s) {
        all += emissions(s, model::Scope::scope1_2);
    }
    EXPECT_NEAR(all / (0.30 * 38.0e3), 1.0, 0.05);
}

}  // namespace
}  // namespace hepta
