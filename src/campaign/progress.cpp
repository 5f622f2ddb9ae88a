#include "progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace hepta::campaign {

Progress::Progress(std::uint64_t n_samples, bool enabled)
    : n_samples_(n_samples),
      enabled_(enabled),
      terminal_(enabled && isatty(STDERR_FILENO) == 1),
      start_(Clock::now()),
      last_(start_)
{
}

Progress::~Progress()
{
    if (terminal_) {
        std::fputs("\r\033[K", stderr);
    }
}

void Progress::update(std::uint64_t n_done)
{
    if (!enabled_ || n_done == 0) {
        return;
    }
    const Clock::time_point now = Clock::now();
    const auto interval = terminal_ ? std::chrono::milliseconds(200)
                                    : std::chrono::milliseconds(30'000);
    if (now - last_ < interval) {
        return;
    }
    last_ = now;
    const double elapsed = std::chrono::duration<double>(now - start_).count();
    const double rate = static_cast<double>(n_done) / elapsed;
    const double left =
        static_cast<double>(n_samples_ > n_done ? n_samples_ - n_done : 0) /
        rate;
    const std::string line =
        fmt::format("{} of {} samples, {:.0f} per s, {:.0f} s left",
                    n_done,
                    n_samples_,
                    rate,
                    left);
    if (terminal_) {
        fmt::print(stderr, "\r\033[K{}", line);
        std::fflush(stderr);
    } else {
        fmt::print(stderr, "hepta: {}\n", line);
    }
}

}  // namespace hepta::campaign
