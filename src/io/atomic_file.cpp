#include "atomic_file.hpp"

#include "hepta/core/error.hpp"
#include "hepta/io/tree.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

namespace hepta::io {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& path, const std::string& why)
{
    throw SystemError("cannot write '" + path + "': " + why);
}

[[noreturn]] void fail_by_errno(const std::string& path)
{
    fail(path, std::generic_category().message(errno));
}

/// Owner of a folder that was opened, or could not be.
class OpenFolder
{
  public:
    explicit OpenFolder(const fs::path& folder)
        : fd_(::open(folder.empty() ? "." : folder.c_str(),
                     O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    {
    }
    ~OpenFolder()
    {
        if (fd_ >= 0) {
            ::close(fd_);
        }
    }
    OpenFolder(const OpenFolder&) = delete;
    OpenFolder& operator=(const OpenFolder&) = delete;

    /// Makes a rename survive a power cut. The file is complete by then, and
    /// some file systems cannot sync a folder, so a failure is not an error.
    void sync() const
    {
        if (fd_ >= 0) {
            ::fsync(fd_);
        }
    }

  private:
    int fd_;
};

/// Owner of a new file that is removed again unless it was renamed.
class TemporaryFile
{
  public:
    TemporaryFile(const std::string& path, const fs::path& name)
        : path_(path),
          name_(name),
          fd_(::open(
              name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666))
    {
        if (fd_ < 0) {
            fail_by_errno(path_);
        }
    }
    ~TemporaryFile()
    {
        if (fd_ >= 0) {
            ::close(fd_);
        }
        if (!is_renamed_) {
            ::unlink(name_.c_str());
        }
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    void write(std::span<const std::byte> bytes)
    {
        constexpr std::size_t piece = std::size_t{1} << 26;
        while (!bytes.empty()) {
            const ssize_t n =
                ::write(fd_, bytes.data(), std::min(bytes.size(), piece));
            if (n >= 0) {
                bytes = bytes.subspan(static_cast<std::size_t>(n));
            } else if (errno != EINTR) {
                fail_by_errno(path_);
            }
        }
    }

    /// Network file systems report a full disk only when syncing or closing.
    void sync_and_close()
    {
        if (::fsync(fd_) != 0) {
            fail_by_errno(path_);
        }
        if (::close(std::exchange(fd_, -1)) != 0) {
            fail_by_errno(path_);
        }
    }

    void rename_to(const fs::path& target)
    {
        if (::rename(name_.c_str(), target.c_str()) != 0) {
            fail_by_errno(path_);
        }
        is_renamed_ = true;
    }

  private:
    std::string path_;  // for messages
    fs::path name_;
    int fd_;
    bool is_renamed_ = false;
};

/// Where the file goes, links followed.
/// \throws SystemError if it cannot go there
fs::path find_target(const std::string& path)
{
    std::error_code error;
    fs::path target = path;
    constexpr int max_links = 40;  // as Linux, for links in a circle
    for (int i = 0; i < max_links && fs::is_symlink(target, error); ++i) {
        target = target.parent_path() / fs::read_symlink(target, error);
    }
    const fs::file_status status = fs::status(target, error);
    if (fs::is_directory(status) || !target.has_filename()) {
        fail(path, "it is a folder");
    }
    if (fs::exists(status) && !fs::is_regular_file(status)) {
        fail(path, "it is not a regular file");
    }
    const fs::path folder = target.parent_path();
    const fs::file_status parent =
        fs::status(folder.empty() ? "." : folder, error);
    if (!fs::exists(parent)) {
        fail(path,
             "the folder '" + folder.string() +
                 "' does not exist\n  hint: mkdir -p '" + folder.string() +
                 "'");
    }
    if (!fs::is_directory(parent)) {
        fail(path, "'" + folder.string() + "' is not a folder");
    }
    return target;
}

fs::path temporary_name(const fs::path& target)
{
    fs::path name = target.parent_path() / ".";
    name += target.filename();
    name += ".tmp.";
    name += std::to_string(::getpid());
    return name;
}

}  // namespace

void write_atomically(const std::string& path,
                      std::span<const std::byte> bytes,
                      const std::string& previous)
{
    const fs::path target = find_target(path);
    const OpenFolder folder(target.parent_path());
    TemporaryFile file(path, temporary_name(target));
    file.write(bytes);
    file.sync_and_close();
    if (!previous.empty() && ::rename(target.c_str(), previous.c_str()) != 0 &&
        errno != ENOENT) {
        fail_by_errno(previous);
    }
    // From here on nothing may fail: the new file is in its place.
    file.rename_to(target);
    folder.sync();
}

void check_writable(const std::string& path)
{
    const fs::path target = find_target(path);
    const TemporaryFile probe(path, temporary_name(target));
}

}  // namespace hepta::io
