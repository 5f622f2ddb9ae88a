#include "support/mpi_test.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

namespace hepta::test {
namespace {

const parallel::Communicator* current_world = nullptr;

/// Prints failures of ranks other than 0, whose usual output is off.
class FailurePrinter : public testing::EmptyTestEventListener
{
    void OnTestPartResult(const testing::TestPartResult& result) override
    {
        if (result.failed()) {
            std::fprintf(stderr,
                         "rank %d: %s:%d: %s\n",
                         world().rank(),
                         result.file_name(),
                         result.line_number(),
                         result.message());
        }
    }
};

int run_all(const parallel::Communicator& world)
{
    current_world = &world;
    // Else every case would pass, each rank alone, if MPI did not start.
    const char* expected = std::getenv("HEPTA_TEST_RANKS");
    if (expected != nullptr && std::to_string(world.size()) != expected) {
        throw std::logic_error("the job has " + std::to_string(world.size()) +
                               " ranks, expected " + expected);
    }
    if (!world.is_root()) {
        auto& listeners = testing::UnitTest::GetInstance()->listeners();
        delete listeners.Release(listeners.default_result_printer());
        listeners.Append(new FailurePrinter);
    }
    const int own_result = RUN_ALL_TESTS();
    return static_cast<int>(
        world.maximum(static_cast<std::uint64_t>(own_result)));
}

}  // namespace

const parallel::Communicator& world()
{
    return *current_world;
}

}  // namespace hepta::test

int main(int argc, char** argv)
{
    testing::InitGoogleTest(&argc, argv);
    return hepta::parallel::run_under_mpi(argc, argv, hepta::test::run_all);
}
