#include "hepta/io/tree.hpp"

#include "hepta/core/error.hpp"
#include "tree_check.hpp"

#include <algorithm>

namespace hepta::io {
namespace {

template <class T>
const T& find_named(const std::vector<T>& items,
                    std::string_view kind,
                    std::string_view name,
                    const std::string& place)
{
    const auto found =
        std::find_if(items.begin(), items.end(), [&](const T& item) {
            return item.name == name;
        });
    if (found == items.end()) {
        throw ResultError(place + " has no " + std::string(kind) + " '" +
                          std::string(name) + "'");
    }
    return *found;
}

std::string place_of(const Group& group)
{
    return "group '/" + group.name + "'";
}

}  // namespace

std::uint64_t Dimension::length() const
{
    return unlabelled > 0 ? unlabelled : size_of(labels);
}

const Variable& Group::variable(std::string_view wanted) const
{
    return find_named(variables, "variable", wanted, place_of(*this));
}

const Dimension& Group::dimension(std::string_view wanted) const
{
    return find_named(dimensions, "dimension", wanted, place_of(*this));
}

const Attribute& Group::attribute(std::string_view wanted) const
{
    const auto found = std::find_if(
        attributes.begin(), attributes.end(), [&](const auto& item) {
            return item.first == wanted;
        });
    if (found == attributes.end()) {
        throw ResultError(place_of(*this) + " has no attribute '" +
                          std::string(wanted) + "'");
    }
    return found->second;
}

const Group& Tree::group(std::string_view wanted) const
{
    return find_named(groups, "group", wanted, "the result");
}

}  // namespace hepta::io
