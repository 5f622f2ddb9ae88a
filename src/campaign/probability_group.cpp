#include "bands.hpp"
#include "hepta/campaign/weights.hpp"

#include <fmt/format.h>

#include <utility>

namespace hepta::campaign {

void add_probability(io::Group& group,
                     const std::string& name,
                     const std::string& meaning,
                     const std::string& source,
                     const EventsOfState& events,
                     std::size_t first)
{
    const std::size_t n = group.dimension("scenario").length();
    std::vector<double> value, lower, upper;
    for (const statistics::Proportion& p : proportions(
             events.state, events.counts, first, n, events.confidence)) {
        value.push_back(p.value);
        lower.push_back(p.lower);
        upper.push_back(p.upper);
    }
    const auto add = [&](const char* suffix,
                         io::Values values,
                         const char* unit,
                         const char* what) {
        group.variables.push_back({name + suffix,
                                   {"scenario"},
                                   std::move(values),
                                   {{"units", unit},
                                    {"long_name", what + meaning},
                                    {"source", source}},
                                   true,
                                   false});
    };
    add("", std::move(value), "1", "probability: ");
    if (events.state.is_weighted()) {
        add("_lower", std::move(lower), "1", "lower Student limit: ");
        add("_upper", std::move(upper), "1", "upper Student limit: ");
        return;
    }
    std::vector<std::uint64_t> happened;
    for (const EventCount& count : std::span(events.counts).subspan(first, n)) {
        happened.push_back(count.happened);
    }
    add("_count", std::move(happened), "samples", "samples with ");
    add("_lower", std::move(lower), "1", "lower Wilson limit: ");
    add("_upper", std::move(upper), "1", "upper Wilson limit: ");
}

io::Group make_probabilities(const State& state,
                             const config::RunConfig& config)
{
    io::Group group;
    group.name = "probability";
    group.attributes = {{"confidence", config.confidence}};
    group.dimensions = {scenario_dimension(config.model)};
    const std::size_t n_scenarios = config.model.scenarios.size();
    for (std::size_t e = 0; e < config.events.size(); ++e) {
        const config::EventSpec& event = config.events[e];
        const std::string meaning = fmt::format(
            "{} of {}{}{} in {} {} {:g}{}",
            event.metric,
            event.item,
            event.inner.empty() ? "" : ", ",
            event.inner,
            event.year,
            event.direction == config::EventSpec::Direction::below ? "at most"
                                                                   : "at least",
            event.threshold,
            event.relative_to_first_year ? " of the first year's" : "");
        add_probability(group,
                        event.name,
                        meaning,
                        event.source,
                        {state, state.events, config.confidence},
                        e * n_scenarios);
    }
    return group;
}

}  // namespace hepta::campaign
