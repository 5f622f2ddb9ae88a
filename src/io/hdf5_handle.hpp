/// \file
/// Ownership and errors of the HDF5 C interface, for this folder alone.
#pragma once

// A parallel HDF5 includes mpi.h, whose C++ bindings nothing needs.
// NOLINTBEGIN(readability-identifier-naming): names of the MPI libraries
#define MPICH_SKIP_MPICXX 1
#define OMPI_SKIP_MPICXX 1
// NOLINTEND(readability-identifier-naming)

#include <hdf5.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>

namespace hepta::io {

/// A call of the HDF5 library failed: "could not <do something>". The public
/// functions turn it into an error that names the file.
class Hdf5Failure : public std::runtime_error
{
  public:
    using std::runtime_error::runtime_error;
};

/// \throws Hdf5Failure if `status` is what HDF5 returns on failure (negative)
inline void require(std::int64_t status, const std::string& action)
{
    if (status < 0) {
        throw Hdf5Failure("could not " + action);
    }
}

/// Sole owner of one HDF5 identifier; closes it on every path.
template <herr_t (*close)(hid_t)>
class Handle
{
  public:
    /// Adopt `id`. \throws Hdf5Failure "could not <action>" if it is none
    Handle(hid_t id, const std::string& action) : id_(id)
    {
        require(id_, action);
    }
    ~Handle()
    {
        if (id_ >= 0) {
            close(id_);
        }
    }
    Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)) {}
    Handle& operator=(Handle&& other) noexcept
    {
        std::swap(id_, other.id_);
        return *this;
    }
    [[nodiscard]] hid_t get() const noexcept { return id_; }

  private:
    hid_t id_;
};

using FileHandle = Handle<H5Fclose>;
using GroupHandle = Handle<H5Gclose>;
using DatasetHandle = Handle<H5Dclose>;
using AttributeHandle = Handle<H5Aclose>;
using SpaceHandle = Handle<H5Sclose>;
using TypeHandle = Handle<H5Tclose>;
using PropertiesHandle = Handle<H5Pclose>;
using ObjectHandle = Handle<H5Oclose>;

/// Name that netCDF-4 gives the scale of a dimension without labels, its
/// length after it.
inline constexpr const char* unlabelled_mark =
    "This is a netCDF dimension but not a netCDF variable.";

/// HDF5 prints a stack of errors by default; ours say it in one sentence.
inline void silence_hdf5()
{
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

/// Type in memory, and in the file, of a number.
inline hid_t type_of(double)
{
    return H5T_NATIVE_DOUBLE;
}
inline hid_t type_of(std::int64_t)
{
    return H5T_NATIVE_INT64;
}
inline hid_t type_of(std::uint64_t)
{
    return H5T_NATIVE_UINT64;
}
inline hid_t type_of(std::int32_t)
{
    return H5T_NATIVE_INT32;
}
inline hid_t type_of(std::uint32_t)
{
    return H5T_NATIVE_UINT32;
}

/// Variable-length UTF-8: the only strings that every reader opens (netCDF-C
/// 4.9 crashes on fixed-length ones).
inline TypeHandle string_type()
{
    TypeHandle type(H5Tcopy(H5T_C_S1), "copy the string type");
    require(H5Tset_size(type.get(), H5T_VARIABLE), "make a string type");
    require(H5Tset_cset(type.get(), H5T_CSET_UTF8), "make a string type");
    return type;
}

}  // namespace hepta::io
