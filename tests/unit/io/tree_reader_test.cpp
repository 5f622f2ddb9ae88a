// What is said about a file that is not a result.
#include "hepta/core/error.hpp"
#include "hepta/io/tree.hpp"
#include "support/example_tree.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace hepta::io {
namespace {

using test::TemporaryFolder;

/// Message without "<path>: ".
std::string failure_to_read(const std::string& path,
                            const std::vector<std::string>& groups = {})
{
    testing::internal::CaptureStderr();
    std::string message = "no error";
    try {
        (void)read_tree(path, groups);
    } catch (const ResultError& error) {
        message = error.what();
        EXPECT_EQ(message.substr(0, path.size() + 2), path + ": ");
        message = message.substr(path.size() + 2);
    }
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
    return message;
}

Tree with_attributes(const Attributes& attributes)
{
    Tree tree = test::example_tree();
    tree.attributes = attributes;
    return tree;
}

TEST(ReadTree, SaysWhatIsNoFile)
{
    const TemporaryFolder folder;
    std::ofstream(folder / "empty.h5");
    std::ofstream(folder / "text.h5") << "a,b\n1,2\n";

    EXPECT_EQ(failure_to_read(folder / "no.h5"), "there is no such file");
    EXPECT_EQ(failure_to_read(folder.string()),
              "is a folder, not a result file");
    EXPECT_EQ(failure_to_read(folder / "empty.h5"), "is empty");
    EXPECT_EQ(failure_to_read(folder / "text.h5"),
              "is not an HDF5 file, or its beginning is damaged");
}

TEST(ReadTree, SaysThatAFileIsTruncatedWhereverItEnds)
{
    const TemporaryFolder folder;
    const std::string path = folder / "a.h5";
    write_tree(path, test::example_tree());
    const std::uintmax_t n_bytes = std::filesystem::file_size(path);

    for (std::uintmax_t n = n_bytes - 1; n > 0;
         n -= std::min(n, n_bytes / 50)) {
        std::filesystem::resize_file(path, n);

        const std::string message = failure_to_read(path);

        EXPECT_TRUE(message.starts_with("is truncated or damaged") ||
                    message.starts_with("is not an HDF5 file"))
            << n << " of " << n_bytes << " bytes: " << message;
    }
}

TEST(ReadTree, SaysThatCompressedDataAreDamaged)
{
    const TemporaryFolder folder;
    const std::string path = folder / "a.h5";
    std::vector<std::uint64_t> counts(100'000);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        counts[i] = i * 0x9E3779B97F4A7C15U >> 40;  // hard to compress
    }
    const std::vector<double> rows(100);
    const std::vector<double> columns(1000);
    write_tree(path,
               {.groups = {{.name = "g",
                            .dimensions = {{.name = "x", .labels = rows},
                                           {.name = "y", .labels = columns}},
                            .variables = {{.name = "v",
                                           .dimensions = {"x", "y"},
                                           .values = counts,
                                           .compressed = true}}}}});
    const auto middle = std::filesystem::file_size(path) / 2;
    std::fstream stream(path, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(static_cast<std::streamoff>(middle));
    stream << std::string(100, '\xAA');
    stream.close();

    EXPECT_EQ(failure_to_read(path),
              "is truncated or damaged: HDF5 could not read '/g/v'");
}

TEST(ReadTree, RefusesOtherFilesAndNewerFormats)
{
    const TemporaryFolder folder;
    const std::string path = folder / "a.h5";

    write_tree(path, with_attributes({{"format", std::string("other")}}));
    EXPECT_EQ(failure_to_read(path),
              "is an HDF5 file, but not a result of hepta");

    write_tree(path, with_attributes({{"format", std::int64_t{1}}}));
    EXPECT_EQ(failure_to_read(path),
              "is an HDF5 file, but not a result of hepta");

    write_tree(path, with_attributes({{"format_version", std::int64_t{2}}}));
    EXPECT_EQ(failure_to_read(path),
              "has format version 2; this hepta reads up to 1\n"
              "  hint: use the hepta that wrote it, or a newer one");

    write_tree(path, with_attributes({{"format_version", 1.0}}));
    EXPECT_EQ(failure_to_read(path), "has no format version");
}

TEST(ReadTree, NamesTheGroupThatIsMissing)
{
    const TemporaryFolder folder;
    write_tree(folder / "a.h5", test::example_tree());

    EXPECT_EQ(failure_to_read(folder / "a.h5", {"bands", "moments"}),
              "has no group 'moments'");
}

}  // namespace
}  // namespace hepta::io
