#include "run_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

namespace hepta::config {
namespace {

/// Inputs that are not fixed, and factors that no input carries.
std::vector<std::string> names_drawn(const sampling::DesignSpec& design)
{
    std::vector<std::string> names;
    for (const sampling::Input& input : design.inputs) {
        if (!std::holds_alternative<sampling::Fixed>(input.distribution)) {
            names.push_back(input.name);
        }
    }
    for (const sampling::Latent& latent : design.latents) {
        names.push_back(latent.name);
    }
    return names;
}

bool has_name(const std::vector<std::string>& names, const std::string& name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

void take_tilts(const Catalogue& catalogue,
                RunConfig& config,
                Diagnostics& diagnostics)
{
    const std::vector<std::string> drawn = names_drawn(config.design);
    const std::vector<std::string> inputs = names_of(config.design.inputs);
    for (const auto& [input, shift] : catalogue.tilts) {
        if (has_name(drawn, input.name)) {
            config.tilts.push_back({input.name, shift});
        } else if (has_name(inputs, input.name)) {
            diagnostics.add(input.place,
                            input.path,
                            "is a fixed input",
                            "give it a distribution, or tilt another");
        } else {
            const std::string near = nearest(input.name, drawn);
            diagnostics.add(
                input.place,
                input.path,
                "is not an input",
                near.empty() ? "hepta validate --json lists them, with their "
                               "distributions"
                             : fmt::format("did you mean `{}`?", near));
        }
    }
    std::sort(config.tilts.begin(),
              config.tilts.end(),
              [](const auto& a, const auto& b) { return a.input < b.input; });
}

}  // namespace hepta::config
