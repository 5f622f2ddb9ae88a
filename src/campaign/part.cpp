#include "hepta/campaign/part.hpp"

#include "hepta/campaign/result.hpp"
#include "hepta/core/error.hpp"
#include "hepta/core/version.hpp"

#include <fmt/format.h>

#include <utility>

namespace hepta::campaign {
namespace {

template <class T>
T attribute(const std::string& path,
            const io::Group& group,
            std::string_view name)
{
    const T* value = std::get_if<T>(&group.attribute(name));
    if (value == nullptr) {
        throw ResultError(fmt::format(
            "{}: /provenance@{} has an unexpected type", path, name));
    }
    return *value;
}

template <class T>
void check_same(const std::string& path,
                const char* what,
                const T& found,
                const T& expected,
                const char* hint)
{
    if (found != expected) {
        throw ResultError(fmt::format("{}: its {} is {}, not {}\n  hint: {}",
                                      path,
                                      what,
                                      found,
                                      expected,
                                      hint));
    }
}

}  // namespace

Identity identity_of(const config::RunConfig& config)
{
    return {config.sha256,
            static_cast<std::int64_t>(config.seed),
            design_text(config),
            model_version};
}

void check_identity(const std::string& path,
                    const Identity& found,
                    const Identity& expected)
{
    check_same(path,
               "model version",
               found.model_version,
               expected.model_version,
               "use the hepta that wrote it");
    check_same(path,
               "configuration",
               found.config_sha256,
               expected.config_sha256,
               "these are digests; compare /provenance/configuration");
    check_same(path,
               "seed",
               found.seed,
               expected.seed,
               "samples of different seeds are not added up");
    check_same(path,
               "sampler",
               found.sampler,
               expected.sampler,
               "samples of different samplers are not added up");
}

io::Group take_group(io::Tree& tree, std::string_view name)
{
    for (io::Group& group : tree.groups) {
        if (group.name == name) {
            return std::move(group);
        }
    }
    throw ResultError(fmt::format("the result has no group '{}'", name));
}

Part take_part(const std::string& path, io::Tree&& tree)
{
    Part part;
    part.path = path;
    const io::Group& provenance = tree.group("provenance");
    part.identity = {
        attribute<std::string>(path, provenance, "config_sha256"),
        attribute<std::int64_t>(path, provenance, "seed"),
        attribute<std::string>(path, provenance, "design"),
        attribute<std::int64_t>(path, provenance, "model_version")};
    const auto hash = attribute<std::string>(path, provenance, "result_hash");
    const io::Group& state = tree.group("state");
    if (part.identity.model_version == model_version &&
        hash != result_hash(state, part.identity)) {
        throw ResultError(
            fmt::format("{}: is damaged: its numbers do not have the "
                        "result_hash {}",
                        path,
                        hash));
    }
    part.state = state_from_group(path, take_group(tree, "state"));
    part.provenance.groups.push_back(take_group(tree, "provenance"));
    return part;
}

Part read_part(const std::string& path)
{
    return take_part(path, io::read_tree(path, {"state", "provenance"}));
}

}  // namespace hepta::campaign
