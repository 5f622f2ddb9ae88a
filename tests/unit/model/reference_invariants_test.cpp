// What holds in every sample of the shipped model.
#include "reference/paths.hpp"
#include "reference/scalar_model.hpp"
#include "support/outputs.hpp"
#include "support/three_futures.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace hepta {
namespace {

using tests::Outputs;

class ShippedModel : public ::testing::TestWithParam<std::size_t>
{
  protected:
    ShippedModel()
        : run_(tests::seven_sectors()),
          spec_(run_.model),
          input_(tests::three_futures(run_.design).at(GetParam()))
    {
    }

    /// Largest relative change of the sectors' cumulative emissions of 2050
    /// from one to eight steps a year, all scenarios.
    [[nodiscard]] double change_by_refinement() const
    {
        model::Spec fine_spec = spec_;
        fine_spec.steps_per_year = 8;
        const Outputs coarse(spec_, input_), fine(fine_spec, input_);
        double worst = 0.0;
        for (std::size_t z = 0; z < spec_.scenarios.size(); ++z) {
            double all_coarse = 0.0, all_fine = 0.0;
            for (std::size_t s = 0; s < spec_.sectors.size(); ++s) {
                const auto& cumulative = coarse.layout.cumulative_emissions;
                all_coarse += coarse(cumulative, 2050, s, 0, z);
                all_fine += fine(cumulative, 2050, s, 0, z);
            }
            worst = std::max(worst, std::abs(all_coarse / all_fine - 1.0));
        }
        return worst;
    }

    config::RunConfig run_;
    const model::Spec& spec_;
    std::vector<double> input_;
};

TEST_P(ShippedModel, SharesAreFractionsThatSumToOneBelowTheirCeilings)
{
    const Outputs out(spec_, input_);
    for (std::size_t z = 0; z < spec_.scenarios.size(); ++z) {
        for (int year = 2020; year <= 2050; ++year) {
            std::size_t item = 0;
            for (const model::Sector& sector : spec_.sectors) {
                double sum = 0.0;
                for (const model::Technology& technology :
                     sector.technologies) {
                    const double share =
                        out(out.layout.share, year, item++, 0, z);
                    EXPECT_GE(share, 0.0) << technology.name;
                    EXPECT_LE(share, input_[technology.max_share] + 1e-12)
                        << technology.name << " in " << year;
                    sum += share;
                }
                EXPECT_NEAR(sum, 1.0, 1e-12) << sector.name;
            }
        }
    }
}

TEST_P(ShippedModel, ScopesAndPortfoliosAddUp)
{
    const Outputs out(spec_, input_);
    const auto& emissions = out.layout.emissions;
    for (std::size_t z = 0; z < spec_.scenarios.size(); ++z) {
        for (int year = 2020; year <= 2050; ++year) {
            for (std::size_t s = 0; s < emissions.n_items; ++s) {
                const double sum = out(emissions, year, s, 0, z) +
                                   out(emissions, year, s, 1, z);
                EXPECT_NEAR(out(emissions, year, s, 3, z), sum, 1e-9);
                EXPECT_NEAR(out(emissions, year, s, 4, z),
                            sum + out(emissions, year, s, 2, z),
                            1e-9);
            }
        }
    }
}

TEST_P(ShippedModel, NoUseGrowsAboveItsLimit)
{
    const Outputs out(spec_, input_);
    const auto& use = out.layout.resource_use;
    for (std::size_t r = 0; r < spec_.resources.size(); ++r) {
        const model::Resource& resource = spec_.resources[r];
        const std::vector<reference::Point> limits =
            reference::points(resource.limit, reference::Sample(input_));
        for (std::size_t z = 0; z < spec_.scenarios.size(); ++z) {
            // From 2021: the pandemic's factor is on the use of 2020.
            for (int year = 2021; year < 2050; ++year) {
                const double limit =
                    reference::linear(limits, year + 1) * resource.limit_factor;
                EXPECT_LE(out(use, year + 1, r, 0, z),
                          std::max(limit, out(use, year, r, 0, z)) + 1e-9)
                    << resource.name << " in " << year + 1;
            }
        }
    }
}

TEST_P(ShippedModel, OnlyFlowsOfTheLastYearHaveNoMeaning)
{
    const auto trajectory = reference::simulate(spec_, input_);
    const model::OutputLayout layout(spec_);
    for (const auto& years : trajectory) {
        for (std::size_t t = 0; t < years.size(); ++t) {
            for (const model::Metric& metric : layout.metrics()) {
                const bool is_last = t + 1 == years.size();
                for (std::uint32_t i = 0; i < metric.n_items * metric.n_inner;
                     ++i) {
                    EXPECT_EQ(std::isfinite(years[t][metric.first_row + i]),
                              !(metric.is_flow && is_last))
                        << metric.name << " " << i << " in " << 2020 + t;
                }
            }
        }
    }
}

TEST_P(ShippedModel, OneStepAYearIsEnoughForTheReplicator)
{
    input_[spec_.form_weight] = 1.0;
    EXPECT_LT(change_by_refinement(), 2e-4);
}

TEST_P(ShippedModel, OneStepAYearIsEnoughForTheMixedForm)
{
    EXPECT_LT(change_by_refinement(), 5e-4);
}

INSTANTIATE_TEST_SUITE_P(Samples, ShippedModel, ::testing::Values(0u, 1u, 2u));

}  // namespace
}  // namespace hepta
