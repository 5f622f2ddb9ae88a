#include "progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace hepta::campaign {

Progress::Progress(std::uint64_t n_before,
                   std::uint64_t n_samples,
                   bool enabled)
    : n_before_(n_before),
      n_samples_(n_samples),
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

std::string Progress::line() const
{
    const double elapsed =
        std::chrono::duration<double>(Clock::now() - start_).count();
    const double rate = static_cast<double>(n_done_) / elapsed;
    const std::uint64_t n_all = std::min(n_before_ + n_done_, n_samples_);
    return fmt::format("{} of {} samples, {:.0f} per s, {:.0f} s left",
                       n_all,
                       n_samples_,
                       rate,
                       static_cast<double>(n_samples_ - n_all) / rate);
}

void Progress::update(std::uint64_t n_done)
{
    n_done_ = n_done;
    const Clock::time_point now = Clock::now();
    if (terminal_ && n_done > 0 &&
        now - last_ >= std::chrono::milliseconds(200)) {
        last_ = now;
        fmt::print(stderr, "\r\033[K{}", line());
        std::fflush(stderr);
    }
}

void Progress::note_checkpoint(const std::string& path, std::uint64_t n_samples)
{
    if (enabled_ && !terminal_ && n_done_ > 0) {
        fmt::print(stderr,
                   "hepta: {}; checkpoint {} has {}\n",
                   line(),
                   path,
                   n_samples);
        std::fflush(stderr);
    }
}

}  // namespace hepta::campaign
