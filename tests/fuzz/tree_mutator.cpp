#include "tree_mutator.hpp"

#include "hepta/core/error.hpp"
#include "hepta/io/tree.hpp"
#include "small_result.hpp"
#include "small_state.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <variant>

namespace hepta::fuzz {
namespace {

using io::Attribute;
using io::Group;
using io::Tree;
using io::Values;

template <class List>
auto& some(List& list, Random& random)
{
    return list[random.below(list.size())];
}

template <class List>
void erase_some(List& list, Random& random)
{
    if (!list.empty()) {
        list.erase(list.begin() +
                   static_cast<std::ptrdiff_t>(random.below(list.size())));
    }
}

template <class T>
T odd_number(T old, Random& random)
{
    using Limits = std::numeric_limits<T>;
    const T odd[] = {T{0},
                     T{1},
                     Limits::max(),
                     Limits::lowest(),
                     Limits::quiet_NaN(),
                     Limits::infinity(),
                     static_cast<T>(Limits::max() / 2),
                     static_cast<T>(random.below(1 << 20)),
                     static_cast<T>(old == T{} ? T{2} : old / 2),
                     static_cast<T>(old == Limits::max() ? old : old + 1)};
    return random.one_of(odd);
}

std::string odd_text(const std::string& old, Random& random)
{
    const std::string odd[] = {"",
                               "x",
                               old + old,
                               old.substr(0, old.size() / 2),
                               "\xff\xfe",
                               "{}",
                               "[[[[",
                               "%s{}",
                               "../../x",
                               std::string(5000, 'x')};
    return random.one_of(odd);
}

template <class T>
T odd(const T& old, Random& random)
{
    if constexpr (std::is_same_v<T, std::string>) {
        return odd_text(old, random);
    } else {
        return odd_number(old, random);
    }
}

/// One of the values odd, or all, or another number of them.
template <class T>
void change_list(std::vector<T>& list, Random& random)
{
    const std::size_t choice = random.below(8);
    if (choice == 0) {
        const T value = odd(list.empty() ? T{} : list.front(), random);
        std::fill(list.begin(), list.end(), value);
    } else if (choice == 1) {
        std::reverse(list.begin(), list.end());
    } else if (!list.empty()) {
        T& value = some(list, random);
        value = odd(value, random);
    }
}

Values of_another_type(const Values& values, std::size_t n, Random& random)
{
    switch (random.below(7)) {
        case 0:
            return std::vector<double>(n, 1.0);
        case 1:
            return std::vector<std::int64_t>(n, -1);
        case 2:
            return std::vector<std::uint64_t>(n, 1);
        case 3:
            return std::vector<std::uint32_t>(n, 1);
        case 4:
            return std::vector<std::int32_t>(n, -1);
        case 5:
            return std::vector<std::string>(n, "x");
        default:
            return values;
    }
}

std::size_t length_of(const Values& values)
{
    return std::visit([](const auto& list) { return list.size(); }, values);
}

void change_values(Values& values, Random& random)
{
    if (random.below(8) == 0) {
        values = of_another_type(values, length_of(values), random);
    } else {
        std::visit([&](auto& list) { change_list(list, random); }, values);
    }
}

struct ChangeAttribute
{
    Random& random;

    template <class T>
    void operator()(T& value) const
    {
        value = odd(value, random);
    }
    template <class T>
    void operator()(std::vector<T>& list) const
    {
        change_list(list, random);
    }
};

void change_attribute(io::Attributes& attributes, Random& random)
{
    if (attributes.empty()) {
        return;
    }
    auto& [name, value] = some(attributes, random);
    switch (random.below(6)) {
        case 0:
            erase_some(attributes, random);
            return;
        case 1: {
            const Attribute others[] = {std::string("x"),
                                        0.5,
                                        std::int64_t{-1},
                                        std::vector<double>{},
                                        std::vector<std::int64_t>{1, 2}};
            value = random.one_of(others);
            return;
        }
        default:
            std::visit(ChangeAttribute{random}, value);
    }
}

/// Longer or shorter along one dimension, and all over it.
void change_length(Group& group, Random& random)
{
    if (group.dimensions.empty()) {
        return;
    }
    io::Dimension& dimension = some(group.dimensions, random);
    const std::uint64_t old = dimension.length();
    const std::uint64_t lengths[] = {0, 1, old / 2, old + 1, 2 * old};
    const std::uint64_t now = random.one_of(lengths);
    if (dimension.unlabelled > 0) {
        dimension.unlabelled = std::max<std::uint64_t>(now, 1);
    } else {
        std::visit([&](auto& list) { list.resize(now); }, dimension.labels);
    }
    for (io::Variable& variable : group.variables) {
        std::size_t n = 1;
        for (const std::string& name : variable.dimensions) {
            n *= group.dimension(name).length();
        }
        std::visit([&](auto& list) { list.resize(n); }, variable.values);
    }
}

void change_group(Group& group, Random& random)
{
    switch (random.below(10)) {
        case 0:
            change_attribute(group.attributes, random);
            return;
        case 1:
            erase_some(group.variables, random);
            return;
        case 2:
            change_length(group, random);
            return;
        case 3:
            if (!group.dimensions.empty()) {
                change_values(some(group.dimensions, random).labels, random);
            }
            return;
        case 4:
            if (group.variables.size() > 1) {
                std::swap(some(group.variables, random).name,
                          some(group.variables, random).name);
            }
            return;
        case 5:
            if (!group.variables.empty()) {
                change_attribute(some(group.variables, random).attributes,
                                 random);
            }
            return;
        default:
            if (!group.variables.empty()) {
                change_values(some(group.variables, random).values, random);
            }
    }
}

/// Mostly one that much is read from.
Group& some_group(Tree& tree, Random& random)
{
    if (random.below(2) == 0) {
        return some(tree.groups, random);
    }
    constexpr const char* favourites[] = {"state", "draws", "provenance"};
    const std::string name = random.one_of(favourites);
    for (Group& group : tree.groups) {
        if (group.name == name) {
            return group;
        }
    }
    return some(tree.groups, random);
}

/// The tree of a result's bytes; that of the good one is kept.
Tree tree_of(const std::string& bytes, const Path& path)
{
    static const Tree good = io::read_tree(folder() / "good.h5");
    const Bytes& other = good_result();
    if (std::equal(bytes.begin(),
                   bytes.end(),
                   other.begin(),
                   other.end(),
                   [](char a, std::uint8_t b) {
                       return static_cast<std::uint8_t>(a) == b;
                   })) {
        return good;
    }
    write(path, bytes);
    return io::read_tree(path);
}

}  // namespace

void change_tree(std::string& bytes, Random& random)
{
    const Path path = folder() / "tree.h5";
    try {
        Tree tree = tree_of(bytes, path);
        for (std::size_t n = 1 + random.below(3); n > 0; --n) {
            if (tree.groups.empty() || random.below(40) == 0) {
                erase_some(tree.groups, random);
            } else if (random.below(20) == 0) {
                change_attribute(tree.attributes, random);
            } else {
                change_group(some_group(tree, random), random);
            }
        }
        if (random.below(2) == 0) {
            hash_anew(tree);
        }
        io::write_tree(path, tree);
        bytes = read(path);
    } catch (const Error&) {
        return;
    } catch (const std::invalid_argument&) {
        return;  // it contradicts itself
    }
}

}  // namespace hepta::fuzz
