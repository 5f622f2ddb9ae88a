#include "hepta/io/tree.hpp"

#include "hepta/core/error.hpp"
#include "support/example_tree.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <functional>
#include <stdexcept>

namespace hepta::io {
namespace {

using test::example_tree;
using test::TemporaryFolder;

std::string read_bytes(const std::string& path)
{
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void expect_equal(const Values& got, const Values& want, const std::string& at)
{
    const auto* got_numbers = std::get_if<std::vector<double>>(&got);
    const auto* want_numbers = std::get_if<std::vector<double>>(&want);
    if (got_numbers == nullptr || want_numbers == nullptr) {
        EXPECT_EQ(got, want) << at;
        return;
    }
    ASSERT_EQ(got_numbers->size(), want_numbers->size()) << at;
    for (std::size_t i = 0; i < got_numbers->size(); ++i) {
        const double a = (*got_numbers)[i];
        const double b = (*want_numbers)[i];
        EXPECT_TRUE(a == b || (std::isnan(a) && std::isnan(b)))
            << at << "[" << i << "]: " << a << " is not " << b;
    }
}

void expect_equal(const Group& got, const Group& want)
{
    EXPECT_EQ(got.name, want.name);
    EXPECT_EQ(got.attributes, want.attributes) << want.name;
    ASSERT_EQ(got.dimensions.size(), want.dimensions.size()) << want.name;
    for (std::size_t i = 0; i < want.dimensions.size(); ++i) {
        const Dimension& a = got.dimensions[i];
        const Dimension& b = want.dimensions[i];
        EXPECT_EQ(a.name, b.name);
        EXPECT_EQ(a.attributes, b.attributes) << b.name;
        expect_equal(a.labels, b.labels, b.name);
        EXPECT_EQ(a.length(), b.length()) << b.name;
    }
    ASSERT_EQ(got.variables.size(), want.variables.size()) << want.name;
    for (std::size_t i = 0; i < want.variables.size(); ++i) {
        const Variable& a = got.variables[i];
        const Variable& b = want.variables[i];
        EXPECT_EQ(a.name, b.name);
        EXPECT_EQ(a.dimensions, b.dimensions) << b.name;
        EXPECT_EQ(a.attributes, b.attributes) << b.name;
        EXPECT_EQ(a.has_fill_value, b.has_fill_value) << b.name;
        EXPECT_EQ(a.compressed, b.compressed) << b.name;
        expect_equal(a.values, b.values, b.name);
    }
}

Tree with_values(Values values, const std::vector<std::string>& dimensions)
{
    return {.groups = {{.name = "g",
                        .dimensions = {{.name = "x",
                                        .labels = std::vector<double>{1, 2}}},
                        .variables = {{.name = "v",
                                       .dimensions = dimensions,
                                       .values = std::move(values)}}}}};
}

TEST(Tree, ReadsBackEverythingThatWasWritten)
{
    const TemporaryFolder folder;
    const std::string path = folder / "a.h5";
    const Tree want = example_tree();

    write_tree(path, want);
    const Tree got = read_tree(path);

    Attributes attributes = {{"format", std::string("hepta-result")},
                             {"format_version", std::int64_t{1}}};
    attributes.insert(
        attributes.end(), want.attributes.begin(), want.attributes.end());
    EXPECT_EQ(got.attributes, attributes);
    ASSERT_EQ(got.groups.size(), want.groups.size());
    for (std::size_t i = 0; i < want.groups.size(); ++i) {
        expect_equal(got.groups[i], want.groups[i]);
    }
}

TEST(Tree, IsTheSameBytesWhenWrittenAgain)
{
    const TemporaryFolder folder;
    write_tree(folder / "a.h5", example_tree());
    write_tree(folder / "b.h5", read_tree(folder / "a.h5"));

    EXPECT_EQ(read_bytes(folder / "a.h5"), read_bytes(folder / "b.h5"));
}

TEST(Tree, ReadsOnlyTheGroupsNamed)
{
    const TemporaryFolder folder;
    write_tree(folder / "a.h5", example_tree());

    const Tree got = read_tree(folder / "a.h5", {"state"});

    ASSERT_EQ(got.groups.size(), 1U);
    expect_equal(got.groups[0], test::example_state());
}

TEST(Tree, KeepsVariablesOfTheRoot)
{
    const TemporaryFolder folder;
    Tree tree = with_values(std::vector<double>{3, 4}, {"x"});
    tree.groups[0].name = "";

    write_tree(folder / "a.h5", tree);

    expect_equal(read_tree(folder / "a.h5").group(""), tree.groups[0]);
}

TEST(Tree, KeepsDimensionsOfLengthZero)
{
    const TemporaryFolder folder;
    for (const Values& empty : {Values(std::vector<std::uint64_t>{}),
                                Values(std::vector<std::string>{})}) {
        Tree tree = with_values(empty, {"x"});
        tree.groups[0].dimensions[0].labels = empty;
        tree.groups[0].variables[0].compressed = false;

        write_tree(folder / "a.h5", tree);

        expect_equal(read_tree(folder / "a.h5").group("g"), tree.groups[0]);
    }
}

TEST(Tree, FindsMembersByNameOrSaysWhereTheyAreMissing)
{
    const Tree tree = example_tree();
    const auto message_of = [](const std::function<void()>& call) {
        try {
            call();
        } catch (const ResultError& error) {
            return std::string(error.what());
        }
        return std::string("no error");
    };

    const Group& bands = tree.group("bands");
    EXPECT_EQ(bands.variable("emissions").name, "emissions");
    EXPECT_EQ(bands.dimension("year").name, "year");
    EXPECT_EQ(bands.attribute("comment"),
              Attribute(std::string("percentiles over samples")));
    EXPECT_EQ(message_of([&] { (void)bands.variable("x"); }),
              "group '/bands' has no variable 'x'");
    EXPECT_EQ(message_of([&] { (void)bands.dimension("x"); }),
              "group '/bands' has no dimension 'x'");
    EXPECT_EQ(message_of([&] { (void)bands.attribute("x"); }),
              "group '/bands' has no attribute 'x'");
    EXPECT_EQ(message_of([&] { (void)tree.group("x"); }),
              "the result has no group 'x'");
}

std::string rejection_of(const Tree& tree)
{
    const TemporaryFolder folder;
    try {
        write_tree(folder / "a.h5", tree);
    } catch (const std::invalid_argument& error) {
        EXPECT_TRUE(folder.list().empty());
        return error.what();
    }
    return "no error";
}

TEST(Tree, IsNotWrittenIfItContradictsItself)
{
    Tree twice = with_values(std::vector<double>{1, 2}, {"x"});
    twice.groups[0].variables[0].name = "x";
    Tree filled = with_values(std::vector<std::string>{"a", "b"}, {"x"});
    filled.groups[0].variables[0].has_fill_value = true;

    EXPECT_EQ(rejection_of(with_values(std::vector<double>{1}, {"x"})),
              "tree to write: '/g/v' has 1 values where its dimensions ask 2");
    EXPECT_EQ(rejection_of(with_values(std::vector<double>{1, 2}, {"y"})),
              "tree to write: '/g/v' has the dimension 'y', which its group "
              "lacks");
    EXPECT_EQ(
        rejection_of(with_values(
            std::vector<std::string>{"a", std::string("b\0c", 3)}, {"x"})),
        "tree to write: '/g/v' has text with a zero byte, which HDF5 "
        "would cut");
    EXPECT_EQ(rejection_of(twice), "tree to write: '/g/x' is there twice");
    EXPECT_EQ(rejection_of(filled),
              "tree to write: '/g/v' has a fill value, which strings cannot "
              "have");
    EXPECT_EQ(rejection_of({.groups = {{.name = ""}, {.name = ""}}}),
              "tree to write: '/' is there twice");
    EXPECT_EQ(
        rejection_of({.groups = {{.name = "", .attributes = {{"a", 1.0}}}}}),
        "tree to write: '/' has attributes, which belong to the tree");
    EXPECT_EQ(rejection_of({.attributes = {{"a", 1.0}, {"a", 2.0}}}),
              "tree to write: '/@a' is there twice");
    EXPECT_EQ(rejection_of({.groups = {{.name = "a/b"}}}),
              "tree to write: '/a/b' has an empty name or one with '/'");
}

}  // namespace
}  // namespace hepta::io
