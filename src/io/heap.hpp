/// \file
/// Values of variable length: texts, and the scales of a variable.
#pragma once

#include "hdf5_handle.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <map>
#include <string>
#include <string_view>

namespace hepta::io {

/// Where a value of variable length is: its number of items (4 bytes), the
/// address of a collection (8) and the index in it (4), as the file has it.
using HeapReference = std::array<char, 16>;

/// The global heap of one file, read without HDF5: its H5HG_read and
/// H5T__vlen_disk_read copy as many bytes as a damaged file says. Layout by
/// the HDF5 File Format Specification 3.0, III.E "Global Heap" and IV.B.
class Heap
{
  public:
    explicit Heap(const std::string& path);

    /// Type in memory that HDF5 reads a HeapReference as.
    [[nodiscard]] hid_t reference_type() const { return type_.get(); }

    /// The value that a reference stands for, of items of `item_bytes`.
    /// \throws Hdf5Failure "could not <action>" if there is no such value of
    ///         just that length
    [[nodiscard]] std::string_view value(const HeapReference& reference,
                                         std::size_t item_bytes,
                                         const std::string& action);

  private:
    struct Collection
    {
        std::string bytes;
        std::map<std::uint32_t, std::string_view> objects;
    };

    const Collection& collection(std::uint64_t address,
                                 const std::string& action);
    std::string read(std::uint64_t address,
                     std::uint64_t n_bytes,
                     const std::string& action);

    TypeHandle type_;
    std::ifstream file_;
    std::uint64_t n_bytes_ = 0;         ///< of the file
    std::uint64_t n_left_to_hold_ = 0;  ///< collections do not overlap
    std::uint64_t n_left_to_give_ = 0;  ///< nor do references share a value
    std::map<std::uint64_t, Collection> collections_;  ///< by address
};

}  // namespace hepta::io
