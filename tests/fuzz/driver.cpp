/// \file
/// Runs a fuzz target without libFuzzer: a corpus, then inputs made from it
/// by changes that depend on the number of the input alone.
///
///     fuzz_<target> CORPUS [SECONDS [FIRST]]
///
/// CORPUS is a folder, or one file, which is then run unchanged. With
/// HEPTA_TEST_ALL set, SECONDS count thirtyfold. Inputs run in processes of
/// their own, a hundred in each. One that crashes, throws what the target does
/// not expect, takes more than 2 s of the processor or more than 1 GB is
/// written to crash_<target>_<number> in the working folder and counted with
/// the functions it was in; the end is then 1.
#include "last_words.hpp"
#include "random.hpp"

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

extern "C" {
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
__attribute__((weak)) std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data,
                                                          std::size_t size,
                                                          std::size_t max_size,
                                                          unsigned seed);
__attribute__((weak)) int LLVMFuzzerInitialize(int* argc, char*** argv);
}

namespace {

using hepta::fuzz::Random;
using Bytes = std::vector<std::uint8_t>;
using Clock = std::chrono::steady_clock;

#ifdef __SANITIZE_ADDRESS__
constexpr int most_seconds = 10;  ///< slower, and no limit to memory
#else
constexpr int most_seconds = 2;
constexpr rlim_t most_memory = 1'000'000'000;
#endif
constexpr std::uint64_t batch = 100;  ///< inputs of a process
constexpr std::size_t most_bytes = std::size_t{1} << 20;

/// What a process tells the one that started it.
struct Told
{
    std::uint64_t n_begun = 0;
    double slowest = 0.0;  ///< seconds
    char where[hepta::fuzz::where_bytes] = {};
};

void limit_memory()
{
#ifndef __SANITIZE_ADDRESS__
    const rlimit memory = {most_memory, most_memory};
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
double run(const Bytes& bytes)
{
    const auto start = Clock::now();
    allow_seconds(most_seconds);
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
    allow_seconds(0);
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Inputs by number: those of the corpus, then changed ones.
class Inputs
{
  public:
    Inputs(const char* corpus, std::uint64_t first)
        : corpus_(read_corpus(corpus)), first_(first)
    {
    }
    [[nodiscard]] std::size_t corpus_size() const { return corpus_.size(); }
    [[nodiscard]] std::uint64_t name_of(std::uint64_t n) const
    {
        return n < corpus_.size() ? n : first_ + n - corpus_.size();
    }
    [[nodiscard]] Bytes make(std::uint64_t n) const
    {
        if (n < corpus_.size()) {
            return corpus_[n];
        }
        Random random(name_of(n));
        Bytes bytes = random.one_of(corpus_);
        change(bytes, random);
        return bytes;
    }

  private:
    std::vector<Bytes> corpus_;
    std::uint64_t first_;
};

/// Runs inputs in processes of their own and counts how these end.
class Runner
{
  public:
    Runner(const Inputs& inputs, std::string target)
        : inputs_(inputs),
          target_(std::move(target)),
          told_(static_cast<Told*>(mmap(nullptr,
                                        sizeof(Told),
                                        PROT_READ | PROT_WRITE,
                                        MAP_SHARED | MAP_ANONYMOUS,
                                        -1,
                                        0)))
    {
        if (told_ == MAP_FAILED) {
            std::perror("mmap");
            std::exit(2);
        }
    }

    /// Inputs `begin` to `end` - 1, in one process, until it is late or one
    /// crashes.
    /// \return the number after the last one that was begun
    std::uint64_t run_some(std::uint64_t begin,
                           std::uint64_t end,
                           Clock::time_point late)
    {
        told_->n_begun = begin;
        told_->where[0] = '\0';
        std::fflush(nullptr);
        const pid_t child = fork();
        if (child == 0) {
            run_here(begin, end, late);
        }
        int status = 0;
        if (child < 0 || waitpid(child, &status, 0) != child) {
            std::perror("fork");
            std::exit(2);
        }
        if (status != 0) {
            const std::string where =
                told_->where[0] == '\0' ? "an unknown place" : told_->where;
            std::fprintf(stderr,
                         "%s: input %llu crashes in %s\n",
                         target_.c_str(),
                         static_cast<unsigned long long>(
                             inputs_.name_of(told_->n_begun - 1)),
                         where.c_str());
            ++crashes_[where];
        }
        return told_->n_begun;
    }

    [[nodiscard]] double slowest() const { return told_->slowest; }
    [[nodiscard]] const std::map<std::string, int>& crashes() const
    {
        return crashes_;
    }

  private:
    [[noreturn]] void run_here(std::uint64_t begin,
                               std::uint64_t end,
                               Clock::time_point late)
    {
        limit_memory();
        const std::string name = std::filesystem::absolute(
            "crash_" + target_.substr(target_.find('_') + 1) + "_");
        Bytes bytes;
        for (std::uint64_t n = begin;
             n == begin || (n < end && Clock::now() < late);
             ++n) {
            told_->n_begun = n + 1;
            hepta::fuzz::leave_last_words(
                name + std::to_string(inputs_.name_of(n)), bytes, told_->where);
            bytes = inputs_.make(n);
            told_->slowest = std::max(told_->slowest, run(bytes));
        }
        std::_Exit(0);
    }

    const Inputs& inputs_;
    std::string target_;
    Told* told_;
    std::map<std::string, int> crashes_;  ///< by place
};

}  // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "%s CORPUS [SECONDS [FIRST]]\n", argv[0]);
        return 2;
    }
    if (LLVMFuzzerInitialize != nullptr) {
        LLVMFuzzerInitialize(&argc, &argv);
    }
    const std::string target = std::filesystem::path(argv[0]).filename();
    const Inputs inputs(argv[1],
                        argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 0);
    const std::uint64_t n_files = inputs.corpus_size();
    double seconds = argc > 2 ? std::atof(argv[2]) : 0.0;
    seconds *= std::getenv("HEPTA_TEST_ALL") != nullptr ? 30.0 : 1.0;

    Runner runner(inputs, target);
    std::uint64_t n = 0;
    while (n < n_files) {
        n = runner.run_some(
            n, std::min(n + batch, n_files), Clock::time_point::max());
    }
    const auto late =
        Clock::now() + std::chrono::duration_cast<Clock::duration>(
                           std::chrono::duration<double>(seconds));
    while (n_files > 0 && Clock::now() < late) {
        n = runner.run_some(n, n + batch, late);
    }
    std::fprintf(stderr,
                 "%s: %llu files and %llu inputs, the slowest took %.3f s\n",
                 target.c_str(),
                 static_cast<unsigned long long>(n_files),
                 static_cast<unsigned long long>(n - n_files),
                 runner.slowest());
    for (const auto& [where, n_crashes] : runner.crashes()) {
        std::fprintf(stderr,
                     "%s: %d crashed in %s\n",
                     target.c_str(),
                     n_crashes,
                     where.c_str());
    }
    return n_files == 0 ? 2 : runner.crashes().empty() ? 0 : 1;
}
