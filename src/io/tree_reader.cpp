#include "hdf5_handle.hpp"
#include "hepta/core/error.hpp"
#include "hepta/io/tree.hpp"
#include "tree_check.hpp"
#include "tree_values.hpp"

#include <fcntl.h>
#include <hdf5_hl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <new>
#include <stdexcept>
#include <system_error>

namespace hepta::io {
namespace {

/// The name that a library function hands out in two calls, first its length.
template <class Function>
bool take_name(Function function, hid_t id, std::string& text)
{
    const ssize_t length = function(id, nullptr, 0);
    if (length < 0) {
        return false;
    }
    text.resize(static_cast<std::size_t>(length));
    return function(id, text.data(), text.size() + 1) >= 0;
}

bool is_unlabelled(const std::string& scale_name)
{
    return scale_name.rfind(unlabelled_mark, 0) == 0;
}

herr_t take_scale_name(hid_t, unsigned, hid_t scale, void* name)
{
    auto& text = *static_cast<std::string*>(name);
    bool found = take_name(H5DSget_scale_name, scale, text);
    if (found && is_unlabelled(text)) {
        found = take_name(H5Iget_name, scale, text);
        text.erase(0, text.rfind('/') + 1);
    }
    return found ? 1 : -1;  // 1 stops at the first scale of the axis
}

Dimension read_dimension(const DatasetHandle& dataset,
                         const std::string& name,
                         const std::string& place)
{
    Dimension dimension{.name = name,
                        .labels = std::vector<std::uint32_t>{},
                        .attributes = read_attributes(dataset.get())};
    std::string scale_name;
    if (take_name(H5DSget_scale_name, dataset.get(), scale_name) &&
        is_unlabelled(scale_name)) {
        const SpaceHandle space(H5Dget_space(dataset.get()),
                                "measure " + place);
        const hssize_t length = H5Sget_simple_extent_npoints(space.get());
        require(length, "measure " + place);
        dimension.unlabelled = static_cast<std::uint64_t>(length);
    } else {
        dimension.labels = read_values(dataset, "read " + place);
    }
    return dimension;
}

std::vector<std::string> read_dimension_names(const DatasetHandle& dataset,
                                              const std::string& place)
{
    const SpaceHandle space(H5Dget_space(dataset.get()), "measure " + place);
    const int rank = H5Sget_simple_extent_ndims(space.get());
    require(rank, "measure " + place);
    std::vector<std::string> names(static_cast<std::size_t>(rank));
    unsigned axis = 0;
    for (std::string& name : names) {
        const herr_t status = H5DSiterate_scales(
            dataset.get(), axis++, nullptr, take_scale_name, &name);
        require(status > 0 ? 0 : -1, "find the dimensions of " + place);
    }
    return names;
}

Variable read_variable(const DatasetHandle& dataset,
                       const std::string& name,
                       const std::string& place)
{
    const PropertiesHandle properties(H5Dget_create_plist(dataset.get()),
                                      "inspect " + place);
    return {.name = name,
            .dimensions = read_dimension_names(dataset, place),
            .values = read_values(dataset, "read " + place),
            .attributes = read_attributes(dataset.get()),
            .has_fill_value = H5Aexists(dataset.get(), "_FillValue") > 0,
            .compressed = H5Pget_nfilters(properties.get()) > 0};
}

// --- Groups and files --------------------------------------------------------

/// Names in a group of datasets, or of groups, in the order of writing.
std::vector<std::string> list_links(hid_t group, H5O_type_t wanted)
{
    H5G_info_t info;
    require(H5Gget_info(group, &info), "list a group");
    std::vector<std::string> names;
    for (hsize_t i = 0; i < info.nlinks; ++i) {
        const std::string name =
            read_name("list a group", [&](char* text, std::size_t size) {
                return H5Lget_name_by_idx(group,
                                          ".",
                                          H5_INDEX_CRT_ORDER,
                                          H5_ITER_INC,
                                          i,
                                          text,
                                          size,
                                          H5P_DEFAULT);
            });
        H5O_info_t object;
        require(H5Oget_info_by_name2(
                    group, name.c_str(), &object, H5O_INFO_BASIC, H5P_DEFAULT),
                "inspect '" + name + "'");
        if (object.type == wanted) {
            names.push_back(name);
        }
    }
    return names;
}

/// \throws Hdf5Failure if a variable is longer or shorter than its dimensions
void check_lengths(const Group& group)
{
    for (const Variable& variable : group.variables) {
        std::size_t n_expected = 1;
        bool are_known = true;
        for (const std::string& name : variable.dimensions) {
            const auto found = std::find_if(
                group.dimensions.begin(),
                group.dimensions.end(),
                [&](const Dimension& d) { return d.name == name; });
            are_known = are_known && found != group.dimensions.end();
            n_expected *= are_known ? found->length() : 1;
        }
        if (are_known && n_expected != size_of(variable.values)) {
            throw Hdf5Failure("found '" + variable.name +
                              "' at odds with its dimensions");
        }
    }
}

Group read_group_content(hid_t id, const std::string& group_name)
{
    Group group{.name = group_name};
    for (const std::string& name : list_links(id, H5O_TYPE_DATASET)) {
        const std::string place =
            (group_name.empty() ? "'/" : "'/" + group_name + "/") + name + "'";
        const DatasetHandle dataset(H5Dopen2(id, name.c_str(), H5P_DEFAULT),
                                    "open " + place);
        if (H5DSis_scale(dataset.get()) > 0) {
            group.dimensions.push_back(read_dimension(dataset, name, place));
        } else {
            group.variables.push_back(read_variable(dataset, name, place));
        }
    }
    check_lengths(group);
    return group;
}

Group read_group(const FileHandle& file, const std::string& name)
{
    if (name.empty()) {
        return read_group_content(file.get(), name);
    }
    const GroupHandle handle(H5Gopen2(file.get(), name.c_str(), H5P_DEFAULT),
                             "open the group '" + name + "'");
    Group group = read_group_content(handle.get(), name);
    group.attributes = read_attributes(handle.get());
    return group;
}

/// \throws ResultError if the file cannot be read or is not HDF5 at all
void check_readable(const std::string& path)
{
    const auto fail = [&](const std::string& what) {
        throw ResultError(path + ": " + what);
    };
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        fail(errno == ENOENT ? "there is no such file"
                             : std::generic_category().message(errno));
    }
    ::close(fd);
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) {
        fail("is a folder, not a result file");
    }
    if (std::filesystem::file_size(path, error) == 0) {
        fail("is empty");
    }
    if (H5Fis_hdf5(path.c_str()) <= 0) {
        fail("is not an HDF5 file, or its beginning is damaged");
    }
}

FileHandle open_file(const std::string& path)
{
    check_readable(path);
    const PropertiesHandle access(H5Pcreate(H5P_FILE_ACCESS),
                                  "create access properties");
    // Files are replaced, never changed, and some file systems cannot lock.
    require(H5Pset_file_locking(access.get(), false, true), "forgo locking");
    return {H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.get()), "open it"};
}

/// \throws ResultError if this is another kind of file, or a newer one
void check_format(const std::string& path, const Attributes& attributes)
{
    const auto find = [&](std::string_view name) -> const Attribute* {
        for (const auto& [key, value] : attributes) {
            if (key == name) {
                return &value;
            }
        }
        return nullptr;
    };
    const Attribute* format = find("format");
    if (format == nullptr || *format != Attribute(std::string(format_name))) {
        throw ResultError(path +
                          ": is an HDF5 file, but not a result of hepta");
    }
    const Attribute* version = find("format_version");
    const auto* number =
        version == nullptr ? nullptr : std::get_if<std::int64_t>(version);
    if (number == nullptr) {
        throw ResultError(path + ": has no format version");
    }
    if (*number > format_version) {
        throw ResultError(
            path + ": has format version " + std::to_string(*number) +
            "; this hepta reads up to " + std::to_string(format_version) +
            "\n  hint: use the hepta that wrote it, or a newer "
            "one");
    }
}

std::vector<std::string> choose_groups(const FileHandle& file,
                                       const std::string& path,
                                       std::vector<std::string> wanted,
                                       const std::vector<std::string>& optional)
{
    std::vector<std::string> present = list_links(file.get(), H5O_TYPE_GROUP);
    if (wanted.empty()) {
        if (!list_links(file.get(), H5O_TYPE_DATASET).empty()) {
            present.insert(present.begin(), "");
        }
        return present;
    }
    const auto is_missing = [&present](const std::string& name) {
        return !name.empty() &&
               std::find(present.begin(), present.end(), name) == present.end();
    };
    for (const std::string& name : optional) {
        if (is_missing(name)) {
            std::erase(wanted, name);
        }
    }
    for (const std::string& name : wanted) {
        if (is_missing(name)) {
            throw ResultError(path + ": has no group '" + name + "'");
        }
    }
    return wanted;
}

}  // namespace

Tree read_tree(const std::string& path,
               const std::vector<std::string>& groups,
               const std::vector<std::string>& optional)
{
    silence_hdf5();
    try {
        const FileHandle file = open_file(path);
        Tree tree{.attributes = read_attributes(file.get())};
        check_format(path, tree.attributes);
        for (const std::string& name :
             choose_groups(file, path, groups, optional)) {
            tree.groups.push_back(read_group(file, name));
        }
        return tree;
    } catch (const Hdf5Failure& failure) {
        throw ResultError(path + ": is truncated or damaged: HDF5 " +
                          failure.what());
    } catch (const std::bad_alloc&) {
        throw ResultError(path +
                          ": needs more memory than there is, or is "
                          "damaged");
    } catch (const std::length_error&) {
        throw ResultError(path + ": is damaged: a size in it is impossible");
    }
}

}  // namespace hepta::io
