/// \file
/// Ranks: start, communicate, end together.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace hepta::parallel {

/// A group of ranks. Default-constructed: one rank, and MPI is never called,
/// so that tests and serial use need neither MPI_Init nor mpirun. Every member
/// that communicates is collective: all ranks call it, with spans of one
/// length. Only the main thread may.
/// \throws SystemError "MPI: <call> failed: <why>"
class Communicator
{
  public:
    Communicator() = default;
    /// All ranks, on a private duplicate. One rank if MPI is not running.
    [[nodiscard]] static Communicator world();
    ~Communicator();
    Communicator(Communicator&&) noexcept;
    Communicator& operator=(Communicator&&) noexcept;

    [[nodiscard]] int rank() const noexcept { return rank_; }
    [[nodiscard]] int size() const noexcept { return size_; }
    [[nodiscard]] bool is_root() const noexcept { return rank_ == 0; }

    /// Sums over ranks, in place on rank 0 (others' arrays are unspecified
    /// afterwards). Large arrays are sent in pieces.
    void sum_to_root(std::span<std::uint64_t> values) const;
    void sum_to_root(std::span<std::int64_t> values) const;
    void minimum_to_root(std::span<double> values) const;
    void maximum_to_root(std::span<double> values) const;

    /// Sums over ranks, on every rank.
    [[nodiscard]] std::uint64_t sum(std::uint64_t value) const;
    [[nodiscard]] std::uint64_t maximum(std::uint64_t value) const;

    /// Rank 0's bytes on every rank.
    void broadcast(std::string& bytes) const;

    /// Every rank's bytes in rank order, on rank 0 (empty elsewhere).
    [[nodiscard]] std::vector<std::string> gather(
        const std::string& bytes) const;

    void barrier() const;

    /// End the whole job: a rank that only threw would leave others waiting.
    [[noreturn]] void abort(int exit_code) const noexcept;

  private:
    friend class Agreement;
    void* comm_ = nullptr;  // an MPI_Comm, kept out of this header
    int rank_ = 0;
    int size_ = 1;
};

/// Run `body(world)` with MPI started if a launcher (mpirun, srun) started
/// this process, else alone. An exception of any rank ends the whole job
/// within seconds with its message on stderr, once, and its exit code
/// (`hepta::Error::code()`, 4 if memory ran out, 70 for anything else). If
/// several ranks throw, the lowest speaks for all.
/// \return the exit code of the process
int run_under_mpi(int argc,
                  char** argv,
                  const std::function<int(const Communicator&)>& body);

/// Version of the MPI library, one line.
[[nodiscard]] std::string mpi_library_version();

}  // namespace hepta::parallel
