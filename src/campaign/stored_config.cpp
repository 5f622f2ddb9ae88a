#include "hepta/campaign/stored_config.hpp"

#include "hepta/core/error.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace hepta::campaign {

std::string sources_json(const config::Sources& sources)
{
    nlohmann::ordered_json json;
    json["run_file"] = sources.run_file;
    json["texts"] = sources.texts;
    json["overrides"] = nlohmann::ordered_json::array();
    for (const config::Override& override : sources.overrides) {
        json["overrides"].push_back({override.key, override.value});
    }
    return json.dump();
}

config::RunConfig stored_config(const std::string& path, const io::Tree& tree)
{
    const io::Group& provenance = tree.group("provenance");
    const auto* text = std::get_if<std::vector<std::string>>(
        &provenance.variable("sources").values);
    const auto* sha256 =
        std::get_if<std::string>(&provenance.attribute("config_sha256"));
    if (text == nullptr || text->size() != 1 || sha256 == nullptr) {
        throw ResultError(
            fmt::format("{}: /provenance is not as hepta writes it", path));
    }
    config::RunConfig config;
    try {
        const auto json = nlohmann::json::parse(text->front());
        config::Sources sources;
        sources.run_file = json.at("run_file");
        sources.texts = json.at("texts");
        for (const auto& pair : json.at("overrides")) {
            sources.overrides.push_back({pair.at(0), pair.at(1)});
        }
        config = config::load(sources);
    } catch (const nlohmann::json::exception&) {
        throw ResultError(
            fmt::format("{}: /provenance/sources is damaged", path));
    } catch (const InputError& error) {
        throw ResultError(fmt::format(
            "{}: this version does not accept the stored configuration:\n{}",
            path,
            error.what()));
    }
    if (config.sha256 != *sha256) {
        throw ResultError(
            fmt::format("{}: this version reads the stored configuration "
                        "differently\n  hint: use the version of /provenance",
                        path));
    }
    return config;
}

}  // namespace hepta::campaign
