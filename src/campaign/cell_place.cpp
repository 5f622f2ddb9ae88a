#include "cell_place.hpp"

#include <fmt/format.h>

namespace hepta::campaign {
namespace {

std::string label_at(const io::Dimension& dimension, std::size_t i)
{
    if (dimension.unlabelled > 0) {
        return fmt::format("{}", i);
    }
    return std::visit(
        [i](const auto& array) { return fmt::format("{}", array.at(i)); },
        dimension.labels);
}

void note(Comparison& comparison, std::string name, const std::string& what)
{
    std::string line = name + ": " + what;
    comparison.datasets.push_back({.name = std::move(name),
                                   .n_compared = 1,
                                   .n_different = 1,
                                   .lines = {std::move(line)}});
}

void note_only_in(Comparison& comparison,
                  const io::Tree& one,
                  const io::Tree& other,
                  const char* which)
{
    for (const io::Group& group : one.groups) {
        const io::Group* match = find_named(other.groups, group.name);
        if (match == nullptr) {
            note(comparison,
                 "/" + group.name,
                 fmt::format("only in the {}", which));
            continue;
        }
        for (const io::Variable& variable : group.variables) {
            if (find_named(match->variables, variable.name) == nullptr) {
                note(comparison,
                     dataset_name(group, variable.name),
                     fmt::format("only in the {}", which));
            }
        }
    }
}

}  // namespace

std::string place(const io::Group& group,
                  const io::Variable& variable,
                  std::size_t index)
{
    std::vector<std::string> parts;
    for (auto name = variable.dimensions.rbegin();
         name != variable.dimensions.rend();
         ++name) {
        const io::Dimension& dimension = group.dimension(*name);
        const std::size_t n = dimension.length();
        parts.push_back(*name + "=" + label_at(dimension, index % n));
        index /= n;
    }
    std::reverse(parts.begin(), parts.end());
    std::string out = dataset_name(group, variable.name);
    for (std::size_t k = 0; k < parts.size(); ++k) {
        out += (k == 0 ? " (" : ", ") + parts[k];
    }
    return parts.empty() ? out : out + ")";
}

std::string dataset_name(const io::Group& group, const std::string& variable)
{
    return "/" + group.name + "/" + variable;
}

void note_missing(Comparison& comparison, const io::Tree& a, const io::Tree& b)
{
    note_only_in(comparison, a, b, "first");
    note_only_in(comparison, b, a, "second");
}

bool note_labels(Comparison& comparison, const io::Group& a, const io::Group& b)
{
    bool same = true;
    for (const io::Dimension& dimension : a.dimensions) {
        const io::Dimension* other = find_named(b.dimensions, dimension.name);
        if (other == nullptr || other->labels != dimension.labels ||
            other->unlabelled != dimension.unlabelled) {
            note(comparison,
                 "/" + a.name,
                 fmt::format("dimension {} differs", dimension.name));
            same = false;
        }
    }
    return same;
}

}  // namespace hepta::campaign
