#include "hepta/campaign/compare.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>

namespace hepta::campaign {
namespace {

constexpr std::size_t max_datasets = 24;

/// "12 of 360 numbers, at most by 0.4 %"
std::string amount(const Comparison& comparison,
                   const DatasetComparison& dataset)
{
    const std::string n =
        fmt::format("{} of {}", dataset.n_different, dataset.n_compared);
    return comparison.limit > 0.0
               ? fmt::format("{}, at most by {:.1f} standard errors",
                             n,
                             dataset.largest)
               : fmt::format("{}, at most by {:.3g}", n, dataset.largest);
}

/// Characters that mean something in XML replaced.
std::string escaped(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string joined(const std::vector<std::string>& lines)
{
    std::string out;
    for (const std::string& line : lines) {
        out += line + "\n";
    }
    return out;
}

/// Is it the limit of a percentile or probability that differs itself? Then
/// it says nothing more.
bool is_limit_of_different(const Comparison& comparison, std::string_view name)
{
    if (!name.ends_with("_lower") && !name.ends_with("_upper")) {
        return false;
    }
    name.remove_suffix(std::string_view("_lower").size());
    return std::any_of(comparison.datasets.begin(),
                       comparison.datasets.end(),
                       [&](const DatasetComparison& dataset) {
                           return dataset.name == name &&
                                  dataset.n_different > 0;
                       });
}

std::string conclusion(const Comparison& comparison)
{
    if (comparison.limit > 0.0) {
        return comparison.n_different() == 0
                   ? fmt::format(
                         "same: none of {} numbers differs by more "
                         "than {:.2f} standard errors",
                         comparison.n_compared(),
                         comparison.limit)
                   : fmt::format(
                         "different: {} of {} numbers, by more than "
                         "{:.2f} standard errors",
                         comparison.n_different(),
                         comparison.n_compared(),
                         comparison.limit);
    }
    return comparison.n_different() == 0
               ? std::string("same")
               : fmt::format("different: {} numbers or labels",
                             comparison.n_different());
}

/// A line of its own, or nothing.
std::string left_out(const Comparison& comparison)
{
    return comparison.not_compared.empty()
               ? std::string{}
               : fmt::format("not compared: {}\n",
                             fmt::join(comparison.not_compared, ", "));
}

}  // namespace

std::string comparison_text(const Comparison& comparison)
{
    std::string out = conclusion(comparison) + "\n" + left_out(comparison);
    std::size_t n_shown = 0;
    std::size_t n_left = 0;
    for (const DatasetComparison& dataset : comparison.datasets) {
        if (dataset.n_different == 0) {
            continue;
        }
        if (n_shown == max_datasets ||
            is_limit_of_different(comparison, dataset.name)) {
            ++n_left;
            continue;
        }
        ++n_shown;
        out += fmt::format(
            "\n{}: {}\n", dataset.name, amount(comparison, dataset));
        for (const std::string& line : dataset.lines) {
            out += "  " + line + "\n";
        }
    }
    if (n_left > 0) {
        out += fmt::format("\n... and {} more datasets\n", n_left);
    }
    return out;
}

std::string comparison_markdown(const Comparison& comparison,
                                const std::string& title)
{
    std::string out =
        fmt::format("## {}\n\n{}\n", title, conclusion(comparison));
    const std::string not_compared = left_out(comparison);
    out += not_compared.empty() ? "" : "\n" + not_compared;
    if (comparison.n_different() == 0) {
        return out;
    }
    const char* unit = comparison.limit > 0.0 ? "standard errors" : "relative";
    out += fmt::format(
        "\n| dataset | differ | of | at most, {} | where |\n"
        "| --- | ---: | ---: | ---: | --- |\n",
        unit);
    for (const DatasetComparison& dataset : comparison.datasets) {
        if (dataset.n_different > 0) {
            out += fmt::format(
                "| `{}` | {} | {} | {:.3g} | {} |\n",
                dataset.name,
                dataset.n_different,
                dataset.n_compared,
                dataset.largest,
                dataset.lines.empty() ? std::string{} : dataset.lines.front());
        }
    }
    return out;
}

std::string comparison_junit(const Comparison& comparison)
{
    std::size_t n_failures = 0;
    std::string cases;
    for (const DatasetComparison& dataset : comparison.datasets) {
        cases += fmt::format(
            "  <testcase classname=\"hepta.compare\" "
            "name=\"{}\"",
            escaped(dataset.name));
        if (dataset.n_different == 0) {
            cases += "/>\n";
            continue;
        }
        ++n_failures;
        cases += fmt::format(
            ">\n    <failure message=\"{}\">{}</failure>\n  </testcase>\n",
            escaped(amount(comparison, dataset)),
            escaped(joined(dataset.lines)));
    }
    for (const std::string& name : comparison.not_compared) {
        cases += fmt::format(
            "  <testcase classname=\"hepta.compare\" name=\"{}\">\n"
            "    <skipped/>\n  </testcase>\n",
            escaped(name));
    }
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuite name=\"hepta compare\" tests=\"{}\" "
        "failures=\"{}\" errors=\"0\">\n{}</testsuite>\n",
        comparison.datasets.size() + comparison.not_compared.size(),
        n_failures,
        cases);
}

}  // namespace hepta::campaign
