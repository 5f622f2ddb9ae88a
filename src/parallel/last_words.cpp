#include "last_words.hpp"

#include "hepta/core/error.hpp"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <exception>
#include <new>

namespace hepta::parallel {
namespace {

std::atomic<bool> is_needed = false;
std::atomic<int> exit_code = static_cast<int>(ExitCode::system_failed);
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

/// A pointer to nothing, or what a compiler put in its place; a stack used up.
constexpr std::array faults = {SIGSEGV, SIGBUS, SIGILL};
std::array<struct sigaction, faults.size()> earlier_actions;

/// Memory that a library did not get shows in errno, which only what fails
/// sets. Else the fault happens again, and whoever listened before hears it.
void at_fault(int number, siginfo_t* info, void*)
{
    if (errno == ENOMEM) {
        if (is_needed) {
            end();
        }
        std::_Exit(exit_code);
    }
    for (std::size_t i = 0; i < faults.size(); ++i) {
        sigaction(faults[i], &earlier_actions[i], nullptr);
    }
    const bool is_sent = info->si_code <= 0;
    if (is_sent) {
        raise(number);
    }
}

void listen_for_faults()
{
    static std::array<char, std::size_t{1} << 16> stack;
    stack_t alternative = {};
    alternative.ss_sp = stack.data();
    alternative.ss_size = stack.size();
    sigaltstack(&alternative, nullptr);

    struct sigaction action = {};
    action.sa_sigaction = at_fault;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    for (std::size_t i = 0; i < faults.size(); ++i) {
        sigaction(faults[i], &action, &earlier_actions[i]);
    }
}

}  // namespace

LastWords::LastWords()
{
    static const bool is_registered = [] {
        other_handler = std::set_terminate(at_termination);
        listen_for_faults();
        return std::atexit(at_exit) == 0;
    }();
    is_needed = is_registered;
}

LastWords::~LastWords()
{
    is_needed = false;
}

void LastWords::done(int code) noexcept
{
    exit_code = code;
}

}  // namespace hepta::parallel
