// What all ranks compute together equals what one computes alone.
#include "hepta/parallel/communicator.hpp"

#include "support/mpi_test.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace hepta::parallel {
namespace {

using test::world;

/// Any number, the same on every rank for the same arguments.
std::uint64_t number(std::uint64_t rank, std::uint64_t index)
{
    std::uint64_t x = (rank + 1) * 0x9E3779B97F4A7C15U + index;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31);
}

template <class T>
std::vector<T> numbers_of(int rank, std::size_t n)
{
    std::vector<T> values(n);
    for (std::size_t i = 0; i < n; ++i) {
        values[i] = static_cast<T>(number(static_cast<std::uint64_t>(rank), i));
    }
    return values;
}

/// What one rank gets when it folds all ranks' numbers.
template <class T, class Fold>
std::vector<T> folded_serially(std::size_t n, const Fold& fold)
{
    std::vector<T> result = numbers_of<T>(0, n);
    for (int rank = 1; rank < world().size(); ++rank) {
        const std::vector<T> theirs = numbers_of<T>(rank, n);
        for (std::size_t i = 0; i < n; ++i) {
            result[i] = fold(result[i], theirs[i]);
        }
    }
    return result;
}

// One piece is 4 Mi items: none, one, a full piece and one more.
const std::vector<std::size_t> lengths = {
    0, 1, 1000, std::size_t{1} << 22, (std::size_t{1} << 22) + 1};

TEST(Communicator, SumsUnsignedIntegersAsOneRankWould)
{
    for (const std::size_t n : lengths) {
        auto values = numbers_of<std::uint64_t>(world().rank(), n);

        world().sum_to_root(values);

        if (world().is_root()) {
            EXPECT_TRUE(values ==
                        folded_serially<std::uint64_t>(n, std::plus<>()))
                << n << " values";
        }
    }
}

TEST(Communicator, SumsSignedIntegersAsOneRankWould)
{
    auto values = numbers_of<std::int64_t>(world().rank(), 1000);
    for (std::int64_t& value : values) {
        value /= 1024;  // room for the sum
    }
    std::vector<std::int64_t> want(1000, 0);
    for (int rank = 0; rank < world().size(); ++rank) {
        const auto theirs = numbers_of<std::int64_t>(rank, 1000);
        for (std::size_t i = 0; i < want.size(); ++i) {
            want[i] += theirs[i] / 1024;
        }
    }

    world().sum_to_root(values);

    if (world().is_root()) {
        EXPECT_EQ(values, want);
    }
}

TEST(Communicator, FindsMinimumAndMaximum)
{
    auto least = numbers_of<double>(world().rank(), 1000);
    auto largest = least;

    world().minimum_to_root(least);
    world().maximum_to_root(largest);

    if (world().is_root()) {
        EXPECT_EQ(least, folded_serially<double>(1000, [](double a, double b) {
                      return std::min(a, b);
                  }));
        EXPECT_EQ(largest,
                  folded_serially<double>(
                      1000, [](double a, double b) { return std::max(a, b); }));
    }
}

TEST(Communicator, GivesSumAndMaximumToEveryRank)
{
    const auto rank = static_cast<std::uint64_t>(world().rank());
    const auto size = static_cast<std::uint64_t>(world().size());

    EXPECT_EQ(world().sum(rank + 1), size * (size + 1) / 2);
    EXPECT_EQ(world().maximum(rank + 1), size);
}

TEST(Communicator, BroadcastsBytesOfAnyLength)
{
    for (const std::size_t n : {0U, 1U, 1'000'000U}) {
        const std::string want(n, '\0');
        std::string bytes = world().is_root() ? want : "something longer";

        world().broadcast(bytes);

        EXPECT_EQ(bytes, want);
    }
}

TEST(Communicator, GathersInRankOrder)
{
    const auto text_of = [](int rank) {
        return std::string(static_cast<std::size_t>(rank) * 100'000,
                           static_cast<char>('a' + rank));
    };

    const std::vector<std::string> all =
        world().gather(text_of(world().rank()));

    if (!world().is_root()) {
        EXPECT_TRUE(all.empty());
        return;
    }
    ASSERT_EQ(all.size(), static_cast<std::size_t>(world().size()));
    for (int rank = 0; rank < world().size(); ++rank) {
        EXPECT_EQ(all[static_cast<std::size_t>(rank)], text_of(rank));
    }
}

TEST(Communicator, MovesWithItsRanks)
{
    Communicator first = Communicator::world();
    Communicator second = std::move(first);
    Communicator third;
    third = std::move(second);

    EXPECT_EQ(third.size(), world().size());
    EXPECT_EQ(third.rank(), world().rank());
    EXPECT_EQ(third.sum(1), static_cast<std::uint64_t>(world().size()));
    third.barrier();
}

}  // namespace
}  // namespace hepta::parallel
