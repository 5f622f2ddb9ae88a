/// \file
/// Fuzz target: any file holds observations, or is refused with an InputError.
#include "hepta/config/observations.hpp"
#include "hepta/core/error.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

/// A file in memory that holds the input alone. \return its path
std::string hold(const std::uint8_t* data, std::size_t size)
{
    static const int file = memfd_create("observations", 0);
    if (ftruncate(file, 0) != 0 ||
        pwrite(file, data, size, 0) != static_cast<ssize_t>(size)) {
        std::abort();
    }
    return "/proc/self/fd/" + std::to_string(file);
}

bool is_sound(const hepta::config::Observation& one)
{
    return one.value > 0.0 && std::isfinite(one.value) && one.error() > 0.0 &&
           std::isfinite(one.error());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size)
{
    try {
        const std::string path = hold(data, size);
        for (const auto& one : hepta::config::load_observations(path)) {
            if (!is_sound(one)) {
                std::abort();
            }
        }
    } catch (const hepta::InputError& error) {
        if (*error.what() == '\0') {
            std::abort();
        }
    }
    return 0;
}
