#include "hepta/campaign/table.hpp"

#include "hepta/core/error.hpp"
#include "hepta/statistics/given_data.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <span>
#include <string_view>

namespace hepta::campaign {
namespace {

constexpr std::size_t largest_file_bytes = std::size_t{1} << 30;

std::string_view trimmed(std::string_view text)
{
    const auto is_space = [](char c) {
        return c == ' ' || c == '\t' || c == '\r';
    };
    while (!text.empty() && is_space(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_space(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

std::vector<std::string_view> cells_of(std::string_view line)
{
    std::vector<std::string_view> cells;
    for (;;) {
        const std::size_t comma = line.find(',');
        std::string_view cell = trimmed(line.substr(0, comma));
        if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') {
            cell = cell.substr(1, cell.size() - 2);
        }
        cells.push_back(cell);
        if (comma == std::string_view::npos) {
            return cells;
        }
        line.remove_prefix(comma + 1);
    }
}

double number_at(const std::string& path,
                 std::size_t line,
                 const std::string& column,
                 std::string_view text)
{
    double value = 0.0;
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, value);
    if (parsed.ec != std::errc{} || parsed.ptr != end ||
        !std::isfinite(value)) {
        throw InputError(fmt::format(
            "{}:{}: column '{}' is '{}', not a finite number\n  hint: leave "
            "such lines out",
            path,
            line,
            column,
            text.substr(0, 40)));
    }
    return value;
}

void check_outputs(const std::string& path,
                   const std::vector<std::string>& known,
                   const std::vector<std::string>& wanted)
{
    for (const std::string& name : wanted) {
        if (std::find(known.begin(), known.end(), name) == known.end()) {
            const std::size_t n = std::min<std::size_t>(known.size(), 12);
            throw InputError(fmt::format(
                "{}: there is no output '{}'\n  hint: it has {}{}",
                path,
                name,
                fmt::join(known.begin(),
                          known.begin() + static_cast<std::ptrdiff_t>(n),
                          ", "),
                n < known.size() ? ", …" : ""));
        }
    }
}

/// Samples without an answer have no finite numbers.
void leave_out_invalid(Table& table)
{
    const auto is_valid = [&](std::size_t k) {
        return std::all_of(table.columns.begin(),
                           table.columns.end(),
                           [k](const auto& c) { return std::isfinite(c[k]); });
    };
    std::vector<std::size_t> valid;
    for (std::size_t k = 0; k < table.columns.front().size(); ++k) {
        if (is_valid(k)) {
            valid.push_back(k);
        }
    }
    for (std::vector<double>& column : table.columns) {
        for (std::size_t i = 0; i < valid.size(); ++i) {
            column[i] = column[valid[i]];
        }
        column.resize(valid.size());
    }
}

nlohmann::ordered_json number(double value)
{
    return std::isfinite(value) ? nlohmann::ordered_json(value)
                                : nlohmann::ordered_json(nullptr);
}

nlohmann::ordered_json entry(const std::string& input,
                             const statistics::Dependence& d)
{
    return {{"input", input},
            {"first_order", number(d.first_order.value)},
            {"first_order_lower", number(d.first_order.lower)},
            {"first_order_upper", number(d.first_order.upper)},
            {"spearman", number(d.rank_correlation.value)},
            {"spearman_lower", number(d.rank_correlation.lower)},
            {"spearman_upper", number(d.rank_correlation.upper)},
            {"pawn", number(d.pawn_median)},
            {"pawn_noise", number(d.pawn_noise)},
            {"delta", number(d.delta)},
            {"delta_noise", number(d.delta_noise)}};
}

}  // namespace

Table read_csv(const std::string& path, const std::vector<std::string>& outputs)
{
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) {
        throw InputError(path + ": cannot be read");
    }
    if (static_cast<std::size_t>(file.tellg()) > largest_file_bytes) {
        throw InputError(path + ": is larger than 1 GiB");
    }
    file.seekg(0);
    Table table;
    std::string line;
    for (std::size_t n = 1; std::getline(file, line); ++n) {
        const std::string_view text = trimmed(line);
        if (text.empty() || text.front() == '#') {
            continue;
        }
        const auto cells = cells_of(text);
        if (table.names.empty()) {
            table.names.assign(cells.begin(), cells.end());
            table.columns.resize(cells.size());
            continue;
        }
        if (cells.size() != table.names.size()) {
            throw InputError(fmt::format(
                "{}:{}: has {} columns, not the {} of the names\n  hint: one "
                "line of names, then numbers, separated by commas",
                path,
                n,
                cells.size(),
                table.names.size()));
        }
        for (std::size_t c = 0; c < cells.size(); ++c) {
            table.columns[c].push_back(
                number_at(path, n, table.names[c], cells[c]));
        }
    }
    if (table.names.size() < 2 || table.columns.front().empty()) {
        throw InputError(path +
                         ": has no lines of at least two numbers under a line "
                         "of names");
    }
    check_outputs(path, table.names, outputs);
    table.outputs = outputs;
    if (outputs.empty()) {
        table.outputs = {table.names.back()};
    }
    return table;
}

Table table_of_draws(const io::Tree& tree,
                     const std::vector<std::string>& outputs)
{
    const io::Group& draws = tree.group("draws");
    const bool is_weighted =
        std::any_of(draws.variables.begin(),
                    draws.variables.end(),
                    [](const io::Variable& v) { return v.name == "weight"; });
    if (is_weighted) {
        throw InputError(
            "the draws differ in weight, as the run has a [tilt], and "
            "sensitivity takes samples of equal weight\n  hint: a run without "
            "[tilt] has /sensitivity");
    }
    Table table;
    std::vector<std::string> known;
    const auto add = [&](const char* dimension, const char* name) {
        const auto* labels = std::get_if<std::vector<std::string>>(
            &draws.dimension(dimension).labels);
        const auto* values =
            std::get_if<std::vector<double>>(&draws.variable(name).values);
        if (labels == nullptr || values == nullptr || labels->empty() ||
            values->size() % labels->size() != 0) {
            throw ResultError("/draws has an unexpected shape");
        }
        const std::size_t n = values->size() / labels->size();
        if (!table.columns.empty() && n != table.columns.front().size()) {
            throw ResultError("/draws has an unexpected shape");
        }
        for (std::size_t c = 0; c < labels->size(); ++c) {
            table.names.push_back((*labels)[c]);
            std::vector<double>& column = table.columns.emplace_back();
            for (std::size_t k = 0; k < n; ++k) {
                column.push_back((*values)[k * labels->size() + c]);
            }
        }
        known = *labels;
    };
    add("input", "inputs");
    add("output", "outputs");
    check_outputs("/draws", known, outputs);
    table.outputs = outputs;
    // outputs that nobody asked for are not inputs
    for (std::size_t c = table.names.size(); c-- > 0;) {
        const std::string name = table.names[c];
        const bool is_output =
            std::find(known.begin(), known.end(), name) != known.end();
        if (outputs.empty() && is_output &&
            name.find("/all/scope1+2/") != std::string::npos) {
            table.outputs.insert(table.outputs.begin(), name);
        } else if (is_output &&
                   std::find(outputs.begin(), outputs.end(), name) ==
                       outputs.end()) {
            table.names.erase(table.names.begin() +
                              static_cast<std::ptrdiff_t>(c));
            table.columns.erase(table.columns.begin() +
                                static_cast<std::ptrdiff_t>(c));
        }
    }
    if (table.outputs.empty()) {
        throw InputError(fmt::format(
            "/draws: there are no emissions of a portfolio 'all'\n  hint: "
            "--output {}",
            known.front()));
    }
    leave_out_invalid(table);
    return table;
}

nlohmann::ordered_json dependence_json(const Table& table, double confidence)
{
    const auto is_output = [&](const std::string& name) {
        return std::find(table.outputs.begin(), table.outputs.end(), name) !=
               table.outputs.end();
    };
    std::vector<std::span<const double>> y;
    for (const std::string& name : table.outputs) {
        const auto at = std::find(table.names.begin(), table.names.end(), name);
        y.emplace_back(
            table.columns[static_cast<std::size_t>(at - table.names.begin())]);
    }
    statistics::GivenDataOptions options;
    options.confidence = confidence;
    // small tables have room for fewer classes
    while (options.n_bins > 8 &&
           y.front().size() < std::size_t{32} * options.n_bins) {
        options.n_bins /= 2;
    }
    options.n_conditions = std::min(options.n_conditions, options.n_bins);
    const statistics::GivenData data(y, options);
    nlohmann::ordered_json out = nlohmann::ordered_json::object();
    for (std::size_t c = 0; c < table.names.size(); ++c) {
        if (is_output(table.names[c])) {
            continue;
        }
        const auto found = data.on(table.columns[c]);
        for (std::size_t o = 0; o < found.size(); ++o) {
            out[table.outputs[o]].push_back(entry(table.names[c], found[o]));
        }
    }
    for (auto& entries : out) {
        std::stable_sort(
            entries.begin(), entries.end(), [](const auto& a, const auto& b) {
                const auto size = [](const auto& e) {
                    return e["first_order"].is_null()
                               ? -1e300
                               : e["first_order"].template get<double>();
                };
                return size(a) > size(b);
            });
    }
    return out;
}

std::string dependence_text(const nlohmann::ordered_json& json,
                            std::size_t n_top)
{
    const auto text = [](const nlohmann::ordered_json& value) {
        return value.is_null() ? std::string("-")
                               : fmt::format("{:.3f}", value.get<double>());
    };
    std::string out;
    for (const auto& [output, entries] : json.items()) {
        out += fmt::format("{}{}\n  {:<44}{:>9}{:>18}{:>10}{:>8}{:>8}\n",
                           out.empty() ? "" : "\n",
                           output,
                           "",
                           "first",
                           "interval",
                           "spearman",
                           "pawn",
                           "delta");
        for (std::size_t k = 0; k < std::min(n_top, entries.size()); ++k) {
            const auto& e = entries[k];
            out += fmt::format("  {:<44}{:>9}{:>18}{:>10}{:>8}{:>8}\n",
                               e["input"].get<std::string>(),
                               text(e["first_order"]),
                               fmt::format("{} to {}",
                                           text(e["first_order_lower"]),
                                           text(e["first_order_upper"])),
                               text(e["spearman"]),
                               text(e["pawn"]),
                               text(e["delta"]));
        }
    }
    return out;
}

}  // namespace hepta::campaign
