/// \file
/// The future given something: outputs of those samples of a result that meet
/// conditions, weighted by what was observed.
#pragma once

#include "hepta/campaign/state.hpp"
#include "hepta/config/observations.hpp"
#include "hepta/config/run_config.hpp"
#include "hepta/core/instruction_set.hpp"
#include "hepta/model/output_layout.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace hepta::campaign {

/// An input, or an output of one year, compared with a number.
struct Condition
{
    enum class Order
    {
        below,
        at_most,
        above,
        at_least,
    };
    std::string text;  ///< as given
    std::string name;
    bool is_input = false;
    std::uint32_t row = 0;
    std::size_t year = 0;  ///< from the first; of an output
    Order order = Order::below;
    double threshold = 0.0;

    [[nodiscard]] bool is_met(double value) const noexcept;
};

/// "NAME@YEAR > NUMBER" for an output, "NAME > NUMBER" for an input; the order
/// is one of < <= > >=. An output's name is METRIC/ITEM or METRIC/ITEM/INNER,
/// as in `replay`; of a price, the item alone will do.
/// \throws InputError saying what is not understood, and names that are near
[[nodiscard]] Condition parse_condition(const std::string& text,
                                        const config::RunConfig& config,
                                        const model::OutputLayout& layout);

/// What is given.
struct Given
{
    std::vector<std::string> where;  ///< conditions, as `parse_condition` reads
    /// Their likelihood weights the samples. Those of outputs that the run
    /// does not have are left out and named.
    std::vector<config::Observation> observations;
};

/// Emissions, scope 1+2, of each sector and portfolio in the headline years,
/// probabilities, years of whole trajectories, projects and commitments: of all
/// samples of `ranges` and of those that meet every condition, with how many
/// these are. What is asked of an output, by a
/// condition or an observation, is asked scenario by scenario.
/// {"samples", "where", "scenarios": {scenario: {"samples", "emissions" and
/// "emissions_of_all": {sector: {year: {percentile: x}}}, and in the same way
/// what GivenFutures::add_to says}}}; with observations all but what is "of
/// all" is weighted, there are "observations" and "not_in_run", and a scenario
/// has "observations"; with them or a tilt it has "effective_samples".
/// \throws InputError if no sample of any scenario meets them, or an
///         observation is not of an output, has another unit, or likelihood 0
///         in every sample
/// \note 8 bytes a sample, scenario, sector and headline year, and for each
///       observation and event; 2 for each year of /derived
[[nodiscard]] nlohmann::ordered_json condition_json(
    const config::RunConfig& config,
    const std::vector<SampleRange>& ranges,
    const Given& given,
    InstructionSet set,
    int n_threads);

/// The same for reading: a table a scenario.
[[nodiscard]] std::string condition_text(const nlohmann::ordered_json& found);

/// What to be told beside: scenarios that few effective samples are left of,
/// observations that the run does not have.
[[nodiscard]] std::vector<std::string> condition_warnings(
    const nlohmann::ordered_json& found);

}  // namespace hepta::campaign
