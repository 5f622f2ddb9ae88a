#include "hdf5_handle.hpp"
#include "hepta/core/error.hpp"
#include "hepta/io/tree.hpp"
#include "tree_check.hpp"
#include "tree_values.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <map>
#include <new>
#include <stdexcept>
#include <system_error>

namespace hepta::io {
namespace {

/// An open file, and its values of variable length.
struct File
{
    FileHandle handle;
    Heap heap;
};

struct Link
{
    std::string name;
    std::uint64_t address = 0;  ///< of the object
};

/// Names of scales by address.
using Scales = std::map<std::uint64_t, std::string>;

bool is_scale(const DatasetHandle& dataset, const std::string& place)
{
    return read_mark(dataset.get(), "CLASS", "inspect " + place) ==
           "DIMENSION_SCALE";
}

Dimension read_dimension(const DatasetHandle& dataset,
                         Heap& heap,
                         const std::string& name,
                         const std::string& place)
{
    Dimension dimension{.name = name,
                        .labels = std::vector<std::uint32_t>{},
                        .attributes = read_attributes(dataset.get(), heap)};
    const std::string mark =
        read_mark(dataset.get(), "NAME", "inspect " + place);
    if (mark.starts_with(unlabelled_mark)) {
        const SpaceHandle space(H5Dget_space(dataset.get()),
                                "measure " + place);
        const hssize_t length = H5Sget_simple_extent_npoints(space.get());
        require(length, "measure " + place);
        dimension.unlabelled = static_cast<std::uint64_t>(length);
    } else {
        dimension.labels = read_values(dataset, heap, "read " + place);
    }
    return dimension;
}

std::vector<std::string> read_dimension_names(const DatasetHandle& dataset,
                                              Heap& heap,
                                              const Scales& scales,
                                              const std::string& place)
{
    const std::string action = "find the dimensions of " + place;
    std::vector<std::string> names;
    for (const std::uint64_t address : read_scales(dataset, heap, action)) {
        const auto scale = scales.find(address);
        require(scale == scales.end() ? -1 : 0, action);
        names.push_back(scale->second);
    }
    return names;
}

Variable read_variable(const DatasetHandle& dataset,
                       Heap& heap,
                       const Scales& scales,
                       const std::string& name,
                       const std::string& place)
{
    const PropertiesHandle properties(H5Dget_create_plist(dataset.get()),
                                      "inspect " + place);
    return {.name = name,
            .dimensions = read_dimension_names(dataset, heap, scales, place),
            .values = read_values(dataset, heap, "read " + place),
            .attributes = read_attributes(dataset.get(), heap),
            .has_fill_value = H5Aexists(dataset.get(), "_FillValue") > 0,
            .compressed = H5Pget_nfilters(properties.get()) > 0};
}

// --- Groups and files --------------------------------------------------------

/// Datasets in a group, or groups, in the order of writing.
std::vector<Link> list_links(hid_t group, H5O_type_t wanted)
{
    H5G_info_t info;
    require(H5Gget_info(group, &info), "list a group");
    std::vector<Link> links;
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
            links.push_back({name, object.addr});
        }
    }
    return links;
}

/// \throws Hdf5Failure if a variable is longer or shorter than its dimensions
void check_lengths(const Group& group)
{
    for (const Variable& variable : group.variables) {
        std::size_t n_expected = 1;
        for (const std::string& name : variable.dimensions) {
            n_expected *= group.dimension(name).length();
        }
        if (n_expected != size_of(variable.values)) {
            throw Hdf5Failure("found '" + variable.name +
                              "' at odds with its dimensions");
        }
    }
}

Group read_group_content(hid_t id, Heap& heap, const std::string& group_name)
{
    Group group{.name = group_name};
    const std::vector<Link> links = list_links(id, H5O_TYPE_DATASET);
    std::vector<std::pair<const Link*, DatasetHandle>> variables;
    Scales scales;
    const auto place_of = [&](const Link& link) {
        return (group_name.empty() ? "'/" : "'/" + group_name + "/") +
               link.name + "'";
    };
    for (const Link& link : links) {
        const std::string place = place_of(link);
        DatasetHandle dataset(H5Dopen2(id, link.name.c_str(), H5P_DEFAULT),
                              "open " + place);
        if (is_scale(dataset, place)) {
            group.dimensions.push_back(
                read_dimension(dataset, heap, link.name, place));
            scales[link.address] = link.name;
        } else {
            variables.emplace_back(&link, std::move(dataset));
        }
    }
    for (const auto& [link, dataset] : variables) {
        group.variables.push_back(
            read_variable(dataset, heap, scales, link->name, place_of(*link)));
    }
    check_lengths(group);
    return group;
}

Group read_group(File& file, const std::string& name)
{
    if (name.empty()) {
        return read_group_content(file.handle.get(), file.heap, name);
    }
    const GroupHandle handle(
        H5Gopen2(file.handle.get(), name.c_str(), H5P_DEFAULT),
        "open the group '" + name + "'");
    Group group = read_group_content(handle.get(), file.heap, name);
    group.attributes = read_attributes(handle.get(), file.heap);
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

/// \throws Hdf5Failure if addresses are not those of the file's bytes, as
///         `Heap` takes them
void check_addresses(const FileHandle& file)
{
    const PropertiesHandle creation(H5Fget_create_plist(file.get()),
                                    "inspect the file");
    hsize_t n_before = 0;
    std::size_t n_of_address = 0;
    std::size_t n_of_length = 0;
    require(H5Pget_userblock(creation.get(), &n_before), "inspect the file");
    require(H5Pget_sizes(creation.get(), &n_of_address, &n_of_length),
            "inspect the file");
    const bool are_plain =
        n_before == 0 && n_of_address == 8 && n_of_length == 8;
    require(are_plain ? 0 : -1, "find addresses of 8 bytes from its beginning");
}

File open_file(const std::string& path)
{
    check_readable(path);
    const PropertiesHandle access(H5Pcreate(H5P_FILE_ACCESS),
                                  "create access properties");
    // Files are replaced, never changed, and some file systems cannot lock.
    require(H5Pset_file_locking(access.get(), false, true), "forgo locking");
    FileHandle handle(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.get()),
                      "open it");
    check_addresses(handle);
    return {std::move(handle), Heap(path)};
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
    std::vector<std::string> present;
    for (const Link& link : list_links(file.get(), H5O_TYPE_GROUP)) {
        present.push_back(link.name);
    }
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
        File file = open_file(path);
        Tree tree{.attributes = read_attributes(file.handle.get(), file.heap)};
        check_format(path, tree.attributes);
        for (const std::string& name :
             choose_groups(file.handle, path, groups, optional)) {
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
