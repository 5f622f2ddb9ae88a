#include "hepta/campaign/headline.hpp"

#include "hepta/campaign/labels.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace hepta::campaign {
namespace {

/// Groups [first, end) and scopes [first_scope, end_scope) of all scenarios.
std::vector<HeadlineOutput> select(const config::RunConfig& config,
                                   const model::OutputLayout& layout,
                                   std::uint32_t first,
                                   std::uint32_t end,
                                   std::uint32_t first_scope,
                                   std::uint32_t end_scope)
{
    const model::Spec& spec = config.model;
    const model::Metric& emissions = layout.emissions;
    const auto groups = item_labels(emissions.kind, spec);
    const auto scopes = inner_labels(emissions.inner, spec);
    std::vector<HeadlineOutput> outputs;
    for (std::uint32_t s = 0; s < spec.scenarios.size(); ++s) {
        for (std::uint32_t g = first; g < end; ++g) {
            for (std::uint32_t c = first_scope; c < end_scope; ++c) {
                for (const int year : config.headline_years) {
                    outputs.push_back(
                        {s,
                         static_cast<std::size_t>(year - spec.first_year),
                         emissions.row(g, c),
                         fmt::format("{}/emissions/{}/{}/{}",
                                     spec.scenarios[s].name,
                                     groups[g],
                                     scopes[c],
                                     year)});
                }
            }
        }
    }
    return outputs;
}

}  // namespace

std::vector<HeadlineOutput> headline_outputs(const config::RunConfig& config,
                                             const model::OutputLayout& layout)
{
    const model::Metric& emissions = layout.emissions;
    return select(config, layout, 0, emissions.n_items, 0, emissions.n_inner);
}

std::vector<HeadlineOutput> headline_totals(const config::RunConfig& config,
                                            const model::OutputLayout& layout)
{
    const model::Spec& spec = config.model;
    const auto largest =
        std::max_element(spec.portfolios.begin(),
                         spec.portfolios.end(),
                         [](const auto& a, const auto& b) {
                             return a.sectors.size() < b.sectors.size();
                         });
    const auto first = static_cast<std::uint32_t>(
        largest == spec.portfolios.end()
            ? 0
            : spec.sectors.size() +
                  static_cast<std::size_t>(largest - spec.portfolios.begin()));
    const auto scope = static_cast<std::uint32_t>(model::Scope::scope1_2);
    return select(config, layout, first, first + 1, scope, scope + 1);
}

}  // namespace hepta::campaign
