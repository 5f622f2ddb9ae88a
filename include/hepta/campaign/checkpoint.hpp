/// \file
/// What a run that stops or dies leaves behind, so that another continues it.
#pragma once

#include "hepta/campaign/state.hpp"
#include "hepta/config/run_config.hpp"

#include <future>
#include <optional>
#include <string>

namespace hepta::campaign {

/// The checkpoints of one output: the integer state of the samples so far, in
/// `<output>.ckpt`, and the one before in `<output>.ckpt.1`. For rank 0.
class Checkpoint
{
  public:
    /// `config` must outlive it.
    Checkpoint(const std::string& output, const config::RunConfig& config);
    /// Waits for a writing that is under way.
    ~Checkpoint() = default;
    Checkpoint(const Checkpoint&) = delete;
    Checkpoint& operator=(const Checkpoint&) = delete;

    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    /// Is there a checkpoint, readable or not?
    [[nodiscard]] bool exists() const;

    /// The newest checkpoint that is whole; nothing if there is none. Where
    /// the older one had to serve, `warning` says why.
    /// \throws ResultError if all there are is damaged, or of another run
    [[nodiscard]] std::optional<State> load(std::string& warning) const;

    /// Start to write a state, beside further computing; it is not copied, for
    /// its size. \pre nothing is being written
    void start(State&& state);
    /// Wait until it is written and give it back; nothing if nothing was
    /// started.
    /// \throws SystemError if it failed; earlier checkpoints are intact
    [[nodiscard]] std::optional<State> finish();
    /// Has the writing that was started ended since it was last asked?
    /// \throws as finish, if it has failed
    [[nodiscard]] bool has_ended();

    /// Remove both: the run is complete.
    void remove() const noexcept;

  private:
    [[nodiscard]] State write(State&& state) const;

    const config::RunConfig& config_;
    std::string path_;
    std::string previous_;
    std::future<State> writing_;
    std::optional<State> written_;
};

}  // namespace hepta::campaign
