/// \file
/// MPI calls whose failures become errors, for this folder alone.
#pragma once

// The C++ bindings, gone since MPI 3, would have to be compiled and linked.
// NOLINTBEGIN(readability-identifier-naming): names of the MPI libraries
#define MPICH_SKIP_MPICXX 1
#define OMPI_SKIP_MPICXX 1
// NOLINTEND(readability-identifier-naming)

#include "hepta/core/error.hpp"

#include <mpi.h>

#include <string>

namespace hepta::parallel {

/// \throws SystemError naming the call if `status` is not MPI_SUCCESS
inline void require(int status, const std::string& call)
{
    if (status == MPI_SUCCESS) {
        return;
    }
    std::string why(MPI_MAX_ERROR_STRING, '\0');
    int length = 0;
    MPI_Error_string(status, why.data(), &length);
    why.resize(static_cast<std::size_t>(length));
    throw SystemError("MPI: " + call + " failed: " + why);
}

}  // namespace hepta::parallel
