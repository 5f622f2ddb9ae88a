#include "small_result.hpp"

#include "cli/commands.hpp"
#include "hepta/io/tree.hpp"
#include "small_state.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace hepta::fuzz {
namespace {

Path make_folder()
{
    const Path shared = "/dev/shm";
    Path base = std::filesystem::is_directory(shared)
                    ? shared
                    : std::filesystem::temp_directory_path();
    std::string name = base / "hepta_fuzz_XXXXXX";
    if (mkdtemp(name.data()) == nullptr) {
        std::perror(name.c_str());
        std::exit(2);
    }
    return name;
}

/// In a process of its own: threads do not survive the forks of the driver.
void make_result(const Path& path, const std::string& range)
{
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child == 0) {
        std::vector<std::string> words = run_arguments(path);
        words.insert(words.end(), {"--range", range});
        try {
            call_hepta(words);
            io::Tree tree = io::read_tree(path);
            shrink(tree);
            io::write_tree(path, tree);
            std::_Exit(0);
        } catch (const std::exception& error) {
            std::fprintf(stderr, "%s\n", error.what());
            std::_Exit(1);
        }
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
        std::fprintf(stderr, "no result to begin with\n");
        std::exit(2);
    }
}

}  // namespace

const Path& folder()
{
    static const Path path = make_folder();
    static const bool is_filled = [] {
        std::atexit([] {
            std::error_code error;
            std::filesystem::remove_all(path, error);
        });
        make_result(path / "good.h5", "0:32");
        make_result(path / "other.h5", "32:64");
        return true;
    }();
    return is_filled ? path : path;
}

const Bytes& good_result()
{
    static const Bytes bytes = [] {
        const std::string text = read(folder() / "good.h5");
        return Bytes(text.begin(), text.end());
    }();
    return bytes;
}

std::string configuration()
{
    return HEPTA_SOURCE_DIR "/tests/fuzz/corpus/config/small.toml";
}

std::vector<std::string> run_arguments(const Path& output)
{
    return {"run",
            configuration(),
            "--samples",
            "64",
            "--set",
            "draws=64",
            "--set",
            "pilot_samples=64",
            "--set",
            "sensitivity_samples=64",
            "--set",
            "block_size=64",
            "--threads",
            "1",
            "--quiet",
            "-o",
            output};
}

void write(const Path& path, std::string_view bytes)
{
    std::ofstream stream(path, std::ios::binary);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::string read(const Path& path)
{
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void call_hepta(const std::vector<std::string>& words)
{
    std::vector<const char*> arguments = {"hepta"};
    for (const std::string& word : words) {
        arguments.push_back(word.c_str());
    }
    (void)cli::parse_and_run(static_cast<int>(arguments.size()),
                             arguments.data(),
                             parallel::Communicator());
}

}  // namespace hepta::fuzz
