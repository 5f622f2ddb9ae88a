#include "catalogue.hpp"

#include "sections.hpp"

namespace hepta::config {
namespace {

struct Section
{
    const char* key;
    void (*read)(TableReader, Catalogue&);
};

constexpr Section sections[] = {
    {"sectors", read_sectors},
    {"carriers", read_carriers},
    {"drivers", read_drivers},
    {"roles", read_roles},
    {"components", read_components},
    {"converters", read_converters},
    {"resources", read_resources},
    {"scenario", read_scenarios},
    {"correlations", read_correlations},
    {"global", read_global},
    {"reference", read_references},
    {"milestones", read_milestones},
    {"pipeline", read_pipeline},
    {"commitments", read_commitments},
    {"variant", read_variant},
};

}  // namespace

void read_source_texts(TableReader& root)
{
    if (auto table = root.table("sources", Need::optional)) {
        for (const Entry& entry : table->entries()) {
            if (const auto text = table->text(entry.key, Need::required)) {
                root.file().sources.emplace(entry.key, *text);
            }
        }
    }
}

void read_catalogue(const std::vector<SourceFile>& files,
                    RunConfig& config,
                    Catalogue& catalogue,
                    Diagnostics& diagnostics)
{
    for (const SourceFile& file : files) {
        FileContext context{file.path, {}, &diagnostics};
        TableReader root(file.table, "", Place{file.path}, context);
        read_source_texts(root);
        for (const Section& section : sections) {
            if (auto table = root.table(section.key, Need::optional)) {
                section.read(*table, catalogue);
            }
        }
        auto budgets =
            read_named_numbers(root, "sector_budgets", {"Gt CO2", positive});
        catalogue.sector_budgets.insert(
            catalogue.sector_budgets.end(), budgets.begin(), budgets.end());
        if (&file == &files.front()) {
            read_run(root, config, catalogue);
        }
        root.finish();
    }
}

}  // namespace hepta::config
