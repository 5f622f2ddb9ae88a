/// \file
/// What HDF5 datasets and attributes hold, as values of a tree.
#pragma once

#include "hdf5_handle.hpp"
#include "heap.hpp"
#include "hepta/io/tree.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace hepta::io {

/// Result of a two-step HDF5 query: first the length, then the text.
template <class Query>
std::string read_name(const std::string& action, const Query& query)
{
    const ssize_t length = query(nullptr, 0);
    require(length, action);
    std::string name(static_cast<std::size_t>(length), '\0');
    require(query(name.data(), name.size() + 1), action);
    return name;
}

/// Attributes of an object in the order of writing, without those that mark
/// scales or that `Variable` holds as a member.
/// \throws Hdf5Failure
[[nodiscard]] Attributes read_attributes(hid_t owner, Heap& heap);

/// Text of fixed length by which HDF5 marks scales; empty if there is none.
/// \throws Hdf5Failure "could not <action>…"
[[nodiscard]] std::string read_mark(hid_t scale,
                                    const char* name,
                                    const std::string& action);

/// Addresses of the first scale of each axis.
/// \throws Hdf5Failure "could not <action>" if an axis has none
[[nodiscard]] std::vector<std::uint64_t> read_scales(
    const DatasetHandle& dataset, Heap& heap, const std::string& action);

/// \throws Hdf5Failure "could not <action>…"
[[nodiscard]] Values read_values(const DatasetHandle& dataset,
                                 Heap& heap,
                                 const std::string& action);

}  // namespace hepta::io
