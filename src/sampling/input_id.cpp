#include "hepta/sampling/design.hpp"

namespace hepta::sampling {

std::uint32_t input_id(std::string_view name) noexcept
{
    // FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv
    std::uint32_t h = 2166136261u;
    for (const char c : name) {
        h = (h ^ static_cast<unsigned char>(c)) * 16777619u;
    }
    // fmix32 of MurmurHash3: FNV alone leaves names with a common beginning
    // close together.
    h = (h ^ (h >> 16)) * 0x85ebca6bu;
    h = (h ^ (h >> 13)) * 0xc2b2ae35u;
    return h ^ (h >> 16);
}

}  // namespace hepta::sampling
