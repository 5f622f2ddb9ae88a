#include "tree_values.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <utility>

namespace hepta::io {
namespace {

/// Attributes through which HDF5 and netCDF mark scales, or that `Variable`
/// holds as a member.
bool is_internal(const std::string& attribute)
{
    constexpr std::array names = {"CLASS",
                                  "NAME",
                                  "REFERENCE_LIST",
                                  "DIMENSION_LIST",
                                  "_FillValue",
                                  "_Netcdf4Dimid",
                                  "_Netcdf4Coordinates",
                                  "_NCProperties"};
    return std::find(names.begin(), names.end(), attribute) != names.end();
}

bool is_text(const TypeHandle& type)
{
    return H5Tis_variable_str(type.get()) > 0;
}

std::size_t n_items_of(const SpaceHandle& space)
{
    const hssize_t n = H5Sget_simple_extent_npoints(space.get());
    require(n, "count items");
    return static_cast<std::size_t>(n);
}

/// HDF5 gives fill values for what a file never stored, and deflate shrinks a
/// thousandfold, so a few bytes can ask for all the memory there is.
/// \throws Hdf5Failure if `n_stored` bytes cannot hold the values, or memory
///         should not
void check_size(const SpaceHandle& space,
                const TypeHandle& type,
                hsize_t n_stored,
                const std::string& action)
{
    constexpr double best_deflation = 1032.0;
    constexpr double most_bytes = 4e9;
    const double n_bytes = static_cast<double>(n_items_of(space)) *
                           static_cast<double>(H5Tget_size(type.get()));
    if (n_bytes > most_bytes ||
        n_bytes > best_deflation * static_cast<double>(n_stored)) {
        throw Hdf5Failure("could not " + action +
                          ", which says to be larger than it is");
    }
}

/// Texts of which `read` gets the references.
template <class Read>
std::vector<std::string> read_texts(const SpaceHandle& space,
                                    Heap& heap,
                                    const std::string& action,
                                    const Read& read)
{
    std::vector<HeapReference> references(n_items_of(space));
    if (!references.empty()) {
        require(read(heap.reference_type(), references.data()), action);
    }
    std::vector<std::string> texts;
    for (const HeapReference& reference : references) {
        const std::string_view text = heap.value(reference, 1, action);
        texts.emplace_back(text.substr(0, text.find('\0')));
    }
    return texts;
}

template <class T>
Attribute read_numbers(const AttributeHandle& attribute,
                       const SpaceHandle& space,
                       const std::string& action)
{
    std::vector<T> numbers(n_items_of(space));
    if (!numbers.empty()) {
        require(H5Aread(attribute.get(), type_of(T{}), numbers.data()), action);
    }
    if (H5Sget_simple_extent_type(space.get()) == H5S_SCALAR) {
        return numbers.at(0);
    }
    return numbers;
}

std::optional<Attribute> read_attribute(const AttributeHandle& attribute,
                                        Heap& heap,
                                        const std::string& action)
{
    const SpaceHandle space(H5Aget_space(attribute.get()), action);
    const TypeHandle type(H5Aget_type(attribute.get()), action);
    check_size(space, type, H5Aget_storage_size(attribute.get()), action);
    const bool is_scalar = H5Sget_simple_extent_type(space.get()) == H5S_SCALAR;
    if (is_text(type) && is_scalar) {
        return read_texts(space,
                          heap,
                          action,
                          [&](hid_t as, void* to) {
                              return H5Aread(attribute.get(), as, to);
                          })
            .at(0);
    }
    switch (H5Tget_class(type.get())) {
        case H5T_FLOAT:
            return read_numbers<double>(attribute, space, action);
        case H5T_INTEGER:
            return read_numbers<std::int64_t>(attribute, space, action);
        default:
            return std::nullopt;
    }
}

template <class T>
Values read_numbers(const DatasetHandle& dataset,
                    const SpaceHandle& space,
                    const std::string& action)
{
    std::vector<T> numbers(n_items_of(space));
    if (!numbers.empty()) {
        require(H5Dread(dataset.get(),
                        type_of(T{}),
                        H5S_ALL,
                        H5S_ALL,
                        H5P_DEFAULT,
                        numbers.data()),
                action);
    }
    return numbers;
}

}  // namespace

Attributes read_attributes(hid_t owner, Heap& heap)
{
    H5O_info_t info;
    require(H5Oget_info2(owner, &info, H5O_INFO_NUM_ATTRS), "count attributes");
    Attributes attributes;
    for (hsize_t i = 0; i < info.num_attrs; ++i) {
        const AttributeHandle handle(H5Aopen_by_idx(owner,
                                                    ".",
                                                    H5_INDEX_CRT_ORDER,
                                                    H5_ITER_INC,
                                                    i,
                                                    H5P_DEFAULT,
                                                    H5P_DEFAULT),
                                     "open an attribute");
        const std::string name =
            read_name("name an attribute", [&](char* text, std::size_t size) {
                return H5Aget_name(handle.get(), size, text);
            });
        if (is_internal(name)) {
            continue;
        }
        if (auto value = read_attribute(
                handle, heap, "read the attribute '" + name + "'")) {
            attributes.emplace_back(name, *std::move(value));
        }
    }
    return attributes;
}

std::string read_mark(hid_t scale, const char* name, const std::string& action)
{
    if (H5Aexists(scale, name) <= 0) {
        return {};
    }
    const AttributeHandle attribute(H5Aopen(scale, name, H5P_DEFAULT), action);
    const SpaceHandle space(H5Aget_space(attribute.get()), action);
    const TypeHandle type(H5Aget_type(attribute.get()), action);
    if (H5Tget_class(type.get()) != H5T_STRING || is_text(type) ||
        n_items_of(space) != 1) {
        return {};
    }
    check_size(space, type, H5Aget_storage_size(attribute.get()), action);
    std::string text(H5Tget_size(type.get()), '\0');
    require(H5Aread(attribute.get(), type.get(), text.data()), action);
    return text.substr(0, text.find('\0'));
}

std::vector<std::uint64_t> read_scales(const DatasetHandle& dataset,
                                       Heap& heap,
                                       const std::string& action)
{
    const SpaceHandle space(H5Dget_space(dataset.get()), action);
    const int rank = H5Sget_simple_extent_ndims(space.get());
    require(rank, action);
    if (rank == 0) {
        return {};
    }
    const AttributeHandle list(
        H5Aopen(dataset.get(), "DIMENSION_LIST", H5P_DEFAULT), action);
    const SpaceHandle list_space(H5Aget_space(list.get()), action);
    const TypeHandle type(H5Aget_type(list.get()), action);
    std::vector<HeapReference> references(static_cast<std::size_t>(rank));
    const bool fits = H5Tget_class(type.get()) == H5T_VLEN &&
                      n_items_of(list_space) == references.size();
    require(fits ? 0 : -1, action);
    require(H5Aread(list.get(), heap.reference_type(), references.data()),
            action);
    std::vector<std::uint64_t> scales;
    for (const HeapReference& reference : references) {
        std::uint64_t address = 0;
        const std::string_view first =
            heap.value(reference, sizeof address, action);
        require(first.size() < sizeof address ? -1 : 0, action);
        std::memcpy(&address, first.data(), sizeof address);
        scales.push_back(address);
    }
    return scales;
}

Values read_values(const DatasetHandle& dataset,
                   Heap& heap,
                   const std::string& action)
{
    const SpaceHandle space(H5Dget_space(dataset.get()), action);
    const TypeHandle type(H5Dget_type(dataset.get()), action);
    check_size(space, type, H5Dget_storage_size(dataset.get()), action);
    if (is_text(type)) {
        return read_texts(space, heap, action, [&](hid_t as, void* to) {
            return H5Dread(
                dataset.get(), as, H5S_ALL, H5S_ALL, H5P_DEFAULT, to);
        });
    }
    if (H5Tget_class(type.get()) == H5T_FLOAT) {
        return read_numbers<double>(dataset, space, action);
    }
    if (H5Tget_class(type.get()) != H5T_INTEGER) {
        throw Hdf5Failure("could not " + action + ", whose type is foreign");
    }
    const bool is_long = H5Tget_size(type.get()) > sizeof(std::int32_t);
    if (H5Tget_sign(type.get()) == H5T_SGN_NONE) {
        return is_long ? read_numbers<std::uint64_t>(dataset, space, action)
                       : read_numbers<std::uint32_t>(dataset, space, action);
    }
    return is_long ? read_numbers<std::int64_t>(dataset, space, action)
                   : read_numbers<std::int32_t>(dataset, space, action);
}

}  // namespace hepta::io
