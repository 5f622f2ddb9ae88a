/// \file
/// What a result says beside its bands, of weighted samples: probabilities,
/// years of whole trajectories, announced projects and commitments.
#pragma once

#include "hepta/campaign/accumulator.hpp"
#include "hepta/campaign/derived.hpp"
#include "hepta/campaign/side_outputs.hpp"
#include "hepta/config/run_config.hpp"
#include "hepta/model/output_layout.hpp"
#include "sample_values.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace hepta::campaign {

class GivenFutures
{
  public:
    /// Add what is looked at to `kept`, which must not outlive this.
    GivenFutures(const config::RunConfig& config,
                 const model::OutputLayout& layout,
                 Kept& kept);
    GivenFutures(const GivenFutures&) = delete;
    GivenFutures& operator=(const GivenFutures&) = delete;

    /// Members of a scenario, each called with `suffix` behind: "probability"
    /// {event: p}; "derived" {quantity: {item: {percentile: year or null,
    /// "never": p}}}; "pipeline" and "commitments" {quantity: {label: ...
    /// {percentile: x}}}, those with years in the headline years. A weighted
    /// percentile of years is the first by which its part of the weights has
    /// got there: of equal weights that of /derived.
    /// \param weights  [sample], 0 of those that do not count
    void add_to(nlohmann::ordered_json& scenario_json,
                const std::string& suffix,
                const SampleValues& samples,
                std::size_t scenario,
                const std::vector<double>& weights) const;

  private:
    struct KeptEvent
    {
        Event event;
        std::size_t output = 0;        ///< index among the outputs kept
        std::size_t output_first = 0;  ///< of the first year, if relative
    };
    /// A side output that is kept, in the order of `Kept::side_rows`.
    struct SideRow
    {
        std::string group;
        std::vector<std::string> path;  ///< quantity, then labels
    };
    void keep_events(const model::OutputLayout& layout, Kept& kept);
    void keep_side(Kept& kept);
    [[nodiscard]] nlohmann::ordered_json probabilities(
        const SampleValues& samples,
        std::size_t scenario,
        const std::vector<double>& weights) const;
    [[nodiscard]] nlohmann::ordered_json years(
        const SampleValues& samples,
        std::size_t scenario,
        const std::vector<double>& weights,
        std::size_t rule,
        int origin) const;

    const config::RunConfig& config_;
    DerivedPlan plan_;
    std::vector<std::vector<std::string>> items_;  ///< [quantity][rule]
    std::vector<KeptEvent> events_;
    std::vector<SideRow> side_;
};

}  // namespace hepta::campaign
