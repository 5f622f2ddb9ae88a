/// \file
/// Fuzz target: any file is read as a result, part or checkpoint by every
/// command that reads one, or refused with an error that has a message.
#include "hepta/core/error.hpp"
#include "io/seal.hpp"
#include "small_result.hpp"

#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>

namespace {

using hepta::fuzz::folder;
using Words = std::vector<std::string>;

/// Command lines that read bad.h5; some of them are done more often.
struct Commands
{
    std::vector<Words> quick;
    std::vector<Words> slow;  ///< that read the counts; a tenth of all
};

Words with(Words words, const Words& more)
{
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

Commands make_commands()
{
    const std::string good = folder() / "good.h5";
    const std::string other = folder() / "other.h5";
    const std::string bad = folder() / "bad.h5";
    const std::string out = folder() / "out";
    const Words quiet = {"--threads", "1", "--quiet"};
    return {
        {{"summary", bad},
         {"summary", bad, "--json"},
         {"replay", bad, "--sample", "3"},
         {"replay", bad, "--sample", "40", "--json"},
         with({"condition", bad, "--where", "u:driver/coal > 0.2"}, quiet),
         {"export", bad, "-o", out},
         {"export", bad, "-o", out, "--wide", "--model", "m"},
         {"sensitivity", "--from", bad},
         {"sensitivity", "--from", bad, "--json"}},
        {{"compare", good, bad},
         {"compare", bad, good, "--junit", out, "--markdown", out},
         {"compare", bad, good, "--statistical"},
         with({"condition",
               bad,
               "--samples",
               "16",
               "--where",
               "u:driver/coal > 0.2"},
              quiet),
         with({"merge", bad, other, "-o", out}, quiet),
         with({"merge", other, bad, "-o", out, "--no-gaps"}, quiet),
         with({"extend", bad, "--samples", "64"}, quiet),
         with(hepta::fuzz::run_arguments(folder() / "out.h5"), {"--resume"})}};
}

/// The same for the same bytes.
const Words& choose(std::string_view bytes)
{
    static const Commands commands = make_commands();
    std::size_t sum = bytes.size();
    for (const char byte : bytes) {
        sum = sum * 31 + static_cast<unsigned char>(byte);
    }
    const std::vector<Words>& list =
        sum % 10 == 0 ? commands.slow : commands.quick;
    return list[sum / 10 % list.size()];
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/)
{
    (void)folder();
    (void)hepta::fuzz::good_result();
    // what the commands print
    return std::freopen("/dev/null", "w", stdout) == nullptr ? 1 : 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const Words& words = choose(bytes);
    if (words.back() == "--resume") {
        hepta::fuzz::write(
            folder() / "out.h5.ckpt",
            std::string(bytes) +
                hepta::io::seal_of(std::as_bytes(std::span(data, size))));
    } else {
        hepta::fuzz::write(folder() / "bad.h5", bytes);
    }
    try {
        hepta::fuzz::call_hepta(words);
    } catch (const hepta::Error& error) {
        if (*error.what() == '\0') {
            std::abort();
        }
    }
    return 0;
}
