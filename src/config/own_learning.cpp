#include "own_learning.hpp"

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

namespace hepta::config {
namespace {

/// Indices of an entity for each sector that uses it, [sector].
using Users = std::set<std::uint32_t>;
using Indices = std::vector<std::uint32_t>;

/// Who uses the entities of a model, of each kind by index.
struct Uses
{
    std::vector<Users> carriers, components, converters;
};

Uses find_uses(const model::Spec& spec)
{
    Uses uses{std::vector<Users>(spec.carriers.size()),
              std::vector<Users>(spec.components.size()),
              std::vector<Users>(spec.converters.size())};
    for (std::uint32_t s = 0; s < spec.sectors.size(); ++s) {
        for (const model::Technology& t : spec.sectors[s].technologies) {
            for (const model::CarrierUse& use : t.energy_input) {
                uses.carriers[use.carrier].insert(s);
            }
            for (const auto* list :
                 {&t.capex_component_share, &t.component_intensity}) {
                for (const model::ComponentUse& use : *list) {
                    uses.components[use.component].insert(s);
                }
            }
        }
    }
    // from users to inputs, which stand before them
    for (std::size_t v = spec.converters.size(); v-- > 0;) {
        const model::Converter& converter = spec.converters[v];
        const Users users = uses.carriers[converter.output_carrier];
        uses.converters[v] = users;
        uses.carriers[converter.input_carrier].insert(users.begin(),
                                                      users.end());
        uses.components[converter.component].insert(users.begin(), users.end());
    }
    return uses;
}

/// Replace each entity that several sectors learn with by one a sector.
/// \return for every old entity the new one of each sector
template <class T>
std::vector<Indices> copy_for_sectors(const model::Spec& spec,
                                      const std::vector<Users>& learners,
                                      std::vector<T>& entities)
{
    std::vector<T> copies;
    std::vector<Indices> indices;
    for (std::size_t k = 0; k < entities.size(); ++k) {
        Indices& of_sector = indices.emplace_back(
            spec.sectors.size(), static_cast<std::uint32_t>(copies.size()));
        if (learners[k].size() < 2) {
            copies.push_back(std::move(entities[k]));
            continue;
        }
        for (const std::uint32_t s : learners[k]) {
            of_sector[s] = static_cast<std::uint32_t>(copies.size());
            copies.push_back(entities[k]);
            copies.back().name = spec.sectors[s].name + "/" + entities[k].name;
        }
    }
    entities = std::move(copies);
    return indices;
}

}  // namespace

void separate_learning(model::Spec& spec)
{
    const Uses uses = find_uses(spec);
    // a carrier that is bought learns from nobody
    std::vector<Users> makers(spec.carriers.size());
    for (std::size_t v = 0; v < spec.converters.size(); ++v) {
        makers[spec.converters[v].output_carrier] = uses.converters[v];
    }
    const std::vector<model::Converter> converters = spec.converters;
    const auto component =
        copy_for_sectors(spec, uses.components, spec.components);
    const auto converter =
        copy_for_sectors(spec, uses.converters, spec.converters);
    const auto carrier = copy_for_sectors(spec, makers, spec.carriers);

    for (std::size_t v = 0; v < converters.size(); ++v) {
        const model::Converter& old = converters[v];
        for (const std::uint32_t s : uses.converters[v]) {
            const std::uint32_t own = converter[v][s];
            const std::uint32_t output = carrier[old.output_carrier][s];
            spec.converters[own].output_carrier = output;
            spec.converters[own].input_carrier = carrier[old.input_carrier][s];
            spec.converters[own].component = component[old.component][s];
            spec.carriers[output].converter = own;
        }
    }
    for (std::uint32_t s = 0; s < spec.sectors.size(); ++s) {
        for (model::Technology& t : spec.sectors[s].technologies) {
            for (model::CarrierUse& use : t.energy_input) {
                use.carrier = carrier[use.carrier][s];
            }
            for (auto* list :
                 {&t.capex_component_share, &t.component_intensity}) {
                for (model::ComponentUse& use : *list) {
                    use.component = component[use.component][s];
                }
            }
        }
    }
    for (model::Resource& resource : spec.resources) {
        std::set<std::uint32_t> own;
        for (const std::uint32_t k : resource.carriers) {
            own.insert(carrier[k].begin(), carrier[k].end());
        }
        resource.carriers.assign(own.begin(), own.end());
    }
}

}  // namespace hepta::config
