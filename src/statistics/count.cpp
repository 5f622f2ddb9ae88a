#include "hepta/statistics/observe.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace hepta::statistics {
namespace {

constexpr std::size_t n_parts = 4;
constexpr std::size_t most_part_bins = 1024;
/// Parts are cleared and added up: from here on that pays.
constexpr std::size_t fewest_for_parts = 512;
/// Each part then counts 16,384 at most.
constexpr std::size_t most_at_once = 65'536;

/// A little longer than a power of 2, or parts would share cache sets.
using Part = std::array<std::uint16_t, most_part_bins + 96>;

/// Count every fourth number into an array of its own. The same bin again and
/// again, as where the atom is, then does not wait for its own last store.
void count_in_parts(std::span<const std::uint16_t> bins,
                    std::uint32_t n_bins,
                    std::uint32_t* counts) noexcept
{
    alignas(64) std::array<Part, n_parts> part;
    for (auto& p : part) {
        std::fill_n(p.begin(), n_bins, std::uint16_t{0});
    }
    std::size_t i = 0;
    for (; i + n_parts <= bins.size(); i += n_parts) {
        std::uint64_t four;
        std::memcpy(&four, &bins[i], sizeof four);
        ++part[0][four & 0xffff];
        ++part[1][four >> 16 & 0xffff];
        ++part[2][four >> 32 & 0xffff];
        ++part[3][four >> 48];
    }
    for (; i < bins.size(); ++i) {
        ++part[0][bins[i]];
    }
    for (std::size_t b = 0; b < n_bins; ++b) {
        counts[b] +=
            std::uint32_t{part[0][b]} + part[1][b] + part[2][b] + part[3][b];
    }
}

}  // namespace

void count(std::span<const std::uint16_t> bins,
           std::uint32_t n_bins,
           std::uint32_t* counts) noexcept
{
    if (bins.size() < fewest_for_parts || n_bins > most_part_bins) {
        for (const std::uint16_t b : bins) {
            ++counts[b];
        }
        return;
    }
    while (!bins.empty()) {
        const auto now = bins.first(std::min(bins.size(), most_at_once));
        count_in_parts(now, n_bins, counts);
        bins = bins.subspan(now.size());
    }
}

}  // namespace hepta::statistics
