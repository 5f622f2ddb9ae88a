#include "toml_source.hpp"

#include "key_depth.hpp"
#include "overrides.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <new>
#include <optional>
#include <set>

namespace hepta::config {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> read_text(const fs::path& path,
                                     const Place& place,
                                     std::string_view key,
                                     Diagnostics& diagnostics)
{
    std::error_code error;
    const auto refuse = [&](const std::string& problem, const char* hint) {
        diagnostics.add(place, key, problem, hint);
        return std::nullopt;
    };
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) {
        return refuse("does not exist", "check the path");
    }
    if (!fs::is_regular_file(status)) {
        return refuse("is not a file", "give a TOML file");
    }
    const std::uintmax_t n_bytes = fs::file_size(path, error);
    if (error || n_bytes > max_file_bytes) {
        return refuse(
            fmt::format("has {} bytes, more than {}", n_bytes, max_file_bytes),
            "is this a configuration file?");
    }
    std::string text(n_bytes, '\0');
    std::ifstream stream(path, std::ios::binary);
    if (!stream.read(text.data(), static_cast<std::streamsize>(n_bytes))) {
        return refuse("cannot be read", "check its permissions");
    }
    return text;
}

/// The text of a file of the configuration, from `sources` if it is there,
/// else from the file, which is then kept in `sources`. Texts that were stored
/// are complete: a result file names no file of the reader's disk.
std::optional<std::string> source_text(const fs::path& path,
                                       const fs::path& folder,
                                       const Place& place,
                                       std::string_view key,
                                       Sources& sources,
                                       Diagnostics& diagnostics)
{
    const std::string name =
        path.lexically_proximate(folder.empty() ? "." : folder).string();
    const auto kept = sources.texts.find(name);
    if (kept != sources.texts.end()) {
        return kept->second;
    }
    if (sources.are_complete) {
        diagnostics.add(
            place, key, "is not among the stored texts", "run it from files");
        return std::nullopt;
    }
    auto text = read_text(path, place, key, diagnostics);
    if (text) {
        sources.texts.emplace(name, *text);
    }
    return text;
}

/// \return false, reported, if the texts are too many or too long together
bool has_room_for(const std::string& text,
                  const std::string& shown,
                  std::size_t& n_bytes,
                  Diagnostics& diagnostics)
{
    n_bytes += text.size();
    if (n_bytes <= max_file_bytes) {
        return true;
    }
    diagnostics.add(Place{shown},
                    "",
                    fmt::format("brings the configuration to {} bytes, more "
                                "than {}",
                                n_bytes,
                                max_file_bytes),
                    "is this a configuration file?");
    return false;
}

std::optional<toml::table> parse(const std::string& text,
                                 const std::string& shown,
                                 Diagnostics& diagnostics)
{
    if (text.find('\0') != std::string::npos) {
        diagnostics.add(Place{shown},
                        "",
                        "is not a text file",
                        "a configuration is TOML in UTF-8");
        return std::nullopt;
    }
    if (const auto line = line_of_long_key(text)) {
        diagnostics.add(
            Place{shown, *line, 1},
            "",
            "has a key that is nested too deeply",
            fmt::format("a key has at most {} names", max_key_names));
        return std::nullopt;
    }
    errno = 0;
    try {
        return toml::parse(text, shown);
    } catch (const toml::parse_error& error) {
        if (errno == ENOMEM) {
            throw std::bad_alloc();  // else a number it had no room to convert
        }
        const toml::source_position at = error.source().begin;
        std::string problem = printable(error.description());
        diagnostics.add(Place{shown, at.line, at.column},
                        "",
                        problem,
                        "the file must be TOML in UTF-8 (https://toml.io)");
        return std::nullopt;
    }
}

/// The folder that the files included by a run file in `folder` lie in: that
/// one or, if it is below one called `configs`, the innermost of these, so that
/// runs in folders of their own share what stands there.
fs::path include_root(const fs::path& folder)
{
    for (fs::path above = folder; above.has_relative_path();
         above = above.parent_path()) {
        if (above.filename() == "configs") {
            return above;
        }
    }
    return folder;
}

/// Included paths are relative and stay in one folder, so that a configuration
/// can be copied with it. Stored texts have no folder: the path is a name.
bool stays_inside(const fs::path& folder,
                  const std::string& included,
                  bool are_complete)
{
    const fs::path path(included);
    if (included.empty() || path.is_absolute() ||
        included.find('\0') != std::string::npos) {
        return false;
    }
    if (are_complete) {
        return true;
    }
    std::error_code error;
    const fs::path here =
        fs::weakly_canonical(folder.empty() ? fs::path(".") : folder, error);
    const fs::path target = fs::weakly_canonical(here / path, error);
    const fs::path relative = target.lexically_relative(include_root(here));
    return !relative.empty() && *relative.begin() != "..";
}

Place place_of(const toml::node& node, const std::string& file)
{
    const toml::source_region& region = node.source();
    if (region.path && *region.path == command_line) {
        return Place{command_line};
    }
    return Place{file, region.begin.line, region.begin.column};
}

void read_includes(const SourceFile& run,
                   const fs::path& folder,
                   Sources& sources,
                   std::size_t n_bytes,
                   std::vector<SourceFile>& files,
                   Diagnostics& diagnostics)
{
    const toml::array* list = run.table["include"].as_array();
    if (list == nullptr) {
        return;  // absent, or reported as a wrong type by the run reader
    }
    if (list->size() > max_files) {
        diagnostics.add(
            place_of(*list, run.path),
            "include",
            fmt::format(
                "has {} elements, more than {}", list->size(), max_files),
            "put some of them together");
        return;
    }
    std::set<std::string> seen;
    for (const toml::node& node : *list) {
        const std::optional<std::string> name = node.value<std::string>();
        const Place place = place_of(node, run.path);
        if (!name) {
            diagnostics.add(place,
                            "include",
                            "holds what is not a path",
                            "write \"a.toml\"");
            continue;
        }
        const std::string key = fmt::format("include \"{}\"", *name);
        if (!stays_inside(folder, *name, sources.are_complete)) {
            diagnostics.add(place,
                            key,
                            "leaves the folder of the run file",
                            "include by a relative path inside that folder, "
                            "or inside the folder `configs` around it");
            continue;
        }
        const fs::path path = (folder / *name).lexically_normal();
        if (!seen.insert(path.string()).second) {
            diagnostics.add(
                place, key, "is included twice", "remove one of them");
            continue;
        }
        const auto text =
            source_text(path, folder, place, key, sources, diagnostics);
        if (!text) {
            continue;
        }
        if (!has_room_for(*text, path.string(), n_bytes, diagnostics)) {
            return;
        }
        if (auto table = parse(*text, path.string(), diagnostics)) {
            files.push_back({path.string(), std::move(*table)});
        }
    }
}

}  // namespace

std::vector<SourceFile> read_sources(const std::string& path,
                                     Sources& sources,
                                     Diagnostics& diagnostics)
{
    const fs::path folder = fs::path(path).parent_path();
    std::vector<SourceFile> files;
    const auto text =
        source_text(path, folder, Place{path}, "", sources, diagnostics);
    std::size_t n_bytes = 0;
    if (!text || !has_room_for(*text, path, n_bytes, diagnostics)) {
        return files;
    }
    std::optional<toml::table> run = parse(*text, path, diagnostics);
    if (!run) {
        return files;
    }
    files.push_back({path, std::move(*run)});
    for (const Override& override : sources.overrides) {
        if (override.key == "include") {
            apply_override(override, files, diagnostics);
        }
    }
    std::vector<SourceFile> included;
    read_includes(
        files.front(), folder, sources, n_bytes, included, diagnostics);
    for (SourceFile& file : included) {
        files.push_back(std::move(file));
    }
    for (const Override& override : sources.overrides) {
        if (override.key != "include") {
            apply_override(override, files, diagnostics);
        }
    }
    return files;
}

}  // namespace hepta::config
