/// \file
/// What a run says while it computes.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace hepta::campaign {

/// One live line on a terminal; elsewhere a plain line per checkpoint, fit for
/// a log. Writes to standard error, on the rank it is enabled for.
class Progress
{
  public:
    /// Of `n_samples`, `n_before` were there already.
    Progress(std::uint64_t n_before, std::uint64_t n_samples, bool enabled);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// `n_done` samples of all ranks have been computed.
    void update(std::uint64_t n_done);
    /// A checkpoint of `n_samples` is written.
    void note_checkpoint(const std::string& path, std::uint64_t n_samples);

  private:
    using Clock = std::chrono::steady_clock;
    [[nodiscard]] std::string line() const;

    std::uint64_t n_before_, n_samples_;
    std::uint64_t n_done_ = 0;
    bool enabled_;
    bool terminal_;
    Clock::time_point start_;
    Clock::time_point last_;
};

}  // namespace hepta::campaign
