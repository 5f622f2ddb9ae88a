// Every sample of the schedule has exactly one rank and round.
#include "hepta/campaign/schedule.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace hepta::campaign {
namespace {

using Ranges = std::vector<SampleRange>;

/// How often each sample below 200 is computed in rounds [begin, end).
std::vector<int> times_computed(const Schedule& schedule,
                                int n_ranks,
                                std::uint64_t begin,
                                std::uint64_t end)
{
    std::vector<int> times(200, 0);
    for (std::uint64_t round = begin; round < end; ++round) {
        for (int rank = 0; rank < n_ranks; ++rank) {
            const SampleRange block = schedule.block(round, rank);
            for (std::uint64_t i = block.begin; i < block.end; ++i) {
                ++times.at(i);
            }
        }
    }
    return times;
}

std::vector<int> times_in(const Ranges& ranges)
{
    std::vector<int> times(200, 0);
    for (const SampleRange& range : ranges) {
        for (std::uint64_t i = range.begin; i < range.end; ++i) {
            ++times.at(i);
        }
    }
    return times;
}

const Ranges gappy = {{5, 17}, {40, 41}, {64, 128}, {130, 199}};

TEST(Schedule, ComputesEverySampleOnceForAnyRanksAndBlocks)
{
    for (const int n_ranks : {1, 2, 3, 7, 50}) {
        for (const std::uint64_t block_size : {1u, 16u, 32u, 1000u}) {
            const Schedule schedule(gappy, block_size, n_ranks);

            const auto times =
                times_computed(schedule, n_ranks, 0, schedule.n_rounds());

            EXPECT_EQ(times, times_in(gappy)) << n_ranks << " " << block_size;
            EXPECT_EQ(schedule.n_samples(), 146u);
        }
    }
}

TEST(Schedule, KnowsWhatSomeOfTheRoundsHaveComputed)
{
    for (const int n_ranks : {1, 2, 5}) {
        const Schedule schedule(gappy, 16, n_ranks);
        for (std::uint64_t cut = 0; cut <= schedule.n_rounds(); ++cut) {
            EXPECT_EQ(times_computed(schedule, n_ranks, 0, cut),
                      times_in(schedule.samples_of(0, cut)));
            EXPECT_EQ(
                times_computed(schedule, n_ranks, cut, schedule.n_rounds()),
                times_in(schedule.samples_of(cut, schedule.n_rounds())));
        }
    }
}

TEST(Schedule, KeepsABlockWithinTheGridOfBlocks)
{
    const Schedule schedule(gappy, 32, 3);
    for (std::uint64_t round = 0; round < schedule.n_rounds(); ++round) {
        for (int rank = 0; rank < 3; ++rank) {
            const SampleRange block = schedule.block(round, rank);
            if (block.begin != block.end) {
                EXPECT_EQ(block.begin / 32, (block.end - 1) / 32);
            }
        }
    }
}

TEST(Schedule, HasNoRoundsWhereNothingIsToDo)
{
    const Schedule schedule({}, 32, 3);
    EXPECT_EQ(schedule.n_rounds(), 0u);
    EXPECT_EQ(schedule.n_samples(), 0u);
}

}  // namespace
}  // namespace hepta::campaign
