/// \file
/// Values of a tree as the type that is expected.
#pragma once

#include "hepta/core/error.hpp"
#include "hepta/io/tree.hpp"

#include <string>

namespace hepta::campaign {

/// \throws ResultError naming `name` if the values are of another type
template <class T>
[[nodiscard]] const T& values_of(const io::Values& values,
                                 const std::string& name)
{
    const T* found = std::get_if<T>(&values);
    if (found == nullptr) {
        throw ResultError("'" + name + "' has an unexpected type");
    }
    return *found;
}

}  // namespace hepta::campaign
