#include "hepta/parallel/communicator.hpp"

#include "hepta/core/error.hpp"

#include <gtest/gtest.h>
#include <mpi.h>

#include <cstdlib>
#include <functional>
#include <new>
#include <stdexcept>

namespace hepta::parallel {
namespace {

bool mpi_was_started()
{
    int is_started = 0;
    MPI_Initialized(&is_started);
    return is_started != 0;
}

TEST(SerialCommunicator, IsOneRankThatKeepsItsValues)
{
    const Communicator alone;
    std::vector<std::uint64_t> counts = {1, 2};
    std::vector<std::int64_t> sums = {-1, 2};
    std::vector<double> extremes = {-1.5, 2.5};
    std::string bytes = "text";

    alone.sum_to_root(counts);
    alone.sum_to_root(sums);
    alone.minimum_to_root(extremes);
    alone.maximum_to_root(extremes);
    alone.broadcast(bytes);
    alone.barrier();

    EXPECT_EQ(alone.rank(), 0);
    EXPECT_EQ(alone.size(), 1);
    EXPECT_TRUE(alone.is_root());
    EXPECT_EQ(counts, (std::vector<std::uint64_t>{1, 2}));
    EXPECT_EQ(sums, (std::vector<std::int64_t>{-1, 2}));
    EXPECT_EQ(extremes, (std::vector<double>{-1.5, 2.5}));
    EXPECT_EQ(bytes, "text");
    EXPECT_EQ(alone.sum(7), 7U);
    EXPECT_EQ(alone.maximum(7), 7U);
    EXPECT_EQ(alone.gather("text"), std::vector<std::string>{"text"});
    EXPECT_FALSE(mpi_was_started());
}

TEST(SerialCommunicator, IsTheWorldWithoutMpi)
{
    EXPECT_EQ(Communicator::world().size(), 1);
    EXPECT_FALSE(mpi_was_started());
}

TEST(SerialCommunicator, AbortsWithTheExitCode)
{
    EXPECT_EXIT(Communicator().abort(5), testing::ExitedWithCode(5), "");
}

/// Exit code of a process that no launcher started, and what it prints.
struct Outcome
{
    int exit_code;
    std::string errors;
};

Outcome run_alone(const std::function<int(const Communicator&)>& body)
{
    testing::internal::CaptureStderr();
    const int exit_code = run_under_mpi(0, nullptr, body);
    return {exit_code, testing::internal::GetCapturedStderr()};
}

TEST(RunUnderMpi, RunsAloneWithoutMpiIfNoLauncherStartedIt)
{
    const Outcome outcome = run_alone([](const Communicator& world) {
        EXPECT_EQ(world.size(), 1);
        EXPECT_FALSE(mpi_was_started());
        return 75;
    });

    EXPECT_EQ(outcome.exit_code, 75);
    EXPECT_EQ(outcome.errors, "");
}

TEST(RunUnderMpi, RunsAloneInABatchScriptOrAStepOfOneTask)
{
    setenv("SLURM_PROCID", "0", 1);
    setenv("SLURM_NTASKS", "8", 1);
    run_alone([](const Communicator&) {
        EXPECT_FALSE(mpi_was_started());
        return 0;
    });
    setenv("SLURM_STEP_ID", "0", 1);
    setenv("SLURM_STEP_NUM_TASKS", "1", 1);
    run_alone([](const Communicator&) {
        EXPECT_FALSE(mpi_was_started());
        return 0;
    });
    for (const char* name : {"SLURM_PROCID",
                             "SLURM_NTASKS",
                             "SLURM_STEP_ID",
                             "SLURM_STEP_NUM_TASKS"}) {
        unsetenv(name);
    }
}

TEST(RunUnderMpi, TurnsExceptionsIntoMessagesAndExitCodes)
{
    const auto outcome_of = [](const auto& error) {
        return run_alone([&](const Communicator&) -> int { throw error; });
    };

    const Outcome run = outcome_of(RunError("2 % failed\n  hint: none"));
    EXPECT_EQ(run.exit_code, 5);
    EXPECT_EQ(run.errors, "hepta: error: 2 % failed\n  hint: none\n");
    EXPECT_EQ(outcome_of(InputError("")).exit_code, 2);
    EXPECT_EQ(outcome_of(ResultError("")).exit_code, 3);
    EXPECT_EQ(outcome_of(SystemError("")).exit_code, 4);
    EXPECT_EQ(outcome_of(std::bad_alloc()).exit_code, 4);
    const Outcome bug = outcome_of(std::logic_error("n < 0"));
    EXPECT_EQ(bug.exit_code, 70);
    EXPECT_EQ(bug.errors,
              "hepta: error: n < 0\n  this is a bug in hepta: please report "
              "it with this message\n");
    EXPECT_EQ(outcome_of(0).exit_code, 70);
}

TEST(MpiLibraryVersion, IsOneLine)
{
    const std::string version = mpi_library_version();

    EXPECT_FALSE(version.empty());
    EXPECT_EQ(version.find_first_of(std::string("\n\0", 2)), std::string::npos);
    EXPECT_FALSE(mpi_was_started());
}

}  // namespace
}  // namespace hepta::parallel
