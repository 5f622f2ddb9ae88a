/// \file
/// Readers of results that look up arrays by the labels of others.
#pragma once

#include "hepta/core/error.hpp"

#include <stdexcept>

namespace hepta::campaign {

/// What `read` returns.
/// \throws ResultError where it looks for what an array does not have, and
///         what it throws else
template <class Read>
auto refuse_short_arrays(const Read& read)
{
    try {
        return read();
    } catch (const std::out_of_range&) {
        throw ResultError(
            "the result is damaged: an array is shorter than its labels");
    }
}

}  // namespace hepta::campaign
