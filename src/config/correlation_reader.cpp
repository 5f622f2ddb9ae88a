#include "sections.hpp"

#include <fmt/format.h>

namespace hepta::config {
namespace {

/// A row such as ["price:coal", "price:gas", 0.5, 0.3, 0.7]: `n_names` names,
/// a rank correlation, its range. The range is documentation.
struct Row
{
    std::vector<NameAt> names;
    double rank = 0.0;
};

std::optional<Row> read_row(const Entry& entry,
                            std::size_t n_names,
                            const Range& range,
                            FileContext& file)
{
    const std::vector<Entry> cells = elements(entry, file);
    const auto refuse = [&](const std::string& problem) {
        file.diagnostics->add(
            entry.place,
            entry.path,
            problem,
            fmt::format("write {} name(s), the rank correlation and, if "
                        "known, its low and high",
                        n_names));
        return std::nullopt;
    };
    if (cells.size() != n_names + 1 && cells.size() != n_names + 3) {
        return refuse(fmt::format("has {} elements", cells.size()));
    }
    Row row;
    for (std::size_t i = 0; i < n_names; ++i) {
        if (!cells[i].node->is_string()) {
            return refuse(fmt::format("holds {} where a name is due",
                                      type_name(*cells[i].node)));
        }
        row.names.push_back(
            name_at(cells[i].node->as_string()->get(), cells[i]));
    }
    std::vector<double> numbers;
    for (std::size_t i = n_names; i < cells.size(); ++i) {
        const std::optional<double> x = finite_number(cells[i], file);
        if (!x) {
            return std::nullopt;
        }
        if (!range.holds(*x)) {
            file.diagnostics->add(
                cells[i].place,
                entry.path,
                fmt::format("correlation {} is outside {}", *x, range.text()),
                "give a rank correlation");
            return std::nullopt;
        }
        numbers.push_back(*x);
    }
    row.rank = numbers.front();
    if (numbers.size() == 3 &&
        (numbers[1] > numbers[0] || numbers[0] > numbers[2])) {
        return refuse(fmt::format("value {} is outside [low, high] = [{}, {}]",
                                  numbers[0],
                                  numbers[1],
                                  numbers[2]));
    }
    return row;
}

constexpr Range open_correlation{
    .low = -1.0, .high = 1.0, .open_low = true, .open_high = true};

template <class Add>
void read_rows(TableReader& section,
               std::string_view key,
               std::size_t n_names,
               const Range& range,
               Add add)
{
    if (const auto list = section.find(key, Need::optional)) {
        for (const Entry& entry : elements(*list, section.file())) {
            if (auto row = read_row(entry, n_names, range, section.file())) {
                add(*row);
            }
        }
    }
}

}  // namespace

void read_correlations(TableReader section, Catalogue& catalogue)
{
    (void)read_provenance(section, {"-", any_number});
    read_rows(section, "pairs", 2, open_correlation, [&](const Row& row) {
        catalogue.correlation_pairs.push_back(
            {row.names[0], row.names[1], row.rank});
    });
    read_rows(section, "within_sector", 1, below_one, [&](const Row& row) {
        catalogue.shared_factors.push_back({row.names[0], row.rank});
    });
    read_rows(section, "newcomers", 2, open_correlation, [&](const Row& row) {
        catalogue.newcomer_factors.push_back(
            {row.names[0], row.names[1], row.rank});
    });
    section.finish();
}

}  // namespace hepta::config
