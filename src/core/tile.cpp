#include "hepta/core/tile.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>

namespace hepta {
namespace {

constexpr std::size_t page = 4096;
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

void zero_and_release(void* begin, std::size_t n_bytes) noexcept
{
    auto* const first = static_cast<std::byte*>(begin);
    void* pages = begin;
    std::size_t n_left = n_bytes;
    if (std::align(page, page, pages, n_left) == nullptr) {
        std::memset(begin, 0, n_bytes);
        return;
    }
    const std::size_t n_paged = n_left / page * page;
    const auto n_before =
        static_cast<std::size_t>(static_cast<std::byte*>(pages) - first);
    // private pages that were given back are read as 0; locked ones stay
    if (madvise(pages, n_paged, MADV_DONTNEED) != 0) {
        std::memset(pages, 0, n_paged);
    }
    std::memset(first, 0, n_before);
    std::memset(first + n_before + n_paged, 0, n_bytes - n_before - n_paged);
}

}  // namespace hepta
