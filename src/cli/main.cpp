/// \file
/// `hepta`: ends with the exit code of its subcommand.
#include "commands.hpp"

int main(int argc, char** argv)
{
    return hepta::parallel::run_under_mpi(
        argc, argv, [&](const hepta::parallel::Communicator& comm) {
            return static_cast<int>(
                hepta::cli::parse_and_run(argc, argv, comm));
        });
}
