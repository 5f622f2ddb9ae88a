#include "last_words.hpp"

#include "hepta/core/error.hpp"

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <exception>
#include <new>

namespace hepta::parallel {
namespace {

std::atomic<bool> is_needed = false;
std::terminate_handler other_handler = nullptr;

/// Allocates nothing: there may be no memory.
[[noreturn]] void end()
{
    static constexpr char message[] =
        "hepta: error: a library ended the program, most likely out of "
        "memory\n  hint: fewer threads or ranks a node\n";
    if (write(STDERR_FILENO, message, sizeof message - 1) < 0) {
        // there is nobody to tell
    }
    std::_Exit(static_cast<int>(ExitCode::system_failed));
}

void at_exit()
{
    if (is_needed) {
        end();
    }
}

/// Thrown from what must not throw.
void at_termination()
{
    try {
        if (const std::exception_ptr thrown = std::current_exception()) {
            std::rethrow_exception(thrown);
        }
    } catch (const std::bad_alloc&) {
        end();
    } catch (...) {
        // another one is a bug, which the usual handler reports
    }
    other_handler();
}

}  // namespace

LastWords::LastWords()
{
    static const bool is_registered = [] {
        other_handler = std::set_terminate(at_termination);
        return std::atexit(at_exit) == 0;
    }();
    is_needed = is_registered;
}

LastWords::~LastWords()
{
    is_needed = false;
}

}  // namespace hepta::parallel
