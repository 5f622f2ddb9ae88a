/// \file
/// Fuzz target: any command line is done or refused with an InputError.
///
/// An input is the words after `hepta`, one a line. What a line asks for is
/// done only where it is little work on files of its own folder.
#include "cli/commands.hpp"
#include "hepta/core/error.hpp"
#include "small_result.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

namespace {

using hepta::fuzz::folder;
using Words = std::vector<std::string>;

Words words_of(const std::string& text)
{
    Words words;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        // no argument holds a zero byte
        words.push_back(line.substr(0, line.find('\0')));
    }
    return words;
}

/// Are there no more than 999 samples, points or threads, and no path of
/// another folder?
bool is_harmless(const Words& words)
{
    constexpr std::size_t most_digits = 3;
    return std::none_of(
        words.begin(), words.end(), [](const std::string& word) {
            std::size_t n_digits = 0;
            bool is_long = false;
            for (const char c : word) {
                const bool is_digit =
                    std::isdigit(static_cast<unsigned char>(c)) != 0;
                n_digits = is_digit ? n_digits + 1 : 0;
                is_long = is_long || n_digits > most_digits;
            }
            return is_long || word.find('/') != std::string::npos;
        });
}

/// Commands whose work does not follow from files and options alone: they
/// would take a million samples if not told otherwise.
bool is_large(const Words& words)
{
    const bool says_samples =
        std::find(words.begin(), words.end(), "--samples") != words.end();
    return words.front() == "selftest" ||
           ((words.front() == "run" || words.front() == "sensitivity") &&
            !says_samples);
}

/// The files that words can name: as they were before, and no others.
void tidy(const hepta::fuzz::Path& place)
{
    static const std::string good = hepta::fuzz::read(folder() / "good.h5");
    static const std::string other = hepta::fuzz::read(folder() / "other.h5");
    static const std::string run =
        hepta::fuzz::read(hepta::fuzz::configuration());
    for (const auto& entry : std::filesystem::directory_iterator(place)) {
        std::filesystem::remove_all(entry.path());
    }
    hepta::fuzz::write(place / "good.h5", good);
    hepta::fuzz::write(place / "other.h5", other);
    hepta::fuzz::write(place / "run.toml",
                       "draws = 8\npilot_samples = 64\n"
                       "sensitivity_samples = 64\n" +
                           run);
    hepta::fuzz::write(place / "table.csv", "x,y\n1,2\n3,4\n5,7\n2,3\n");
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/)
{
    (void)folder();
    return std::freopen("/dev/null", "w", stdout) == nullptr ? 1 : 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size)
{
    const Words words =
        words_of(std::string(reinterpret_cast<const char*>(data), size));
    std::vector<const char*> arguments = {"hepta"};
    for (const std::string& word : words) {
        arguments.push_back(word.c_str());
    }
    try {
        hepta::cli::Context context;
        hepta::cli::parse(
            static_cast<int>(arguments.size()), arguments.data(), context);
        if (is_harmless(words) && !is_large(words)) {
            const hepta::fuzz::Path place = folder() / "place";
            std::filesystem::create_directories(place);
            std::filesystem::current_path(place);
            tidy(place);
            (void)context.action(hepta::parallel::Communicator());
        }
    } catch (const hepta::Error& error) {
        if (*error.what() == '\0') {
            std::abort();
        }
    }
    return 0;
}
