// No byte of a sealed file can change unnoticed.
#include "hepta/core/error.hpp"
#include "hepta/io/tree.hpp"
#include "support/example_tree.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace hepta::io {
namespace {

std::string read_bytes(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write_bytes(const std::string& path, const std::string& bytes)
{
    std::ofstream(path, std::ios::binary) << bytes;
}

Tree small_tree(std::int64_t number)
{
    Tree tree;
    tree.attributes = {{"number", number}};
    tree.groups.push_back({.name = "state"});
    return tree;
}

class SealedFile : public ::testing::Test
{
  protected:
    SealedFile() { write_sealed_tree(path, previous, small_tree(1)); }

    test::TemporaryFolder folder;
    std::string path = folder / "a.ckpt";
    std::string previous = folder / "a.ckpt.1";
};

TEST_F(SealedFile, IsReadAsAnyOther)
{
    EXPECT_EQ(read_sealed_tree(path).attributes.at(2).second, Attribute(1L));
    EXPECT_EQ(read_tree(path).groups.at(0).name, "state");
}

TEST_F(SealedFile, KeepsTheOneBefore)
{
    EXPECT_EQ(folder.list(), std::vector<std::string>{"a.ckpt"});
    write_sealed_tree(path, previous, small_tree(2));
    write_sealed_tree(path, previous, small_tree(3));
    EXPECT_EQ(folder.list(), (std::vector<std::string>{"a.ckpt", "a.ckpt.1"}));
    EXPECT_EQ(read_sealed_tree(path).attributes.at(2).second, Attribute(3L));
    EXPECT_EQ(read_sealed_tree(previous).attributes.at(2).second,
              Attribute(2L));
}

TEST_F(SealedFile, IsRefusedWhenAnyByteIsFlipped)
{
    const std::string whole = read_bytes(path);
    for (std::size_t i = 0; i < whole.size(); i += 37) {
        std::string damaged = whole;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
        write_bytes(path, damaged);
        EXPECT_THROW((void)read_sealed_tree(path), ResultError) << i;
    }
}

TEST_F(SealedFile, IsRefusedWhenCutShortOrLengthened)
{
    const std::string whole = read_bytes(path);
    for (const std::size_t n :
         {std::size_t{0}, std::size_t{1}, whole.size() / 2, whole.size() - 1}) {
        write_bytes(path, whole.substr(0, n));
        EXPECT_THROW((void)read_sealed_tree(path), ResultError) << n;
    }
    write_bytes(path, whole + "x");
    EXPECT_THROW((void)read_sealed_tree(path), ResultError);
}

TEST_F(SealedFile, WithoutASealIsNoCheckpoint)
{
    write_tree(path, small_tree(1));
    EXPECT_THROW((void)read_sealed_tree(path), ResultError);
}

TEST_F(SealedFile, IsRefusedWhenMissing)
{
    EXPECT_THROW((void)read_sealed_tree(folder / "none"), ResultError);
}

}  // namespace
}  // namespace hepta::io
