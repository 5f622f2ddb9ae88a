// All ranks conclude the same, however far apart they are in time.
#include "hepta/parallel/agreement.hpp"

#include "support/mpi_test.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace hepta::parallel {
namespace {

using test::world;

TEST(Agreement, IsTheLargestProposalOfTheRound)
{
    Agreement agreement(world());
    for (std::uint64_t round = 0; round < 200; ++round) {
        const auto proposer =
            round % static_cast<std::uint64_t>(world().size());
        const bool mine =
            static_cast<std::uint64_t>(world().rank()) == proposer;

        agreement.propose(mine ? round : 0);

        EXPECT_EQ(agreement.conclude(), round);
    }
}

TEST(Agreement, WaitsForSlowRanks)
{
    using namespace std::chrono_literals;
    Agreement agreement(world());
    for (std::uint64_t round = 0; round < 5; ++round) {
        if (world().rank() == world().size() - 1) {
            std::this_thread::sleep_for(20ms);
        }
        agreement.propose(round + 1);
        EXPECT_EQ(agreement.conclude(), round + 1);
    }
}

TEST(SerialAgreement, IsItsOwnProposal)
{
    Agreement agreement{Communicator()};
    agreement.propose(3);
    EXPECT_EQ(agreement.conclude(), 3u);
}

}  // namespace
}  // namespace hepta::parallel
