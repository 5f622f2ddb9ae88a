/// \file
/// From the catalogue of all entities to the model and design of a run.
#pragma once

#include "catalogue.hpp"
#include "hepta/model/spec.hpp"
#include "hepta/sampling/design.hpp"

namespace hepta::config {

/// The entities that a run uses: those of its sectors, and what these refer
/// to. Components stand in the order of their first use, all others in that
/// of the files.
struct Selection
{
    std::vector<const CarrierEntry*> carriers;
    std::vector<const DriverEntry*> drivers;
    std::vector<const ComponentEntry*> components;
    std::vector<const ConverterEntry*> converters;
    std::vector<const ResourceEntry*> resources;
    std::vector<const ScenarioEntry*> scenarios;
};

/// \pre check_links found no fault
[[nodiscard]] Selection select_used(const Catalogue& catalogue);

struct BuiltModel
{
    model::Spec model;
    sampling::DesignSpec design;
    model::ProjectSpec projects;
    std::vector<Commitment> commitments;
};

/// \pre check_links found no fault
[[nodiscard]] BuiltModel build_model(const Catalogue& catalogue);

/// The scenarios of the run, and its portfolios.
void build_scenarios(const Catalogue& catalogue,
                     const Selection& used,
                     const std::vector<Commitment>& commitments,
                     model::Spec& model);

}  // namespace hepta::config
