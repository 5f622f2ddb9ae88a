/// \file
/// Changes one word of a command line.
#include "random.hpp"

#include <algorithm>
#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

namespace {

using hepta::fuzz::Random;

constexpr const char* known[] = {"run",
                                 "extend",
                                 "merge",
                                 "validate",
                                 "summary",
                                 "compare",
                                 "replay",
                                 "condition",
                                 "export",
                                 "sensitivity",
                                 "selftest",
                                 "--version",
                                 "--help",
                                 "-h",
                                 "-o",
                                 "--output",
                                 "--samples",
                                 "--seed",
                                 "--sampler",
                                 "--range",
                                 "--set",
                                 "--threads",
                                 "--quiet",
                                 "--exact",
                                 "--exact=all",
                                 "--resume",
                                 "--checkpoint-every",
                                 "--no-gaps",
                                 "--json",
                                 "--statistical",
                                 "--junit",
                                 "--markdown",
                                 "--sample",
                                 "--where",
                                 "--observations",
                                 "--format",
                                 "--model",
                                 "--wide",
                                 "--from",
                                 "--top",
                                 "--group",
                                 "--shapley",
                                 "--shapley=orders",
                                 "--randomisations",
                                 "--function",
                                 "run.toml",
                                 "good.h5",
                                 "other.h5",
                                 "table.csv",
                                 "out.h5",
                                 "missing.h5",
                                 "u:driver/coal > 0.2",
                                 "emissions/steel/scope1@2035 < 3",
                                 "tcre <= 0.5",
                                 "draws=8",
                                 "seed=2",
                                 "x=[1,{a=2}]",
                                 "0:32",
                                 "64:32",
                                 "16",
                                 "32",
                                 "mc",
                                 "sobol",
                                 "lhs",
                                 "iamc",
                                 "",
                                 "-",
                                 "--",
                                 "=",
                                 "0",
                                 "-1",
                                 "nan",
                                 "1e309",
                                 "18446744073709551616",
                                 "\xc3\xa9",
                                 "\x01",
                                 "%s%n{}",
                                 "."};

using Words = std::vector<std::string>;

/// One of the words changed by a character.
void change_character(Words& words, Random& random)
{
    if (words.empty()) {
        return;
    }
    std::string& word = words[random.below(words.size())];
    const std::size_t at = random.below(word.size() + 1);
    constexpr std::string_view marks = "-=:,.@<> 0123456789aZ'\"[]{}\xff";
    switch (random.below(4)) {
        case 0:
            word.erase(at, 1);
            return;
        case 1:
            word.insert(at, 1 + random.below(3000), 'x');
            return;
        default:
            word.insert(at, 1, marks[random.below(marks.size())]);
    }
}

void change(Words& words, Random& random)
{
    const std::size_t at = random.below(words.size() + 1);
    const auto place = words.begin() + static_cast<std::ptrdiff_t>(at);
    switch (random.below(6)) {
        case 0:
            if (at < words.size()) {
                words.erase(place);
            }
            return;
        case 1:
            if (at < words.size()) {
                words[at] = random.one_of(known);
            }
            return;
        case 2:
            if (at < words.size()) {
                std::swap(words[at], words[random.below(words.size())]);
            }
            return;
        case 3:
            change_character(words, random);
            return;
        default:
            words.insert(place, random.one_of(known));
    }
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data,
                                               std::size_t size,
                                               std::size_t max_size,
                                               unsigned seed)
{
    Random random(seed);
    std::istringstream lines(
        std::string(reinterpret_cast<const char*>(data), size));
    Words words;
    for (std::string line; std::getline(lines, line);) {
        words.push_back(line);
    }
    change(words, random);
    std::string text;
    for (const std::string& word : words) {
        text += word + "\n";
    }
    text.resize(std::min(text.size(), max_size));
    std::copy(text.begin(), text.end(), data);
    return text.size();
}
