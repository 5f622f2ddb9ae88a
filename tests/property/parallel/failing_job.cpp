// failing_job <error> <rank|all|none>: the ranks chosen throw, the others wait
// for them.
#include "hepta/core/error.hpp"
#include "hepta/parallel/communicator.hpp"

#include <cstring>
#include <new>
#include <stdexcept>
#include <string>

namespace {

using hepta::parallel::Communicator;

[[noreturn]] void fail(const std::string& error)
{
    const std::string message = "the " + error + " error\n  hint: none";
    if (error == "input") {
        throw hepta::InputError(message);
    }
    if (error == "system") {
        throw hepta::SystemError(message);
    }
    if (error == "run") {
        throw hepta::RunError(message);
    }
    if (error == "memory") {
        throw std::bad_alloc();
    }
    throw std::logic_error(message);
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc != 3) {
        return 64;
    }
    const std::string error = argv[1];
    const std::string who = argv[2];
    return hepta::parallel::run_under_mpi(
        argc, argv, [&](const Communicator& world) {
            if (who == "all" || who == std::to_string(world.rank())) {
                fail(error);
            }
            world.barrier();
            return error == "stopped" ? 75 : 0;
        });
}
