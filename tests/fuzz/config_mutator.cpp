/// \file
/// Changes one thing of a configuration: a line, a number, a text, a key.
#include "random.hpp"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

using hepta::fuzz::Random;

constexpr const char* numbers[] = {"0",
                                   "-1",
                                   "1",
                                   "2",
                                   "1e6",
                                   "1e308",
                                   "-1e308",
                                   "1e-308",
                                   "nan",
                                   "inf",
                                   "-inf",
                                   "4294967296",
                                   "1e400",
                                   "0.5",
                                   "2020",
                                   "2051",
                                   "true",
                                   "[]",
                                   "{}",
                                   "\"\"",
                                   "100",
                                   "9223372036854775807",
                                   "-9223372036854775808",
                                   "1979-05-27T07:32:00Z",
                                   "[[1, 2], [3]]"};
constexpr const char* texts[] = {"\"\"",
                                 "\"..\"",
                                 "\"/etc/passwd\"",
                                 "\"../run.toml\"",
                                 "\"run.toml\"",
                                 "\"\\u0000\"",
                                 "\"steel\"",
                                 "\"lognormal\"",
                                 "\"beta\"",
                                 "\"mc\"",
                                 "\"sobol\"",
                                 "\"fraction\"",
                                 "\"%s%n{}{:>99999}\"",
                                 "7",
                                 "[\"a\", \"a\"]"};
constexpr const char* lines[] = {
    "[[[[[[[[",
    "x = [[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]",
    "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a = 1",
    "include = [\"run.toml\"]",
    "include = [\"a.toml\", \"b/../a.toml\"]",
    "#file a.toml",
    "#set samples=1",
    "#set include=a.toml",
    "#set sectors.steel.activity=3",
    "#set a.b.c.d.e=[1,[2],{a=3}]",
    "percentiles = []",
    "percentiles = [1e-300, 50]",
    "headline_years = []",
    "block_size = 1048576",
    "steps_per_year = 64",
    "sampler = \"lhs\"",
    "[[sectors]]",
    "[sectors.steel.technologies]",
    "\"\"\"",
    "'''",
    "\xff\xfe"};

struct Span
{
    std::size_t begin, size;
};

/// Spans of the text that `is_in` holds for, one of them.
template <class Predicate>
Span some_span(std::string_view text, Random& random, Predicate is_in)
{
    std::vector<Span> spans;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t begin = i;
        while (i < text.size() && is_in(text[i])) {
            ++i;
        }
        if (i > begin) {
            spans.push_back({begin, i - begin});
        } else {
            ++i;
        }
    }
    return spans.empty() ? Span{0, 0} : spans[random.below(spans.size())];
}

Span some_line(std::string_view text, Random& random)
{
    return some_span(text, random, [](char c) { return c != '\n'; });
}

Span some_number(std::string_view text, Random& random)
{
    return some_span(text, random, [](char c) {
        return std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '.';
    });
}

Span some_word(std::string_view text, Random& random)
{
    return some_span(text, random, [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
    });
}

Span some_text(std::string_view text, Random& random)
{
    const std::size_t from = random.below(text.size());
    const std::size_t begin = std::min(text.find('"', from), text.size());
    const std::size_t end = text.find('"', begin + 1);
    return end == std::string_view::npos ? Span{0, 0}
                                         : Span{begin, end + 1 - begin};
}

void change_line(std::string& text, Random& random)
{
    const Span line = some_line(text, random);
    const std::string copy = text.substr(line.begin, line.size);
    const Span other = some_line(text, random);
    switch (random.below(4)) {
        case 0:
            text.erase(line.begin, line.size);
            return;
        case 1:
            for (std::size_t n = 1 + random.below(30); n > 0; --n) {
                text.insert(line.begin, copy + "\n");
            }
            return;
        case 2:
            text.replace(other.begin, other.size, copy);
            return;
        default:
            text.insert(line.begin, std::string(random.one_of(lines)) + "\n");
    }
}

void change_byte(std::string& text, Random& random)
{
    const std::size_t at = random.below(text.size() + 1);
    constexpr std::string_view marks = "[]{}=.,\"'#\n\\ -e0\xff\x01";
    switch (random.below(4)) {
        case 0:
            text.erase(at, 1 + random.below(8));
            return;
        case 1:
            text.resize(at);
            return;
        default:
            text.insert(at, 1, marks[random.below(marks.size())]);
    }
}

void change(std::string& text, Random& random)
{
    Span span{0, 0};
    switch (random.below(8)) {
        case 0:
        case 1:
        case 2:
            span = some_number(text, random);
            text.replace(span.begin, span.size, random.one_of(numbers));
            return;
        case 3:
            span = some_text(text, random);
            text.replace(span.begin, span.size, random.one_of(texts));
            return;
        case 4: {  // a key or name by another one
            span = some_word(text, random);
            const Span other = some_word(text, random);
            text.replace(span.begin,
                         span.size,
                         std::string(text.substr(other.begin, other.size)));
            return;
        }
        case 5:
            change_byte(text, random);
            return;
        default:
            change_line(text, random);
    }
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data,
                                               std::size_t size,
                                               std::size_t max_size,
                                               unsigned seed)
{
    Random random(seed);
    std::string text(reinterpret_cast<const char*>(data), size);
    change(text, random);
    text.resize(std::min(text.size(), max_size));
    std::copy(text.begin(), text.end(), data);
    return text.size();
}
