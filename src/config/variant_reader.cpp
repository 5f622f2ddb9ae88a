#include "sections.hpp"

namespace hepta::config {

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
        section.boolean("learning_spillover", Need::optional).value_or(true);
    section.finish();
}

}  // namespace hepta::config
