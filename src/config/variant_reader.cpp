#include "fields.hpp"
#include "links.hpp"
#include "sections.hpp"

#include <algorithm>

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

void read_ramp_up(TableReader section, Variant& variant)
{
    variant.ramps_up = read_switch(section, "on", false);
    const auto entry =
        section.find("diffusion_rate", Need::required, "that of all newcomers");
    if (entry) {
        if (auto number =
                read_number(*entry, {"1/yr", not_negative}, section.file())) {
            variant.ramp_up.emplace("diffusion_rate", std::move(*number));
        }
    }
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
    if (ramps_up) {
        on.emplace_back("ramp_up");
    }
    if (retrofits) {
        on.emplace_back("retrofit");
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
    if (auto table = section.table("ramp_up", Need::optional)) {
        read_ramp_up(std::move(*table), variant);
    }
    variant.retrofits = read_switch(section, "retrofit", false);
    section.finish();
}

void check_variant(const Catalogue& catalogue, Diagnostics& diagnostics)
{
    const auto has_cycle = [](const SectorEntry& sector) {
        return std::any_of(
            sector.technologies.begin(),
            sector.technologies.end(),
            [](const TechnologyEntry& technology) {
                return technology.numbers.count("investment_cycle") != 0;
            });
    };
    if (catalogue.variant.retrofits &&
        std::none_of(
            catalogue.sectors.begin(), catalogue.sectors.end(), has_cycle)) {
        diagnostics.add(catalogue.variant.place,
                        "variant.retrofit",
                        "= true finds no technology to retrofit",
                        "give those that can be an `investment_cycle`");
    }
}

}  // namespace hepta::config
