/// \file
/// Fuzz target: any text is a configuration, or refused with an InputError.
///
/// An input is the text of a run file; a line "#file NAME" begins another
/// file, a line "#set KEY=VALUE" is an override.
#include "hepta/config/run_config.hpp"
#include "hepta/core/error.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

namespace {

using hepta::config::Sources;

Sources sources_of(const std::string& text)
{
    Sources sources;
    sources.run_file = "run.toml";
    std::string* file = &sources.texts["run.toml"];
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t equals = line.find('=');
        if (line.starts_with("#file ")) {
            file = &sources.texts[line.substr(6)];
        } else if (line.starts_with("#set ") && equals != std::string::npos) {
            sources.overrides.push_back(
                {line.substr(5, equals - 5), line.substr(equals + 1)});
        } else {
            *file += line + "\n";
        }
    }
    return sources;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size)
{
    const std::string text(reinterpret_cast<const char*>(data), size);
    try {
        const auto config = hepta::config::load(sources_of(text));
        // What was accepted is accepted again, as the same.
        if (hepta::config::load(config.sources).sha256 != config.sha256) {
            std::abort();
        }
    } catch (const hepta::InputError& error) {
        if (*error.what() == '\0') {
            std::abort();
        }
    }
    return 0;
}
