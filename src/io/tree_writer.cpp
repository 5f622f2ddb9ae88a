#include "atomic_file.hpp"
#include "hdf5_handle.hpp"
#include "hepta/core/error.hpp"
#include "hepta/io/tree.hpp"
#include "seal.hpp"
#include "tree_check.hpp"

#include <hdf5_hl.h>

#include <algorithm>
#include <cstdio>
#include <limits>
#include <map>
#include <type_traits>

namespace hepta::io {
namespace {

constexpr unsigned creation_order =
    H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

SpaceHandle make_space(const std::vector<hsize_t>& shape)
{
    const int rank = static_cast<int>(shape.size());
    return {rank == 0 ? H5Screate(H5S_SCALAR)
                      : H5Screate_simple(rank, shape.data(), nullptr),
            "create a data space"};
}

// --- Attributes --------------------------------------------------------------

void write_attribute(hid_t owner,
                     const std::string& name,
                     hid_t type,
                     const std::vector<hsize_t>& shape,
                     const void* values)
{
    const std::string action = "write the attribute '" + name + "'";
    const SpaceHandle space = make_space(shape);
    const AttributeHandle attribute(
        H5Acreate2(
            owner, name.c_str(), type, space.get(), H5P_DEFAULT, H5P_DEFAULT),
        action);
    if (values != nullptr) {
        require(H5Awrite(attribute.get(), type, values), action);
    }
}

struct AttributeWriter
{
    hid_t owner;
    const std::string& name;

    void operator()(const std::string& text) const
    {
        const char* pointer = text.c_str();
        const TypeHandle type = string_type();
        write_attribute(owner, name, type.get(), {}, &pointer);
    }
    template <class T>
    void operator()(const std::vector<T>& numbers) const
    {
        write_attribute(
            owner, name, type_of(T{}), {numbers.size()}, numbers.data());
    }
    template <class T>
    void operator()(const T& number) const
    {
        write_attribute(owner, name, type_of(number), {}, &number);
    }
};

void write_attributes(hid_t owner, const Attributes& attributes)
{
    for (const auto& [name, attribute] : attributes) {
        std::visit(AttributeWriter{owner, name}, attribute);
    }
}

// --- Datasets ----------------------------------------------------------------

/// Whole rows, at most 1 MiB, so that a chunk fits the cache of every reader.
std::vector<hsize_t> choose_chunk(std::vector<hsize_t> shape,
                                  std::size_t item_bytes)
{
    constexpr hsize_t limit_bytes = hsize_t{1} << 20;
    hsize_t n_bytes = item_bytes;
    for (const hsize_t length : shape) {
        n_bytes *= length;
    }
    for (hsize_t& length : shape) {
        const hsize_t rest_bytes = n_bytes / length;
        length = std::clamp<hsize_t>(limit_bytes / rest_bytes, 1, length);
        n_bytes = rest_bytes * length;
    }
    return shape;
}

template <class T>
T fill_value_of()
{
    if constexpr (std::is_floating_point_v<T>) {
        return std::numeric_limits<T>::quiet_NaN();
    } else if constexpr (std::is_signed_v<T>) {
        return std::numeric_limits<T>::min();
    } else {
        return std::numeric_limits<T>::max();
    }
}

/// What the file keeps of one variable or dimension scale.
struct DatasetPlan
{
    const std::string& name;
    std::vector<hsize_t> shape;
    const Attributes& attributes;
    bool has_fill_value = false;
    bool compressed = false;
};

PropertiesHandle dataset_properties()
{
    PropertiesHandle properties(H5Pcreate(H5P_DATASET_CREATE),
                                "create dataset properties");
    require(H5Pset_attr_creation_order(properties.get(), creation_order),
            "track the order of attributes");
    require(H5Pset_obj_track_times(properties.get(), false),
            "leave out time stamps");
    return properties;
}

DatasetHandle create_dataset(hid_t group,
                             const DatasetPlan& plan,
                             hid_t type,
                             const PropertiesHandle& properties)
{
    const SpaceHandle space = make_space(plan.shape);
    return {H5Dcreate2(group,
                       plan.name.c_str(),
                       type,
                       space.get(),
                       H5P_DEFAULT,
                       properties.get(),
                       H5P_DEFAULT),
            "create '" + plan.name + "'"};
}

void write_values(const DatasetHandle& dataset,
                  const DatasetPlan& plan,
                  hid_t type,
                  const void* values)
{
    require(
        H5Dwrite(dataset.get(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values),
        "write '" + plan.name + "'");
}

struct DatasetWriter
{
    hid_t group;
    const DatasetPlan& plan;

    DatasetHandle operator()(const std::vector<std::string>& texts) const
    {
        const TypeHandle type = string_type();
        DatasetHandle dataset =
            create_dataset(group, plan, type.get(), dataset_properties());
        std::vector<const char*> pointers;
        for (const std::string& text : texts) {
            pointers.push_back(text.c_str());
        }
        if (!pointers.empty()) {
            write_values(dataset, plan, type.get(), pointers.data());
        }
        write_attributes(dataset.get(), plan.attributes);
        return dataset;
    }

    template <class T>
    DatasetHandle operator()(const std::vector<T>& numbers) const
    {
        const hid_t type = type_of(T{});
        const T fill_value = fill_value_of<T>();
        const PropertiesHandle properties = dataset_properties();
        if (plan.has_fill_value) {
            require(H5Pset_fill_value(properties.get(), type, &fill_value),
                    "set a fill value");
        }
        if (plan.compressed && !plan.shape.empty() && !numbers.empty()) {
            compress(properties, sizeof(T));
        }
        DatasetHandle dataset = create_dataset(group, plan, type, properties);
        if (!numbers.empty()) {
            write_values(dataset, plan, type, numbers.data());
        }
        if (plan.has_fill_value) {
            write_attribute(dataset.get(), "_FillValue", type, {}, &fill_value);
        }
        write_attributes(dataset.get(), plan.attributes);
        return dataset;
    }

    void compress(const PropertiesHandle& properties,
                  std::size_t item_bytes) const
    {
        const std::vector<hsize_t> chunk = choose_chunk(plan.shape, item_bytes);
        require(
            H5Pset_chunk(
                properties.get(), static_cast<int>(chunk.size()), chunk.data()),
            "set chunks");
        require(H5Pset_shuffle(properties.get()), "set shuffling");
        require(H5Pset_deflate(properties.get(), 1), "set compression");
    }
};

DatasetHandle write_dataset(hid_t group,
                            const DatasetPlan& plan,
                            const Values& values)
{
    return std::visit(DatasetWriter{group, plan}, values);
}

// --- Groups and files --------------------------------------------------------

/// A dimension without labels, as netCDF-4 marks it: a dataset that is never
/// written, and so has a shape but no storage.
DatasetHandle write_unlabelled(hid_t group, const Dimension& dimension)
{
    const DatasetPlan plan{.name = dimension.name,
                           .shape = {dimension.unlabelled},
                           .attributes = dimension.attributes};
    DatasetHandle scale =
        create_dataset(group, plan, H5T_IEEE_F32BE, dataset_properties());
    char mark[128];
    std::snprintf(mark,
                  sizeof mark,
                  "%s%10llu",
                  unlabelled_mark,
                  static_cast<unsigned long long>(dimension.unlabelled));
    require(H5DSset_scale(scale.get(), mark),
            "make '" + dimension.name + "' a dimension");
    write_attributes(scale.get(), dimension.attributes);
    return scale;
}

DatasetHandle write_scale(hid_t group, const Dimension& dimension)
{
    if (dimension.unlabelled > 0) {
        return write_unlabelled(group, dimension);
    }
    DatasetHandle scale = write_dataset(group,
                                        {.name = dimension.name,
                                         .shape = {size_of(dimension.labels)},
                                         .attributes = dimension.attributes},
                                        dimension.labels);
    require(H5DSset_scale(scale.get(), dimension.name.c_str()),
            "make '" + dimension.name + "' a dimension scale");
    return scale;
}

/// Dimensions become scales of the group, attached to its variables: netCDF
/// sees dimensions with coordinate variables.
void write_group_content(hid_t id, const Group& group)
{
    write_attributes(id, group.attributes);
    std::map<std::string, DatasetHandle> scales;
    for (const Dimension& dimension : group.dimensions) {
        scales.emplace(dimension.name, write_scale(id, dimension));
    }
    for (const Variable& variable : group.variables) {
        const std::vector<std::size_t> shape = shape_of(group, variable);
        const DatasetHandle dataset =
            write_dataset(id,
                          {.name = variable.name,
                           .shape = {shape.begin(), shape.end()},
                           .attributes = variable.attributes,
                           .has_fill_value = variable.has_fill_value,
                           .compressed = variable.compressed},
                          variable.values);
        unsigned axis = 0;
        for (const std::string& name : variable.dimensions) {
            require(
                H5DSattach_scale(dataset.get(), scales.at(name).get(), axis++),
                "attach '" + name + "' to '" + variable.name + "'");
        }
    }
}

void write_group(const FileHandle& file, const Group& group)
{
    if (group.name.empty()) {
        write_group_content(file.get(), group);
        return;
    }
    const PropertiesHandle properties(H5Pcreate(H5P_GROUP_CREATE),
                                      "create group properties");
    require(H5Pset_link_creation_order(properties.get(), creation_order),
            "track the order of datasets");
    require(H5Pset_attr_creation_order(properties.get(), creation_order),
            "track the order of attributes");
    require(H5Pset_obj_track_times(properties.get(), false),
            "leave out time stamps");
    const GroupHandle handle(H5Gcreate2(file.get(),
                                        group.name.c_str(),
                                        H5P_DEFAULT,
                                        properties.get(),
                                        H5P_DEFAULT),
                             "create the group '" + group.name + "'");
    write_group_content(handle.get(), group);
}

/// A file in memory. HDF5 1.10 cannot recover from a full disk: closing fails
/// and the process crashes when it ends. So the library never sees the disk.
/// (The default format bounds are needed: before HDF5 2.0, the image of a file
/// with a newer superblock has a wrong checksum.)
FileHandle create_file_in_memory()
{
    constexpr std::size_t increment_bytes = std::size_t{1} << 22;
    const PropertiesHandle access(H5Pcreate(H5P_FILE_ACCESS),
                                  "create access properties");
    require(H5Pset_fapl_core(access.get(), increment_bytes, false),
            "keep a file in memory");
    const PropertiesHandle creation(H5Pcreate(H5P_FILE_CREATE),
                                    "create file properties");
    require(H5Pset_link_creation_order(creation.get(), creation_order),
            "track the order of groups");
    require(H5Pset_attr_creation_order(creation.get(), creation_order),
            "track the order of attributes");
    require(H5Pset_obj_track_times(creation.get(), false),
            "leave out time stamps");
    return {H5Fcreate("hepta-result-in-memory",
                      H5F_ACC_TRUNC,
                      creation.get(),
                      access.get()),
            "create a file in memory"};
}

std::vector<std::byte> take_image(const FileHandle& file)
{
    require(H5Fflush(file.get(), H5F_SCOPE_GLOBAL), "flush");
    const ssize_t n_bytes = H5Fget_file_image(file.get(), nullptr, 0);
    require(n_bytes, "measure the file");
    std::vector<std::byte> image(static_cast<std::size_t>(n_bytes));
    require(H5Fget_file_image(file.get(), image.data(), image.size()),
            "copy the file");
    return image;
}

void write_format(const FileHandle& file, const Attributes& given)
{
    Attributes attributes = {{"format", std::string(format_name)},
                             {"format_version", format_version}};
    std::erase_if(attributes, [&](const auto& own) {
        return std::any_of(given.begin(), given.end(), [&](const auto& item) {
            return item.first == own.first;
        });
    });
    write_attributes(file.get(), attributes);
}

std::vector<std::byte> make_image(const Tree& tree)
{
    const FileHandle file = create_file_in_memory();
    write_format(file, tree.attributes);
    write_attributes(file.get(), tree.attributes);
    for (const Group& group : tree.groups) {
        write_group(file, group);
    }
    return take_image(file);
}

std::vector<std::byte> image_of(const std::string& path, const Tree& tree)
{
    silence_hdf5();
    check_tree(tree);
    try {
        return make_image(tree);
    } catch (const Hdf5Failure& failure) {
        throw SystemError("cannot write '" + path + "': HDF5 " +
                          failure.what());
    }
}

}  // namespace

void write_tree(const std::string& path, const Tree& tree)
{
    write_atomically(path, image_of(path, tree));
}

void write_sealed_tree(const std::string& path,
                       const std::string& previous,
                       const Tree& tree)
{
    std::vector<std::byte> image = image_of(path, tree);
    const std::string seal = seal_of(image);
    const auto bytes = std::as_bytes(std::span(seal));
    image.insert(image.end(), bytes.begin(), bytes.end());
    write_atomically(path, image, previous);
}

}  // namespace hepta::io
