#include "hepta/campaign/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace hepta::campaign {
namespace {

template <class T>
bool same_bits(const T& a, const T& b)
{
    if constexpr (std::is_same_v<T, double>) {
        return std::memcmp(&a, &b, sizeof a) == 0 ||
               (std::isnan(a) && std::isnan(b));
    } else {
        return a == b;
    }
}

template <class T>
std::string difference(const T& a, const T& b)
{
    if constexpr (std::is_arithmetic_v<T>) {
        const double x = static_cast<double>(a);
        const double y = static_cast<double>(b);
        const double scale = std::max(std::fabs(x), std::fabs(y));
        return fmt::format("{} against {} (relative difference {:.3g})",
                           a,
                           b,
                           scale > 0.0 ? std::fabs(x - y) / scale : 0.0);
    } else {
        return fmt::format("'{}' against '{}'", a, b);
    }
}

std::string label_at(const io::Dimension& dimension, std::size_t i)
{
    if (dimension.unlabelled > 0) {
        return fmt::format("{}", i);
    }
    return std::visit(
        [i](const auto& array) { return fmt::format("{}", array.at(i)); },
        dimension.labels);
}

/// "emissions (scenario=stated, sector=steel, …)" of element `index`.
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
    std::string out = "/" + group.name + "/" + variable.name;
    for (std::size_t k = 0; k < parts.size(); ++k) {
        out += (k == 0 ? " (" : ", ") + parts[k];
    }
    return parts.empty() ? out : out + ")";
}

class Comparer
{
  public:
    explicit Comparer(std::size_t max_lines) : max_lines_(max_lines) {}

    void note(std::uint64_t n, std::string line)
    {
        result.n_different += n;
        if (result.lines.size() < max_lines_) {
            result.lines.push_back(std::move(line));
        }
    }

    template <class T>
    void arrays(const std::vector<T>& a,
                const std::vector<T>& b,
                const io::Group& group,
                const io::Variable& variable)
    {
        if (a.size() != b.size()) {
            note(1,
                 fmt::format("/{}/{}: {} values against {}",
                             group.name,
                             variable.name,
                             a.size(),
                             b.size()));
            return;
        }
        for (std::size_t i = 0; i < a.size(); ++i) {
            if (!same_bits(a[i], b[i])) {
                note(1,
                     result.lines.size() < max_lines_
                         ? place(group, variable, i) + ": " +
                               difference(a[i], b[i])
                         : std::string{});
            }
        }
    }

    void values(const io::Group& group,
                const io::Variable& a,
                const io::Variable& b)
    {
        if (a.values.index() != b.values.index() ||
            a.dimensions != b.dimensions) {
            note(1,
                 fmt::format("/{}/{}: another type or other dimensions",
                             group.name,
                             a.name));
            return;
        }
        std::visit(
            [&](const auto& array) {
                using T = std::decay_t<decltype(array)>;
                arrays(array, std::get<T>(b.values), group, a);
            },
            a.values);
    }

    /// \return false if the labels differ, so that cells do not correspond
    bool labels(const io::Group& a, const io::Group& b)
    {
        bool same = true;
        for (const io::Dimension& dimension : a.dimensions) {
            const auto other = std::find_if(b.dimensions.begin(),
                                            b.dimensions.end(),
                                            [&](const io::Dimension& d) {
                                                return d.name == dimension.name;
                                            });
            if (other == b.dimensions.end() ||
                other->labels != dimension.labels ||
                other->unlabelled != dimension.unlabelled) {
                note(1,
                     fmt::format(
                         "/{}: dimension {} differs", a.name, dimension.name));
                same = false;
            }
        }
        return same;
    }

    Comparison result;

  private:
    std::size_t max_lines_;
};

template <class Items>
auto find_named(const Items& items, const std::string& name)
{
    return std::find_if(items.begin(), items.end(), [&](const auto& item) {
        return item.name == name;
    });
}

}  // namespace

Comparison compare(const io::Tree& a, const io::Tree& b, std::size_t max_lines)
{
    Comparer comparer(max_lines);
    const auto only_in = [&](const io::Tree& one,
                             const io::Tree& other,
                             const char* which) {
        for (const io::Group& group : one.groups) {
            const auto match = find_named(other.groups, group.name);
            if (match == other.groups.end()) {
                comparer.note(
                    1, fmt::format("/{}: only in the {}", group.name, which));
                continue;
            }
            for (const io::Variable& variable : group.variables) {
                if (find_named(match->variables, variable.name) ==
                    match->variables.end()) {
                    comparer.note(1,
                                  fmt::format("/{}/{}: only in the {}",
                                              group.name,
                                              variable.name,
                                              which));
                }
            }
        }
    };
    only_in(a, b, "first");
    only_in(b, a, "second");
    for (const io::Group& group : a.groups) {
        const auto other = find_named(b.groups, group.name);
        if (group.name == "provenance" || other == b.groups.end() ||
            !comparer.labels(group, *other)) {
            continue;
        }
        for (const io::Variable& variable : group.variables) {
            const auto match = find_named(other->variables, variable.name);
            if (match != other->variables.end()) {
                comparer.values(group, variable, *match);
            }
        }
    }
    return std::move(comparer.result);
}

}  // namespace hepta::campaign
