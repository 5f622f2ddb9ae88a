#include "hepta/core/tile.hpp"

#include <sys/mman.h>

#include <algorithm>

namespace hepta {
namespace {

constexpr std::size_t huge_page = std::size_t{1} << 21;

}  // namespace

void* allocate_aligned(std::size_t n_bytes)
{
    const bool large = n_bytes >= 2 * huge_page;
    const std::size_t alignment = large ? huge_page : row_alignment;
    const std::size_t rounded =
        (std::max<std::size_t>(n_bytes, 1) + alignment - 1) / alignment *
        alignment;
    void* p = std::aligned_alloc(alignment, rounded);
    if (p == nullptr) {
        throw std::bad_alloc();
    }
    if (large) {
        // only a wish: without huge pages all is slower, not wrong
        (void)madvise(p, rounded, MADV_HUGEPAGE);
    }
    return p;
}

}  // namespace hepta
