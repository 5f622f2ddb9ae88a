/// \file
/// Runs a fuzz target without libFuzzer: a corpus, then inputs made from it
/// by changes that depend on the number of the input alone.
///
///     fuzz_<target> CORPUS [SECONDS [FIRST]]
///
/// CORPUS is a folder, or one file, which is then run unchanged. With
/// HEPTA_TEST_ALL set, SECONDS count thirtyfold. An input that crashes, throws
/// what the target does not expect, takes more than 10 s of the processor or
/// more than 3 GB is written to crash_<target> in the working folder, and ends
/// the program.
#include "random.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" {
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
__attribute__((weak)) std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data,
                                                          std::size_t size,
                                                          std::size_t max_size,
                                                          unsigned seed);
}

namespace {

using hepta::fuzz::Random;
using Bytes = std::vector<std::uint8_t>;
using Clock = std::chrono::steady_clock;

constexpr int most_seconds = 10;
constexpr std::size_t most_bytes = 1 << 16;

Bytes current;  // what the handler saves
std::string crash_path;

/// Only calls that are allowed in a handler.
void save_and_die(int signal)
{
    const int fd =
        ::open(crash_path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
    const bool is_saved =
        fd >= 0 && ::write(fd, current.data(), current.size()) >= 0;
    constexpr char late[] = "fuzz: an input takes too long";
    constexpr char crash[] = "fuzz: an input crashes the target";
    constexpr char where[] = "; it is in crash_<target>\n";
    const bool is_late = signal == SIGPROF;
    bool is_said = ::write(2,
                           is_late ? late : crash,
                           is_late ? sizeof late - 1 : sizeof crash - 1) >= 0;
    is_said = is_said && ::write(2, where, sizeof where - 1) >= 0;
    ::_exit(is_saved && is_said ? 1 : 2);
}

void watch()
{
    static std::vector<char> stack(1 << 16);
    const stack_t own = {stack.data(), 0, stack.size()};
    sigaltstack(&own, nullptr);
    struct sigaction action = {};
    action.sa_handler = save_and_die;
    action.sa_flags = SA_ONSTACK;
    for (const int signal : {SIGSEGV, SIGABRT, SIGFPE, SIGBUS, SIGPROF}) {
        sigaction(signal, &action, nullptr);
    }
#ifndef __SANITIZE_ADDRESS__
    const rlimit memory = {3'000'000'000, 3'000'000'000};
    setrlimit(RLIMIT_AS, &memory);
#endif
}

/// Of the processor, so that a busy machine raises no alarm; 0: as many as it
/// takes.
void allow_seconds(int n)
{
    const itimerval limit = {{0, 0}, {n, 0}};
    setitimer(ITIMER_PROF, &limit, nullptr);
}

Bytes read(const std::filesystem::path& path)
{
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// The files of a folder by name, or the one file.
std::vector<Bytes> read_corpus(const std::filesystem::path& path)
{
    std::vector<std::filesystem::path> names;
    if (std::filesystem::is_directory(path)) {
        for (const auto& entry : std::filesystem::directory_iterator(path)) {
            names.push_back(entry.path());
        }
    } else {
        names.push_back(path);
    }
    std::sort(names.begin(), names.end());
    std::vector<Bytes> corpus;
    for (const auto& name : names) {
        corpus.push_back(read(name));
    }
    return corpus;
}

/// For targets without a mutator of their own.
void change_bytes(Bytes& bytes, Random& random)
{
    const auto at = bytes.begin() +
                    static_cast<std::ptrdiff_t>(random.below(bytes.size() + 1));
    const auto byte = static_cast<std::uint8_t>(random.next());
    switch (random.below(4)) {
        case 0:
            bytes.insert(at, byte);
            return;
        case 1:
            if (at != bytes.end()) {
                bytes.erase(at);
            }
            return;
        default:
            if (at != bytes.end()) {
                *at = byte;
            }
    }
}

void change(Bytes& bytes, Random& random)
{
    const std::size_t n_changes = 1 + random.below(3);
    for (std::size_t i = 0; i < n_changes; ++i) {
        if (LLVMFuzzerCustomMutator == nullptr) {
            change_bytes(bytes, random);
            continue;
        }
        const std::size_t size = bytes.size();
        bytes.resize(std::max(size, most_bytes));
        bytes.resize(
            LLVMFuzzerCustomMutator(bytes.data(),
                                    size,
                                    bytes.size(),
                                    static_cast<unsigned>(random.next())));
    }
}

/// \return seconds it took
double run(Bytes bytes)
{
    current = std::move(bytes);
    const auto start = Clock::now();
    allow_seconds(most_seconds);
    LLVMFuzzerTestOneInput(current.data(), current.size());
    allow_seconds(0);
    return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "%s CORPUS [SECONDS [FIRST]]\n", argv[0]);
        return 2;
    }
    const std::string target = std::filesystem::path(argv[0]).filename();
    crash_path = "crash_" + target.substr(target.find('_') + 1);
    const std::vector<Bytes> corpus = read_corpus(argv[1]);
    double seconds = argc > 2 ? std::atof(argv[2]) : 0.0;
    seconds *= std::getenv("HEPTA_TEST_ALL") != nullptr ? 30.0 : 1.0;
    const std::uint64_t first =
        argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 0;
    watch();

    double slowest = 0.0;
    for (const Bytes& bytes : corpus) {
        slowest = std::max(slowest, run(bytes));
    }
    std::uint64_t n = 0;
    const auto end = Clock::now() + std::chrono::duration<double>(seconds);
    for (; !corpus.empty() && Clock::now() < end; ++n) {
        Random random(first + n);
        Bytes bytes = random.one_of(corpus);
        change(bytes, random);
        slowest = std::max(slowest, run(std::move(bytes)));
    }
    std::fprintf(stderr,
                 "%s: %zu files and %llu inputs, the slowest took %.3f s\n",
                 target.c_str(),
                 corpus.size(),
                 static_cast<unsigned long long>(n),
                 slowest);
    return corpus.empty() ? 2 : 0;
}
