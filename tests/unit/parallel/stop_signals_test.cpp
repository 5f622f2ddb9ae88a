#include "hepta/parallel/stop_signals.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace hepta::parallel {
namespace {

TEST(StopSignals, AreNotedWhileOneLives)
{
    for (const int number : {SIGTERM, SIGUSR1, SIGINT}) {
        const StopSignals signals;
        EXPECT_EQ(signals.received(), 0);
        std::raise(number);
        EXPECT_EQ(signals.received(), number);
    }
}

TEST(StopSignals, EndTheProcessAfterwards)
{
    EXPECT_EXIT(
        {
            {
                const StopSignals signals;
            }
            std::raise(SIGUSR1);
        },
        ::testing::KilledBySignal(SIGUSR1),
        "");
}

TEST(StopSignals, SecondInterruptEndsTheProcess)
{
    EXPECT_EXIT(
        {
            const StopSignals signals;
            std::raise(SIGINT);
            std::raise(SIGINT);
        },
        ::testing::KilledBySignal(SIGINT),
        "");
}

TEST(StopSignals, HaveNames)
{
    EXPECT_EQ(signal_name(SIGUSR1), "SIGUSR1");
    EXPECT_EQ(signal_name(999), "signal 999");
}

}  // namespace
}  // namespace hepta::parallel
