#include "sections.hpp"

namespace hepta::config {
namespace {

bool read_switch(TableReader& table, std::string_view key, bool by_default)
{
    return table.boolean(key, Need::optional).value_or(by_default);
}

void read_acceleration(TableReader section, Variant& variant)
{
    variant.accelerates = read_switch(section, "on", false);
    read_fields(section, acceleration_fields, "", variant.acceleration);
    section.finish();
}

}  // namespace

std::vector<std::string> Variant::names() const
{
    std::vector<std::string> on;
    if (!learning_spillover) {
        on.emplace_back("no_learning_spillover");
    }
    if (accelerates) {
        on.emplace_back("acceleration");
    }
    return on;
}

void read_variant(TableReader section, Catalogue& catalogue)
{
    Variant& variant = catalogue.variant;
    if (variant.given) {
        section.file().diagnostics->add(
            section.place(),
            section.path(),
            "is in two files",
            "keep one, and set its keys there or by --set variant.KEY=...");
        return;
    }
    variant.given = true;
    variant.place = section.place();
    variant.learning_spillover =
        read_switch(section, "learning_spillover", true);
    if (auto table = section.table("acceleration", Need::optional)) {
        read_acceleration(std::move(*table), variant);
    }
    section.finish();
}

}  // namespace hepta::config
