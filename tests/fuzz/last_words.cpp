#include "last_words.hpp"

#include <cxxabi.h>
#include <dlfcn.h>
#include <execinfo.h>
#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstring>
#include <utility>

namespace hepta::fuzz {
namespace {

std::string crash_path;
const std::vector<std::uint8_t>* crash_bytes = nullptr;
char* crash_where = nullptr;

void append(const char* text)
{
    const std::size_t n = std::strlen(crash_where);
    std::snprintf(crash_where + n, where_bytes - n, "%s", text);
}

/// "file+0x12" or a name, of where a frame stands.
void append_place(void* frame)
{
    Dl_info info;
    if (dladdr(frame, &info) == 0 || info.dli_fname == nullptr) {
        return;
    }
    if (std::strstr(info.dli_fname, "/libc.so") != nullptr ||
        std::strstr(info.dli_fname, "/libstdc++.so") != nullptr) {
        return;  // how it ends, not where
    }
    if (crash_where[0] != '\0') {
        append(" < ");
    }
    if (info.dli_sname != nullptr) {
        int status = 0;
        char* name =
            abi::__cxa_demangle(info.dli_sname, nullptr, nullptr, &status);
        append(name == nullptr ? info.dli_sname : name);
        return;  // the process ends: the name need not be freed
    }
    char place[64];
    const auto offset =
        static_cast<char*>(frame) - static_cast<const char*>(info.dli_fbase);
    std::snprintf(place, sizeof place, "+0x%tx", offset);
    const char* slash = std::strrchr(info.dli_fname, '/');
    append(slash == nullptr ? info.dli_fname : slash + 1);
    append(place);
}

/// Not all calls are allowed in a handler: what hangs in them is ended, and
/// leaves a file at least.
void save_and_die(int signal)
{
    constexpr unsigned patience_seconds = 5;
    constexpr int n_own = 2;  // frames of the handler
    constexpr int n_most = 24;
    alarm(patience_seconds);
    const int fd =
        ::open(crash_path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
    const bool is_saved =
        fd >= 0 && ::write(fd, crash_bytes->data(), crash_bytes->size()) >= 0;
    void* frames[n_own + n_most];
    const int n = backtrace(frames, n_own + n_most);
    for (int i = n_own; i < n; ++i) {
        append_place(frames[i]);
    }
    append(signal == SIGPROF ? " (too long)" : "");
    ::_exit(is_saved ? 1 : 2);
}

void watch()
{
    static std::vector<char> stack(1 << 16);
    void* frame = nullptr;
    backtrace(&frame, 1);  // loads what it needs
    const stack_t own = {stack.data(), 0, stack.size()};
    sigaltstack(&own, nullptr);
    struct sigaction action = {};
    action.sa_handler = save_and_die;
    action.sa_flags = SA_ONSTACK;
    for (const int signal : {SIGSEGV, SIGABRT, SIGFPE, SIGBUS, SIGPROF}) {
        sigaction(signal, &action, nullptr);
    }
}

}  // namespace

void leave_last_words(std::string path,
                      const std::vector<std::uint8_t>& bytes,
                      char* where)
{
    if (crash_where == nullptr) {
        watch();
    }
    crash_path = std::move(path);
    crash_bytes = &bytes;
    crash_where = where;
}

}  // namespace hepta::fuzz
