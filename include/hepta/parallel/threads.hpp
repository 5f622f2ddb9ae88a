/// \file
/// Threads of a rank: how many, and loops over them that carry exceptions.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace hepta::parallel {

struct ThreadChoice
{
    int n_threads = 1;
    std::string reason;   ///< "SLURM_CPUS_PER_TASK", "affinity mask", …
    std::string warning;  ///< empty, or: fewer processors than threads
};

/// `requested` if > 0, else SLURM_CPUS_PER_TASK, else OMP_NUM_THREADS, else
/// the size of the affinity mask. Warns when the mask is smaller than the
/// choice (mpirun binds a rank to one core by default).
[[nodiscard]] ThreadChoice choose_threads(int requested);

/// Run `body(thread, index)` for each index in [0, n), indices handed out one
/// by one to `n_threads` threads. The exception of the smallest index is
/// rethrown after all threads have stopped; others are dropped.
void for_each(int n_threads,
              std::size_t n,
              const std::function<void(int thread, std::size_t index)>& body);

}  // namespace hepta::parallel
