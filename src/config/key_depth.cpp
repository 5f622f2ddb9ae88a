#include "key_depth.hpp"

#include <algorithm>

namespace hepta::config {
namespace {

/// End of the string or comment that begins at `at`; `at` where there is none.
std::size_t skip_text(std::string_view text, std::size_t at)
{
    const char quote = text[at];
    if (quote == '#') {
        return std::min(text.find('\n', at), text.size());
    }
    if (quote != '"' && quote != '\'') {
        return at;
    }
    const std::string_view three = text.substr(at, 3);
    const bool is_long = three == "\"\"\"" || three == "'''";
    const std::string_view end = text.substr(at, is_long ? 3 : 1);
    for (at += end.size(); at < text.size(); ++at) {
        if (quote == '"' && text[at] == '\\') {
            ++at;
        } else if (!is_long && text[at] == '\n') {
            return at;
        } else if (text.substr(at, end.size()) == end) {
            at += end.size();
            // A long string may end with one or two quotes of its own.
            for (int i = 0;
                 is_long && i < 2 && at < text.size() && text[at] == quote;
                 ++i) {
                ++at;
            }
            return at;
        }
    }
    return text.size();
}

}  // namespace

std::optional<std::uint32_t> line_of_long_key(std::string_view text)
{
    constexpr std::string_view ends_of_keys = "=,[]{}\n";
    int n_dots = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t next = skip_text(text, at);
        if (next != at) {
            at = next;
            continue;
        }
        if (text[at] == '.' && ++n_dots >= max_key_names) {
            return 1 + static_cast<std::uint32_t>(std::count(
                           text.begin(),
                           text.begin() + static_cast<std::ptrdiff_t>(at),
                           '\n'));
        }
        if (ends_of_keys.find(text[at]) != std::string_view::npos) {
            n_dots = 0;
        }
        ++at;
    }
    return std::nullopt;
}

}  // namespace hepta::config
