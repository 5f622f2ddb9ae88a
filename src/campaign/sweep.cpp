#include "sweep.hpp"

#include "hepta/parallel/agreement.hpp"
#include "reduce.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace hepta::campaign {
namespace {

/// What a rank proposes for the end of a round; the largest wins.
enum Wish : std::uint64_t
{
    go_on,
    write_checkpoint,
    stop,
};

class Sweep
{
  public:
    Sweep(Accumulator& accumulator,
          const Schedule& schedule,
          State& total,
          const SweepOptions& options,
          const parallel::Communicator& comm)
        : accumulator_(accumulator),
          schedule_(schedule),
          total_(total),
          options_(options),
          comm_(comm)
    {
    }

    SweepEnd run()
    {
        parallel::Agreement agreement(comm_);
        const std::uint64_t n_rounds = schedule_.n_rounds();
        for (std::uint64_t round = 0; round < n_rounds; ++round) {
            agreement.propose(wish());
            const SampleRange block = schedule_.block(round, comm_.rank());
            if (block.begin != block.end) {
                accumulator_.add(block);
            }
            const std::uint64_t agreed = agreement.conclude();
            show_progress(round + 1);
            if (agreed == go_on || round + 1 == n_rounds) {
                continue;
            }
            collect(round + 1);
            save();
            if (agreed == stop) {
                take_back();
                comm_.barrier();
                return SweepEnd::stopped;
            }
        }
        collect(n_rounds);
        return SweepEnd::complete;
    }

  private:
    using Clock = std::chrono::steady_clock;

    [[nodiscard]] Wish wish() const
    {
        if (options_.signals.received() != 0) {
            return stop;
        }
        const std::chrono::duration<double> age = Clock::now() - last_save_;
        return comm_.is_root() && age.count() >= options_.checkpoint_seconds
                   ? write_checkpoint
                   : go_on;
    }

    /// Add what all ranks have computed in the rounds before `end_round`.
    void collect(std::uint64_t end_round)
    {
        take_back();
        if (end_round == n_collected_) {
            return;
        }
        State part = accumulator_.take_sums();
        reduce_to_root(part, comm_);
        std::vector<std::uint64_t> counts = std::exchange(total_.counts, {});
        if (comm_.is_root()) {
            part.ranges = schedule_.samples_of(n_collected_, end_round);
            add(total_, std::move(part));
        }
        collect_counts(counts);
        total_.counts = std::move(counts);
        n_collected_ = end_round;
    }

    /// Counts are most of a state: they are added in pieces, without a second
    /// copy of all of them.
    void collect_counts(std::vector<std::uint64_t>& into)
    {
        if (comm_.is_root()) {
            into.resize(accumulator_.n_bins());
        }
        accumulator_.move_counts(
            [&](std::size_t first, std::span<std::uint64_t> counts) {
                comm_.sum_to_root(counts);
                if (into.empty()) {
                    return;
                }
                for (std::size_t i = 0; i < counts.size(); ++i) {
                    into[first + i] += counts[i];
                }
            });
    }

    /// The state from the thread that writes it, once it is done.
    void take_back()
    {
        if (std::optional<State> written = options_.checkpoint.finish()) {
            total_ = *std::move(written);
            say_written();
        }
    }

    void save()
    {
        if (comm_.is_root()) {
            n_saved_ = total_.n_samples();
            options_.checkpoint.start(std::move(total_));
        }
        last_save_ = Clock::now();
    }

    /// Once it is on the disk, and not before.
    void say_written()
    {
        if (const std::uint64_t n = std::exchange(n_saved_, 0); n > 0) {
            options_.progress.note_checkpoint(options_.checkpoint.path(), n);
        }
    }

    void show_progress(std::uint64_t n_rounds)
    {
        if (!comm_.is_root()) {
            return;
        }
        if (options_.checkpoint.has_ended()) {
            say_written();
        }
        const std::uint64_t n_blocks =
            n_rounds * static_cast<std::uint64_t>(comm_.size());
        options_.progress.update(schedule_.n_samples() / schedule_.n_blocks() *
                                 n_blocks);
    }

    Accumulator& accumulator_;
    const Schedule& schedule_;
    State& total_;
    const SweepOptions& options_;
    const parallel::Communicator& comm_;
    Clock::time_point last_save_ = Clock::now();
    std::uint64_t n_collected_ = 0;  // rounds
    std::uint64_t n_saved_ = 0;  // samples in the checkpoint not yet told of
};

}  // namespace

SweepEnd sweep(Accumulator& accumulator,
               const Schedule& schedule,
               State& total,
               const SweepOptions& options,
               const parallel::Communicator& comm)
{
    return Sweep(accumulator, schedule, total, options, comm).run();
}

}  // namespace hepta::campaign
