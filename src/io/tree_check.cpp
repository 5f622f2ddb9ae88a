#include "tree_check.hpp"

#include <set>
#include <stdexcept>
#include <string>

namespace hepta::io {
namespace {

[[noreturn]] void reject(const std::string& place, const std::string& problem)
{
    throw std::invalid_argument("tree to write: '" + place + "' " + problem);
}

void check_name(std::set<std::string>& known,
                const std::string& name,
                const std::string& place)
{
    if (name.empty() || name.find('/') != std::string::npos) {
        reject(place, "has an empty name or one with '/'");
    }
    if (!known.insert(name).second) {
        reject(place, "is there twice");
    }
}

void check_text(const std::string& text, const std::string& place)
{
    if (text.find('\0') != std::string::npos) {
        reject(place, "has text with a zero byte, which HDF5 would cut");
    }
}

void check_attributes(const Attributes& attributes, const std::string& place)
{
    std::set<std::string> known;
    for (const auto& [name, attribute] : attributes) {
        check_name(known, name, place + "@" + name);
        if (const auto* text = std::get_if<std::string>(&attribute)) {
            check_text(*text, place + "@" + name);
        }
    }
}

void check_values(const Values& values, const std::string& place)
{
    if (const auto* texts = std::get_if<std::vector<std::string>>(&values)) {
        for (const std::string& text : *texts) {
            check_text(text, place);
        }
    }
}

void check_variable(const Group& group,
                    const Variable& variable,
                    const std::string& place)
{
    check_values(variable.values, place);
    check_attributes(variable.attributes, place);
    std::size_t n_expected = 1;
    for (const std::size_t length : shape_of(group, variable)) {
        n_expected *= length;
    }
    const std::size_t n = size_of(variable.values);
    if (n != n_expected) {
        reject(place,
               "has " + std::to_string(n) +
                   " values where its dimensions ask " +
                   std::to_string(n_expected));
    }
    if (variable.has_fill_value &&
        std::holds_alternative<std::vector<std::string>>(variable.values)) {
        reject(place, "has a fill value, which strings cannot have");
    }
}

void check_group(const Group& group)
{
    const std::string folder = "/" + group.name;
    check_attributes(group.attributes, folder);
    std::set<std::string> known;
    for (const Dimension& dimension : group.dimensions) {
        const std::string place = folder + "/" + dimension.name;
        check_name(known, dimension.name, place);
        check_values(dimension.labels, place);
        if (dimension.unlabelled > 0 && size_of(dimension.labels) > 0) {
            reject(place, "has labels, and a length without them");
        }
        check_attributes(dimension.attributes, place);
    }
    for (const Variable& variable : group.variables) {
        const std::string place = folder + "/" + variable.name;
        check_name(known, variable.name, place);
        check_variable(group, variable, place);
    }
}

}  // namespace

std::size_t size_of(const Values& values)
{
    return std::visit([](const auto& items) { return items.size(); }, values);
}

std::vector<std::size_t> shape_of(const Group& group, const Variable& variable)
{
    std::vector<std::size_t> shape;
    for (const std::string& name : variable.dimensions) {
        bool found = false;
        for (const Dimension& dimension : group.dimensions) {
            if (dimension.name == name) {
                shape.push_back(dimension.length());
                found = true;
                break;
            }
        }
        if (!found) {
            reject("/" + group.name + "/" + variable.name,
                   "has the dimension '" + name + "', which its group lacks");
        }
    }
    return shape;
}

void check_tree(const Tree& tree)
{
    check_attributes(tree.attributes, "/");
    std::set<std::string> known;
    for (const Group& group : tree.groups) {
        const std::string place = "/" + group.name;
        if (!group.name.empty()) {
            check_name(known, group.name, place);
        } else if (!known.insert("").second) {
            reject(place, "is there twice");
        } else if (!group.attributes.empty()) {
            reject(place, "has attributes, which belong to the tree");
        }
        check_group(group);
    }
}

}  // namespace hepta::io
