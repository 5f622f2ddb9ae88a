// What is left when a result cannot be written.
#include "hepta/core/error.hpp"
#include "hepta/io/tree.hpp"
#include "support/example_tree.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <fstream>
#include <string>

namespace hepta::io {
namespace {

using test::example_tree;
using test::TemporaryFolder;

std::string failure_to_write(const std::string& path, const Tree& tree)
{
    try {
        write_tree(path, tree);
    } catch (const SystemError& error) {
        return error.what();
    }
    return "no error";
}

std::string failure_to_check(const std::string& path)
{
    try {
        check_writable(path);
    } catch (const SystemError& error) {
        return error.what();
    }
    return "no error";
}

/// Writing and checking beforehand must agree.
void expect_failure(const std::string& path, const std::string& why)
{
    const std::string want = "cannot write '" + path + "': " + why;
    EXPECT_EQ(failure_to_write(path, example_tree()), want);
    EXPECT_EQ(failure_to_check(path), want);
}

Tree large_tree(std::size_t n)
{
    return {.groups = {
                {.name = "g",
                 .dimensions = {
                     {.name = "x", .labels = std::vector<std::uint64_t>(n)}}}}};
}

TEST(WriteTree, NamesAFolderThatDoesNotExist)
{
    const TemporaryFolder folder;
    const std::string missing = folder / "no";

    expect_failure(missing + "/a.h5",
                   "the folder '" + missing +
                       "' does not exist\n  hint: mkdir -p '" + missing + "'");
    EXPECT_TRUE(folder.list().empty());
}

TEST(WriteTree, RefusesFoldersAndWhatIsNoRegularFile)
{
    const TemporaryFolder folder;
    const std::string file = folder / "file";
    std::ofstream(file) << "text";
    ASSERT_EQ(mkfifo((folder / "pipe").c_str(), 0600), 0);

    expect_failure(folder.string(), "it is a folder");
    expect_failure(folder / "new/", "it is a folder");
    expect_failure(folder / "pipe", "it is not a regular file");
    expect_failure(file + "/a.h5", "'" + file + "' is not a folder");
    expect_failure("/dev/null", "it is not a regular file");
}

TEST(WriteTree, NamesAFolderThatMayNotBeWritten)
{
    if (geteuid() == 0) {
        GTEST_SKIP() << "root may write everywhere";
    }
    const TemporaryFolder folder;
    ASSERT_EQ(chmod(folder.string().c_str(), 0500), 0);

    expect_failure(folder / "a.h5", "Permission denied");
}

TEST(WriteTree, WritesInTheWorkingFolder)
{
    const TemporaryFolder folder;
    const std::filesystem::path before = std::filesystem::current_path();
    std::filesystem::current_path(folder.string());

    check_writable("a.h5");
    const bool is_untouched = folder.list().empty();
    write_tree("a.h5", example_tree());

    std::filesystem::current_path(before);
    EXPECT_TRUE(is_untouched);
    EXPECT_EQ(folder.list(), std::vector<std::string>{"a.h5"});
}

TEST(WriteTree, FollowsALink)
{
    const TemporaryFolder folder;
    std::filesystem::create_directory(folder / "scratch");
    std::filesystem::create_symlink("scratch/b.h5", folder / "a.h5");

    write_tree(folder / "a.h5", example_tree());

    EXPECT_TRUE(std::filesystem::is_symlink(folder / "a.h5"));
    EXPECT_EQ(read_tree(folder / "scratch/b.h5").groups.size(), 3U);
}

TEST(WriteTree, ReplacesAnEarlierFileAndTheRestOfAKilledProcess)
{
    const TemporaryFolder folder;
    std::ofstream(folder / "a.h5") << "earlier";
    const std::string id = std::to_string(getpid());
    const std::string rest = ".a.h5.tmp." + id;
    std::ofstream(folder / rest) << std::string(100'000, 'x');

    write_tree(folder / "a.h5", example_tree());

    EXPECT_EQ(folder.list(), std::vector<std::string>{"a.h5"});
    EXPECT_EQ(read_tree(folder / "a.h5").groups.size(), 3U);
}

// --- Full disks: in a child process, which must also end without a crash -----

/// What a write that must fail leaves behind, and the message, on stderr.
[[noreturn]] void report_and_exit(const std::string& folder, const Tree& tree)
{
    const std::string path = folder + "/a.h5";
    write_tree(path, example_tree());
    std::string report = failure_to_write(path, tree) + "; left:";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        report += ' ';
        report += entry.path().filename();
    }
    report += read_tree(path).groups.size() == 3 ? " intact" : " damaged";
    write_tree(path, example_tree());
    std::fprintf(stderr, "%s\n", report.c_str());
    std::exit(0);  // not _Exit: HDF5 flushes its files at exit
}

[[noreturn]] void write_beyond_file_size_limit(const std::string& folder)
{
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit = {.rlim_cur = 1'000'000, .rlim_max = RLIM_INFINITY};
    setrlimit(RLIMIT_FSIZE, &limit);
    report_and_exit(folder, large_tree(1'000'000));
}

/// A file system of 1 MiB that only this process sees.
bool mount_small_disk(const std::string& folder)
{
    return unshare(CLONE_NEWNS) == 0 &&
           mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
           mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=1m") == 0;
}

bool can_mount()
{
    const TemporaryFolder folder;
    const pid_t child = fork();
    if (child == 0) {
        _exit(mount_small_disk(folder.string()) ? 0 : 1);
    }
    int status = 1;
    waitpid(child, &status, 0);
    return status == 0;
}

[[noreturn]] void write_to_full_disk(const std::string& folder)
{
    mount_small_disk(folder);
    report_and_exit(folder, large_tree(1'000'000));
}

TEST(WriteTreeDeathTest, KeepsTheEarlierFileWhenTheDiskIsFull)
{
    if (!can_mount()) {
        GTEST_SKIP() << "only root may mount a small disk";
    }
    const TemporaryFolder folder;
    EXPECT_EXIT(write_to_full_disk(folder.string()),
                testing::ExitedWithCode(0),
                "^cannot write '.*/a.h5': No space left on device; "
                "left: a.h5 intact\n$");
}

TEST(WriteTreeDeathTest, KeepsTheEarlierFileBeyondTheFileSizeLimit)
{
    const TemporaryFolder folder;
    EXPECT_EXIT(write_beyond_file_size_limit(folder.string()),
                testing::ExitedWithCode(0),
                "^cannot write '.*/a.h5': File too large; "
                "left: a.h5 intact\n$");
}

}  // namespace
}  // namespace hepta::io
