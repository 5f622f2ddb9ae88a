#include "sparse_terms.hpp"

#include <utility>

namespace hepta::model {
namespace {

using Components = std::vector<std::uint32_t>;

/// Appends the components of the converters that make a technology's carriers.
void add_converters(const Spec& spec,
                    const Technology& technology,
                    Components& components)
{
    for (const CarrierUse& use : technology.energy_input) {
        std::uint32_t v = spec.carriers[use.carrier].converter;
        while (v != no_index) {
            const Converter& converter = spec.converters[v];
            components.push_back(converter.component);
            v = spec.carriers[converter.input_carrier].converter;
        }
    }
}

/// Components by technology, of `uses` and of its converters.
std::vector<Components> components_of(
    const Spec& spec, std::vector<ComponentUse> Technology::*uses)
{
    std::vector<Components> all;
    for (const Sector& sector : spec.sectors) {
        for (const Technology& technology : sector.technologies) {
            Components components;
            for (const ComponentUse& use : technology.*uses) {
                components.push_back(use.component);
            }
            add_converters(spec, technology, components);
            all.push_back(std::move(components));
        }
    }
    return all;
}

std::uint32_t size_of(const std::vector<std::uint32_t>& values)
{
    return static_cast<std::uint32_t>(values.size());
}

}  // namespace

SparsePattern cost_pattern(const Spec& spec)
{
    SparsePattern pattern{{0}, {}};
    for (const Components& row :
         components_of(spec, &Technology::capex_component_share)) {
        pattern.column.insert(pattern.column.end(), row.begin(), row.end());
        pattern.first.push_back(size_of(pattern.column));
    }
    return pattern;
}

ExperiencePattern experience_pattern(const Spec& spec)
{
    const std::vector<Components> by_technology =
        components_of(spec, &Technology::component_intensity);
    ExperiencePattern pattern{{{0}, {}}, {}};
    for (const Components& components : by_technology) {
        pattern.terms.emplace_back(components.size());
    }
    for (std::uint32_t c = 0; c < spec.components.size(); ++c) {
        for (std::uint32_t i = 0; i < by_technology.size(); ++i) {
            for (std::size_t k = 0; k < by_technology[i].size(); ++k) {
                if (by_technology[i][k] == c) {
                    pattern.terms[i][k] = size_of(pattern.column);
                    pattern.column.push_back(i);
                }
            }
        }
        pattern.first.push_back(size_of(pattern.column));
    }
    return pattern;
}

}  // namespace hepta::model
