#include "diagnostics.hpp"

#include "hepta/core/error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace hepta::config {
namespace {

constexpr std::size_t max_faults_shown = 100;
constexpr std::size_t max_candidates_shown = 12;
constexpr std::size_t max_name_shown = 80;

/// Levenshtein distance.
std::size_t edit_distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({row[j + 1] + 1, row[j] + 1, replaced});
        }
    }
    return row.back();
}

std::string place_text(const Place& place)
{
    return place.line == 0
               ? place.file
               : fmt::format("{}:{}:{}", place.file, place.line, place.column);
}

}  // namespace

void Diagnostics::add(const Place& place,
                      std::string_view key,
                      std::string_view problem,
                      std::string_view hint)
{
    std::string text = fmt::format("{}: {}{}{}",
                                   place_text(place),
                                   printable(key),
                                   key.empty() ? "" : " ",
                                   problem);
    if (!hint.empty()) {
        text += fmt::format("\n  hint: {}", hint);
    }
    faults_.push_back({.place = place, .text = std::move(text)});
}

void Diagnostics::throw_if_any() const
{
    if (faults_.empty()) {
        return;
    }
    std::vector<Fault> sorted = faults_;
    std::stable_sort(
        sorted.begin(), sorted.end(), [](const Fault& a, const Fault& b) {
            return std::tie(a.place.file, a.place.line, a.place.column) <
                   std::tie(b.place.file, b.place.line, b.place.column);
        });
    std::string message;
    const std::size_t shown = std::min(sorted.size(), max_faults_shown);
    for (std::size_t i = 0; i < shown; ++i) {
        message += (i == 0 ? "" : "\n") + sorted[i].text;
    }
    if (shown < sorted.size()) {
        message +=
            fmt::format("\n... and {} more faults", sorted.size() - shown);
    }
    throw InputError(message);
}

std::string nearest(std::string_view name,
                    const std::vector<std::string>& candidates)
{
    std::string best;
    std::size_t best_distance = std::max<std::size_t>(2, name.size() / 3) + 1;
    if (name.size() > max_name_shown) {
        return best;
    }
    for (const std::string& candidate : candidates) {
        const std::size_t distance = edit_distance(name, candidate);
        if (distance < best_distance && distance < candidate.size()) {
            best_distance = distance;
            best = candidate;
        }
    }
    return best;
}

std::string suggest(std::string_view name,
                    const std::vector<std::string>& candidates)
{
    const std::string best = nearest(name, candidates);
    if (!best.empty()) {
        return fmt::format("did you mean `{}`?", best);
    }
    if (candidates.empty()) {
        return "none is defined";
    }
    const std::size_t shown = std::min(candidates.size(), max_candidates_shown);
    return fmt::format(
        "known: {}{}",
        fmt::join(candidates.begin(),
                  candidates.begin() + static_cast<std::ptrdiff_t>(shown),
                  ", "),
        shown < candidates.size() ? ", ..." : "");
}

std::string printable(std::string_view text)
{
    std::string out;
    for (const char c : text.substr(0, max_name_shown)) {
        const auto byte = static_cast<unsigned char>(c);
        out += byte < 0x20 || byte >= 0x7f ? '?' : c;
    }
    return text.size() > max_name_shown ? out + "..." : out;
}

}  // namespace hepta::config
