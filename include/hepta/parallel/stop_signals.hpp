/// \file
/// Signals that ask a run to stop.
#pragma once

#include <string>

namespace hepta::parallel {

/// While one lives, SIGTERM, SIGUSR1 and SIGINT are noted instead of ending
/// the process; a second SIGINT ends it. At most one at a time.
class StopSignals
{
  public:
    StopSignals();
    /// What the signals did before, again.
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

    /// The number of the last of them that came to this process, or 0.
    [[nodiscard]] int received() const noexcept;
};

/// "SIGTERM" for 15, …
[[nodiscard]] std::string signal_name(int number);

}  // namespace hepta::parallel
