// The reference model on the shipped data, against two implementations that
// were written apart from it.
#include "hepta/model/output_layout.hpp"
#include "reference/scalar_model.hpp"
#include "support/three_futures.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>
#include <vector>

namespace hepta {
namespace {

using model::Metric;

struct Case
{
    std::string scenario, form;
};

/// Positions of `names` among the items of the model.
template <class Items>
std::vector<std::uint32_t> positions(const nlohmann::json& names,
                                     const Items& items)
{
    std::map<std::string, std::uint32_t> position;
    for (const auto& item : items) {
        position.emplace(item.name,
                         static_cast<std::uint32_t>(position.size()));
    }
    std::vector<std::uint32_t> result;
    for (const std::string name : names) {
        result.push_back(position.at(name));
    }
    return result;
}

std::vector<model::Technology> all_technologies(const model::Spec& spec)
{
    std::vector<model::Technology> all;
    for (const model::Sector& sector : spec.sectors) {
        all.insert(
            all.end(), sector.technologies.begin(), sector.technologies.end());
    }
    return all;
}

class ThreeFutures : public ::testing::TestWithParam<Case>
{
  protected:
    ThreeFutures()
        : run_(tests::seven_sectors()),
          layout_(run_.model),
          expected_(
              tests::three_outcomes(GetParam().scenario, GetParam().form)),
          inputs_(tests::three_futures(run_.design))
    {
        for (std::vector<double>& input : inputs_) {
            double& weight = input.at(run_.model.form_weight);
            weight = GetParam().form == "replicator" ? 1.0
                     : GetParam().form == "vintage"  ? 0.0
                                                     : weight;
        }
    }

    [[nodiscard]] std::size_t scenario_index() const
    {
        const auto& scenarios = run_.model.scenarios;
        for (std::size_t z = 0; z < scenarios.size(); ++z) {
            if (scenarios[z].name == GetParam().scenario) {
                return z;
            }
        }
        throw std::runtime_error("no scenario " + GetParam().scenario);
    }

    /// Compare one output of one sample, every year and item.
    void expect_output(const std::vector<std::vector<double>>& rows,
                       std::size_t sample,
                       const std::string& name,
                       const Metric& metric,
                       const std::vector<std::uint32_t>& items,
                       std::uint32_t inner = 0)
    {
        const nlohmann::json& years = expected_.at(name).at(sample);
        ASSERT_EQ(years.size(), rows.size());
        for (std::size_t t = 0; t < rows.size(); ++t) {
            ASSERT_EQ(years[t].size(), items.size());
            for (std::size_t i = 0; i < items.size(); ++i) {
                const double expected = years[t][i];
                const double computed = rows[t][metric.row(items[i], inner)];
                ASSERT_NEAR(computed, expected, 1e-9 * std::abs(expected))
                    << name << " item " << i << " year " << 2020 + t
                    << " sample " << sample;
            }
        }
    }

    config::RunConfig run_;
    model::OutputLayout layout_;
    nlohmann::json expected_;
    std::vector<std::vector<double>> inputs_;
};

TEST_P(ThreeFutures, EveryOutputOfEveryYearIsReproduced)
{
    const auto sectors = positions(expected_["sectors"], run_.model.sectors);
    const auto technologies =
        positions(expected_["technologies"], all_technologies(run_.model));
    const auto components =
        positions(expected_["components"], run_.model.components);
    for (std::size_t n = 0; n < inputs_.size(); ++n) {
        const auto trajectory = reference::simulate(run_.model, inputs_[n]);
        const auto& rows = trajectory[scenario_index()];
        expect_output(rows, n, "scope1", layout_.emissions, sectors, 0);
        expect_output(rows, n, "scope2", layout_.emissions, sectors, 1);
        expect_output(rows, n, "scope3", layout_.emissions, sectors, 2);
        expect_output(rows, n, "captured", layout_.captured_co2, sectors);
        expect_output(rows, n, "activity", layout_.activity, sectors);
        expect_output(
            rows, n, "cumulative", layout_.cumulative_emissions, sectors);
        expect_output(rows, n, "shares", layout_.share, technologies);
        expect_output(rows, n, "cost", layout_.levelised_cost, technologies);
        expect_output(rows, n, "compcost", layout_.component_cost, components);
        expect_output(rows, n, "X", layout_.experience, components);
    }
}

INSTANTIATE_TEST_SUITE_P(ScenariosAndForms,
                         ThreeFutures,
                         ::testing::Values(Case{"reference", "mixed"},
                                           Case{"stated", "mixed"},
                                           Case{"net_zero", "mixed"},
                                           Case{"net_zero", "replicator"},
                                           Case{"net_zero", "vintage"},
                                           Case{"net_zero_prices_only",
                                                "mixed"}),
                         [](const auto& test) {
                             return test.param.scenario + "_" + test.param.form;
                         });

}  // namespace
}  // namespace hepta
