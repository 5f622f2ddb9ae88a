#include "catalogue.hpp"
#include "correlations.hpp"
#include "hepta/config/run_config.hpp"
#include "hepta/core/sha256.hpp"
#include "links.hpp"
#include "model_builder.hpp"
#include "projects.hpp"
#include "resolved_json.hpp"
#include "run_checks.hpp"
#include "sections.hpp"
#include "toml_source.hpp"

#include <filesystem>
#include <utility>

namespace hepta::config {
namespace {

RunConfig read(const std::string& path, Sources sources)
{
    Diagnostics diagnostics;
    const std::vector<SourceFile> files =
        read_sources(path, sources, diagnostics);
    diagnostics.throw_if_any();

    RunConfig config;
    config.name = std::filesystem::path(path).stem().string();
    Catalogue catalogue;
    read_catalogue(files, config, catalogue, diagnostics);
    check_links(catalogue, diagnostics);
    check_projects(catalogue, diagnostics);
    check_commitments(catalogue, diagnostics);
    diagnostics.throw_if_any();

    BuiltModel built = build_model(catalogue);
    config.model = std::move(built.model);
    config.design = std::move(built.design);
    config.projects = std::move(built.projects);
    config.commitments = std::move(built.commitments);
    add_correlations(catalogue,
                     config.model.first_year,
                     config.model.last_year,
                     config.design);
    config.references = std::move(catalogue.references);
    take_events(catalogue, config, diagnostics);
    take_roadmap(catalogue, config, diagnostics);
    check_sizes(config, catalogue.run_place, diagnostics);
    check_names(config.design, catalogue.run_place, diagnostics);
    take_tilts(catalogue, config, diagnostics);
    diagnostics.throw_if_any();

    config.resolved_json = resolved_json(config);
    Sha256 digest;
    digest.add(config.resolved_json);
    config.sha256 = digest.hex();
    config.sources = std::move(sources);
    return config;
}

}  // namespace

RunConfig load(const std::string& path, const std::vector<Override>& overrides)
{
    return read(path,
                {.run_file = std::filesystem::path(path).filename().string(),
                 .texts = {},
                 .overrides = overrides});
}

RunConfig load(const Sources& sources)
{
    Sources complete = sources;
    complete.are_complete = true;
    return read(sources.run_file, std::move(complete));
}

}  // namespace hepta::config
