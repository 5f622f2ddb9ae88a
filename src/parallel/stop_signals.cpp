#include "hepta/parallel/stop_signals.hpp"

#include <signal.h>

#include <array>
#include <csignal>
#include <cstring>

namespace hepta::parallel {
namespace {

constexpr std::array stop_signals = {SIGTERM, SIGUSR1, SIGINT};

volatile std::sig_atomic_t last_signal = 0;
std::array<struct sigaction, stop_signals.size()> earlier_actions;

void note_signal(int number)
{
    last_signal = number;
}

}  // namespace

StopSignals::StopSignals()
{
    last_signal = 0;
    for (std::size_t i = 0; i < stop_signals.size(); ++i) {
        struct sigaction action = {};
        action.sa_handler = note_signal;
        action.sa_flags = SA_RESTART;
        if (stop_signals[i] == SIGINT) {
            action.sa_flags |= static_cast<int>(SA_RESETHAND);
        }
        sigaction(stop_signals[i], &action, &earlier_actions[i]);
    }
}

StopSignals::~StopSignals()
{
    for (std::size_t i = 0; i < stop_signals.size(); ++i) {
        sigaction(stop_signals[i], &earlier_actions[i], nullptr);
    }
}

int StopSignals::received() const noexcept
{
    return last_signal;
}

std::string signal_name(int number)
{
    const char* name = sigabbrev_np(number);
    return name == nullptr ? "signal " + std::to_string(number)
                           : std::string("SIG") + name;
}

}  // namespace hepta::parallel
