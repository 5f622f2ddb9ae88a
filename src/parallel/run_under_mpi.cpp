#include "hepta/parallel/communicator.hpp"
#include "last_words.hpp"
#include "mpi_call.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <string_view>
#include <thread>

namespace hepta::parallel {
namespace {

bool is_set(const char* variable)
{
    return std::getenv(variable) != nullptr;
}

/// Tasks that srun started together with this one; 1 without srun.
int n_srun_tasks()
{
    int n_tasks = 1;
    if (is_set("SLURM_STEP_ID") && is_set("SLURM_STEP_NUM_TASKS")) {
        const std::string_view text = std::getenv("SLURM_STEP_NUM_TASKS");
        std::from_chars(text.data(), text.data() + text.size(), n_tasks);
    }
    return n_tasks;
}

/// Starting MPI alone costs a third of a second, so a plain process does not.
bool has_launcher()
{
    return is_set("OMPI_COMM_WORLD_SIZE") || is_set("PMIX_RANK") ||
           is_set("PMI_RANK") || n_srun_tasks() > 1;
}

class MpiLifetime
{
  public:
    MpiLifetime(int argc, char** argv)
    {
        // Read before the start, which sets it.
        const bool under_mpirun = is_set("OMPI_COMM_WORLD_SIZE");
        int provided = MPI_THREAD_SINGLE;
        require(MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &provided),
                "MPI_Init_thread");
        MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
        MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_RETURN);
        if (provided < MPI_THREAD_FUNNELED) {
            throw SystemError(
                "MPI: this library cannot serve a program with "
                "threads");
        }
        int size = 1;
        MPI_Comm_size(MPI_COMM_WORLD, &size);
        if (!under_mpirun && size == 1 && n_srun_tasks() > 1) {
            throw SystemError(
                "MPI: srun started " + std::to_string(n_srun_tasks()) +
                " tasks that cannot see each other\n  hint: srun --mpi=pmix");
        }
    }
    ~MpiLifetime() { MPI_Finalize(); }
    MpiLifetime(const MpiLifetime&) = delete;
    MpiLifetime& operator=(const MpiLifetime&) = delete;
};

struct Failure
{
    ExitCode code;
    std::string message;
};

/// What to tell the user about the exception being handled.
Failure describe_current_exception()
{
    constexpr const char* report =
        "\n  this is a bug in hepta: please report it with this message";
    try {
        throw;
    } catch (const Error& error) {
        return {error.code(), error.what()};
    } catch (const std::bad_alloc&) {
        return {ExitCode::system_failed,
                "out of memory\n  hint: fewer threads or ranks a node"};
    } catch (const std::exception& error) {
        return {ExitCode::bug, std::string(error.what()) + report};
    } catch (...) {
        return {ExitCode::bug, std::string("unknown exception") + report};
    }
}

void print(const std::string& message)
{
    const std::string line = "hepta: error: " + message + "\n";
    std::fwrite(line.data(), 1, line.size(), stderr);
    std::fflush(stderr);
}

/// Gives lower ranks, which mostly meet the same error, the time to print it
/// and end the job.
void wait_for_lower_ranks(int rank)
{
    using namespace std::chrono_literals;
    if (rank > 0) {
        std::this_thread::sleep_for(2s + std::min(rank, 100) * 10ms);
    }
}

/// To be called while handling an exception. Ends the job if others are in it.
/// \return the exit code of a process that is alone
int end_job(const Communicator& world)
{
    const Failure failure = describe_current_exception();
    const int exit_code = static_cast<int>(failure.code);
    wait_for_lower_ranks(world.rank());
    print(world.is_root() ? failure.message
                          : "rank " + std::to_string(world.rank()) + ": " +
                                failure.message);
    if (world.size() > 1) {
        world.abort(exit_code);
    }
    return exit_code;
}

int run_guarded(const Communicator& world,
                const std::function<int(const Communicator&)>& body)
{
    try {
        const LastWords last_words;
        const int exit_code = body(world);
        LastWords::done(exit_code);
        return exit_code;
    } catch (...) {
        return end_job(world);
    }
}

}  // namespace

int run_under_mpi(int argc,
                  char** argv,
                  const std::function<int(const Communicator&)>& body)
{
    const Communicator alone;
    if (!has_launcher()) {
        return run_guarded(alone, body);
    }
    try {
        const MpiLifetime lifetime(argc, argv);
        const Communicator world = Communicator::world();
        return run_guarded(world, body);
    } catch (...) {
        return end_job(alone);
    }
}

}  // namespace hepta::parallel
