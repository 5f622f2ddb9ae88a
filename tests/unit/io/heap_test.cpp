// Texts are read as they were written, or refused, whatever stands in the
// heap and in the references to it.
#include "hepta/core/error.hpp"
#include "hepta/io/tree.hpp"
#include "support/example_tree.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace hepta::io {
namespace {

constexpr std::uint64_t extremes[] = {0,
                                      1,
                                      2,
                                      7,
                                      8,
                                      9,
                                      255,
                                      4096,
                                      0xFFFF,
                                      0x7FFFFFFF,
                                      0xFFFFFFFF,
                                      0x7FFFFFFFFFFFFFFF,
                                      0xFFFFFFFFFFFFFFFF};

/// The texts of a tree, whose numbers a heap does not hold.
std::vector<std::string> texts_of(const Tree& tree)
{
    std::vector<std::string> texts;
    const auto add_values = [&](const Values& values) {
        if (const auto* some = std::get_if<std::vector<std::string>>(&values)) {
            texts.insert(texts.end(), some->begin(), some->end());
        }
    };
    const auto add_attributes = [&](const Attributes& attributes) {
        for (const auto& [name, value] : attributes) {
            const auto* text = std::get_if<std::string>(&value);
            texts.push_back(name + (text == nullptr ? "" : *text));
        }
    };
    add_attributes(tree.attributes);
    for (const Group& group : tree.groups) {
        add_attributes(group.attributes);
        for (const Dimension& dimension : group.dimensions) {
            add_values(dimension.labels);
            add_attributes(dimension.attributes);
        }
        for (const Variable& variable : group.variables) {
            add_values(variable.values);
            add_attributes(variable.attributes);
            texts.insert(texts.end(),
                         variable.dimensions.begin(),
                         variable.dimensions.end());
        }
    }
    return texts;
}

class HeapTest : public testing::Test
{
  protected:
    HeapTest()
    {
        write_tree(path_, test::example_tree());
        std::ifstream stream(path_, std::ios::binary);
        bytes_.assign(std::istreambuf_iterator<char>(stream), {});
        texts_ = texts_of(read_tree(path_));
    }

    /// Put the `n` low bytes of a number at `at`, and read.
    /// \return is it refused?
    bool is_refused(std::size_t at, std::uint64_t value, std::size_t n)
    {
        std::string changed = bytes_;
        std::memcpy(changed.data() + at, &value, n);
        std::ofstream(path_, std::ios::binary) << changed;
        try {
            EXPECT_EQ(texts_of(read_tree(path_)), texts_)
                << "byte " << at << " set to " << value;
            return false;
        } catch (const ResultError& error) {
            const std::string message = error.what();
            EXPECT_NE(message.find("is truncated or damaged: "),
                      std::string::npos)
                << message;
            return true;
        }
    }

    [[nodiscard]] std::uint64_t number_at(std::size_t at, std::size_t n) const
    {
        std::uint64_t number = 0;
        std::memcpy(&number, bytes_.data() + at, n);
        return number;
    }

    const test::TemporaryFolder folder_;
    const std::string path_ = folder_ / "a.h5";
    std::string bytes_;
    std::vector<std::string> texts_;
};

TEST_F(HeapTest, SizesAndIndicesOfObjectsAreChecked)
{
    const std::size_t heap = bytes_.find("GCOL");
    ASSERT_NE(heap, std::string::npos);
    const std::size_t end = heap + number_at(heap + 8, 8);
    std::size_t n_refused = 0;
    std::size_t n_objects = 0;
    for (std::size_t at = heap + 16; at + 16 < end; ++n_objects) {
        const std::uint64_t size = number_at(at + 8, 8);
        if (number_at(at, 2) == 0) {
            break;
        }
        for (const std::uint64_t extreme : extremes) {
            n_refused += is_refused(at, extreme, 2) ? 1 : 0;
            n_refused += is_refused(at + 8, extreme, 8) ? 1 : 0;
        }
        at += 16 + (size + 7) / 8 * 8;
    }
    EXPECT_GT(n_objects, 10U);
    EXPECT_GT(n_refused, n_objects * std::size(extremes));
}

TEST_F(HeapTest, SizeAndSignatureOfTheCollectionAreChecked)
{
    const std::size_t heap = bytes_.find("GCOL");
    EXPECT_TRUE(is_refused(heap, 0x4C4F4348, 4));
    EXPECT_TRUE(is_refused(heap + 4, 2, 1));  // version
    for (const std::uint64_t extreme : {std::uint64_t{0},
                                        std::uint64_t{15},
                                        std::uint64_t{24},
                                        std::uint64_t{bytes_.size()},
                                        ~std::uint64_t{0}}) {
        EXPECT_TRUE(is_refused(heap + 8, extreme, 8)) << extreme;
    }
}

TEST_F(HeapTest, ReferencesOfLabelsAreChecked)
{
    // to "steel" and "cement", of 5 and 6 bytes, one after the other
    const std::uint64_t heap = bytes_.find("GCOL");
    std::size_t at = 0;
    while (!(number_at(at, 4) == 5 && number_at(at + 4, 8) == heap &&
             number_at(at + 16, 4) == 6 && number_at(at + 20, 8) == heap)) {
        ASSERT_LT(++at, bytes_.size() - 32);
    }
    for (const std::uint64_t extreme : extremes) {
        EXPECT_TRUE(is_refused(at, extreme, 4)) << extreme;
        EXPECT_TRUE(is_refused(at + 4, extreme, 8)) << extreme;
        EXPECT_TRUE(is_refused(at + 12, extreme, 4)) << extreme;
    }
}

}  // namespace
}  // namespace hepta::io
