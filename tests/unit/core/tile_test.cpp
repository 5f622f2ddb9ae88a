#include "hepta/core/tile.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>

namespace hepta {
namespace {

TEST(ZeroAndRelease, SetsWhatItIsGivenAndNothingElse)
{
    constexpr std::size_t n = std::size_t{3} << 20;
    AlignedArray<std::uint32_t> array(n);
    // ends within a page, on one, and within the same one
    const std::size_t ranges[][2] = {
        {0, n}, {5, n - 3}, {1024, 2048}, {1000, 1010}, {1025, 3000}, {7, 7}};
    for (const auto& [begin, end] : ranges) {
        std::fill_n(array.data(), n, 7u);

        zero_and_release(array.data() + begin, (end - begin) * sizeof array[0]);

        const auto zeros = std::count(array.data(), array.data() + n, 0u);
        EXPECT_EQ(zeros, end - begin) << begin << " to " << end;
        EXPECT_TRUE(std::all_of(array.data() + begin,
                                array.data() + end,
                                [](std::uint32_t x) { return x == 0; }));
    }
}

TEST(ZeroAndRelease, TakesMemoryOfAnySize)
{
    AlignedArray<std::uint32_t> array(10);
    std::fill_n(array.data(), 10, 7u);

    zero_and_release(array.data(), 10 * sizeof array[0]);

    EXPECT_EQ(std::count(array.data(), array.data() + 10, 0u), 10);
}

}  // namespace
}  // namespace hepta
