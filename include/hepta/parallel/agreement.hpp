/// \file
/// A maximum over the ranks that is found while they compute.
#pragma once

#include "hepta/parallel/communicator.hpp"

#include <cstdint>
#include <memory>

namespace hepta::parallel {

/// What all ranks agree on at the end of a round: the largest of the numbers
/// they proposed at its beginning. Non-blocking in between, so that no rank
/// waits for one that is less than a round behind. Collective: every rank
/// calls propose and conclude in turn.
class Agreement
{
  public:
    explicit Agreement(const Communicator& comm);
    ~Agreement();
    Agreement(const Agreement&) = delete;
    Agreement& operator=(const Agreement&) = delete;

    /// \pre the round before is concluded
    void propose(std::uint64_t value);
    /// \throws SystemError "MPI: <call> failed: <why>"
    [[nodiscard]] std::uint64_t conclude();

  private:
    struct Round;
    std::unique_ptr<Round> round_;
};

}  // namespace hepta::parallel
