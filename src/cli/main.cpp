/// \file
/// `hepta`: ends with the exit code of its subcommand.
#include "commands.hpp"
#include "hepta/core/error.hpp"

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv)
{
    const int code = hepta::parallel::run_under_mpi(
        argc, argv, [&](const hepta::parallel::Communicator& comm) {
            return static_cast<int>(
                hepta::cli::parse_and_run(argc, argv, comm));
        });
    if (code == static_cast<int>(hepta::ExitCode::system_failed)) {
        // libraries clean up when a program ends, and may crash where they got
        // no memory before
        std::fflush(nullptr);
        std::_Exit(code);
    }
    return code;
}
