#include "hepta/parallel/threads.hpp"

#include <gtest/gtest.h>
#include <sched.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <stdexcept>
#include <thread>
#include <vector>

namespace hepta::parallel {
namespace {

/// One processor allowed and no variable set, until the test ends.
class ChooseThreads : public testing::Test
{
  protected:
    void SetUp() override
    {
        unsetenv("SLURM_CPUS_PER_TASK");
        unsetenv("OMP_NUM_THREADS");
        sched_getaffinity(0, sizeof old_mask_, &old_mask_);
        cpu_set_t one;
        CPU_ZERO(&one);
        for (int cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++cpu) {
            if (CPU_ISSET(cpu, &old_mask_)) {
                CPU_SET(cpu, &one);
            }
        }
        sched_setaffinity(0, sizeof one, &one);
    }
    void TearDown() override
    {
        sched_setaffinity(0, sizeof old_mask_, &old_mask_);
    }

  private:
    cpu_set_t old_mask_;
};

TEST_F(ChooseThreads, PrefersTheRequestThenSlurmThenOpenMpThenTheMask)
{
    EXPECT_EQ(choose_threads(0).n_threads, 1);
    EXPECT_EQ(choose_threads(0).reason, "affinity mask");

    setenv("OMP_NUM_THREADS", "3,2", 1);
    EXPECT_EQ(choose_threads(0).n_threads, 3);
    EXPECT_EQ(choose_threads(0).reason, "OMP_NUM_THREADS");

    setenv("SLURM_CPUS_PER_TASK", "5", 1);
    EXPECT_EQ(choose_threads(0).n_threads, 5);
    EXPECT_EQ(choose_threads(0).reason, "SLURM_CPUS_PER_TASK");

    EXPECT_EQ(choose_threads(7).n_threads, 7);
    EXPECT_EQ(choose_threads(7).reason, "--threads");
}

TEST_F(ChooseThreads, PassesOverVariablesThatAreNoCounts)
{
    setenv("SLURM_CPUS_PER_TASK", "", 1);
    setenv("OMP_NUM_THREADS", "many", 1);

    EXPECT_EQ(choose_threads(0).reason, "affinity mask");
}

TEST_F(ChooseThreads, WarnsWhenThreadsShareProcessors)
{
    EXPECT_EQ(choose_threads(1).warning, "");
    EXPECT_EQ(choose_threads(4).warning,
              "4 threads (--threads) share 1 processor\n"
              "  hint: mpirun --map-by slot:PE=4, or --bind-to none");
}

TEST(ForEach, RunsEachIndexOnceOnAThreadOfTheTeam)
{
    for (const int n_threads : {0, 1, 2, 5, 200}) {
        std::vector<std::atomic<int>> n_runs(100);
        std::atomic<bool> is_thread_known = true;

        for_each(n_threads, n_runs.size(), [&](int thread, std::size_t index) {
            ++n_runs[index];
            if (thread < 0 || thread >= std::max(n_threads, 1)) {
                is_thread_known = false;
            }
        });

        for (const auto& n : n_runs) {
            EXPECT_EQ(n, 1) << n_threads << " threads";
        }
        EXPECT_TRUE(is_thread_known) << n_threads << " threads";
    }
}

TEST(ForEach, DoesNothingForNoIndices)
{
    for_each(4, 0, [](int, std::size_t) { FAIL(); });
}

TEST(ForEach, GivesEachThreadItsOwnNumber)
{
    std::vector<std::atomic<int>> n_inside(3);
    std::atomic<bool> is_shared = false;

    for_each(3, 300, [&](int thread, std::size_t) {
        auto& n = n_inside[static_cast<std::size_t>(thread)];
        if (++n > 1) {
            is_shared = true;
        }
        std::this_thread::yield();
        --n;
    });

    EXPECT_FALSE(is_shared);
}

TEST(ForEach, RethrowsTheErrorOfTheSmallestIndex)
{
    using namespace std::chrono_literals;
    for (const int n_threads : {1, 2, 4}) {
        std::string message = "none";
        try {
            for_each(n_threads, 100, [](int, std::size_t index) {
                if (index == 3) {  // fails last, though it is the smallest
                    std::this_thread::sleep_for(10ms);
                }
                if (index >= 3) {
                    throw std::runtime_error(std::to_string(index));
                }
            });
        } catch (const std::runtime_error& error) {
            message = error.what();
        }
        EXPECT_EQ(message, "3") << n_threads << " threads";
    }
}

TEST(ForEach, StopsHandingOutIndicesAfterAnError)
{
    std::atomic<int> n_runs = 0;

    EXPECT_THROW(for_each(1,
                          100,
                          [&](int, std::size_t) {
                              ++n_runs;
                              throw std::runtime_error("");
                          }),
                 std::runtime_error);

    EXPECT_EQ(n_runs, 1);
}

}  // namespace
}  // namespace hepta::parallel
