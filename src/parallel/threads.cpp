#include "hepta/parallel/threads.hpp"

#include <omp.h>
#include <sched.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cstdlib>
#include <exception>
#include <optional>
#include <string_view>
#include <thread>

namespace hepta::parallel {
namespace {

int n_allowed_processors()
{
    cpu_set_t mask;
    CPU_ZERO(&mask);
    if (sched_getaffinity(0, sizeof mask, &mask) == 0) {
        return CPU_COUNT(&mask);
    }
    // A machine with more processors than the mask holds.
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

/// The number that `variable` starts with (OMP_NUM_THREADS may be a list).
std::optional<int> read_count(const char* variable)
{
    const char* value = std::getenv(variable);
    if (value == nullptr) {
        return std::nullopt;
    }
    const std::string_view text = value;
    int n = 0;
    std::from_chars(text.data(), text.data() + text.size(), n);
    return n > 0 ? std::optional(n) : std::nullopt;
}

ThreadChoice choose_without_warning(int requested, int n_processors)
{
    if (requested > 0) {
        return {.n_threads = requested, .reason = "--threads"};
    }
    for (const char* variable : {"SLURM_CPUS_PER_TASK", "OMP_NUM_THREADS"}) {
        if (const std::optional<int> n = read_count(variable)) {
            return {.n_threads = *n, .reason = variable};
        }
    }
    return {.n_threads = n_processors, .reason = "affinity mask"};
}

}  // namespace

ThreadChoice choose_threads(int requested)
{
    const int n_processors = n_allowed_processors();
    ThreadChoice choice = choose_without_warning(requested, n_processors);
    if (choice.n_threads > n_processors) {
        const std::string n = std::to_string(choice.n_threads);
        choice.warning = n + " threads (" + choice.reason + ") share " +
                         std::to_string(n_processors) +
                         (n_processors == 1 ? " processor" : " processors") +
                         "\n  hint: mpirun --map-by slot:PE=" + n +
                         ", or --bind-to none";
    }
    return choice;
}

void for_each(int n_threads,
              std::size_t n,
              const std::function<void(int thread, std::size_t index)>& body)
{
    std::atomic<std::size_t> next = 0;
    std::atomic<bool> has_failed = false;
    std::exception_ptr first_error;
    std::size_t first_index = n;
    const std::size_t limit = std::max<std::size_t>(n, 1);
    const int team = static_cast<int>(std::clamp<std::size_t>(
        static_cast<std::size_t>(std::max(n_threads, 1)), 1, limit));
#pragma omp parallel num_threads(team)
    // Indices rise, and one that was taken is always run: so the smallest
    // index that fails is the same whatever the threads do.
    while (!has_failed) {
        const std::size_t index = next++;
        if (index >= n) {
            break;
        }
        try {
            body(omp_get_thread_num(), index);
        } catch (...) {
            has_failed = true;
#pragma omp critical(hepta_for_each_error)
            if (index < first_index) {
                first_index = index;
                first_error = std::current_exception();
            }
        }
    }
    if (first_error) {
        std::rethrow_exception(first_error);
    }
}

}  // namespace hepta::parallel
