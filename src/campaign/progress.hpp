/// \file
/// What a run says while it computes.
#pragma once

#include <chrono>
#include <cstdint>

namespace hepta::campaign {

/// One live line on a terminal; elsewhere a plain line every half minute, fit
/// for a log. Writes to standard error, on the rank it is enabled for.
class Progress
{
  public:
    Progress(std::uint64_t n_samples, bool enabled);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// `n_done` samples of all ranks are done.
    void update(std::uint64_t n_done);

  private:
    using Clock = std::chrono::steady_clock;
    std::uint64_t n_samples_;
    bool enabled_;
    bool terminal_;
    Clock::time_point start_;
    Clock::time_point last_;
};

}  // namespace hepta::campaign
