/// \file
/// Refusal of an input.
#pragma once

#include "hepta/core/error.hpp"

#include <sstream>

namespace hepta::sampling {

/// \throws InputError with the parts joined
template <class... Parts>
[[noreturn]] void reject(const Parts&... parts)
{
    std::ostringstream text;
    (text << ... << parts);
    throw InputError(text.str());
}

}  // namespace hepta::sampling
