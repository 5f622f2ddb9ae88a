#include "settings.hpp"

#include "hepta/core/error.hpp"

#include <fmt/format.h>

namespace hepta::cli {

void add_set_option(CLI::App& cmd, std::vector<std::string>& settings)
{
    cmd.add_option("--set",
                   settings,
                   "key=value, dotted key of the run file; repeatable")
        ->allow_extra_args(false);
}

std::vector<config::Override> overrides_of(
    const std::vector<std::string>& settings)
{
    std::vector<config::Override> overrides;
    for (const std::string& setting : settings) {
        const std::size_t equals = setting.find('=');
        if (equals == std::string::npos || equals == 0) {
            throw InputError(
                fmt::format("command line: --set '{}' is not key=value\n"
                            "  hint: --set block_size=4096",
                            setting));
        }
        overrides.push_back(
            {setting.substr(0, equals), setting.substr(equals + 1)});
    }
    return overrides;
}

}  // namespace hepta::cli
