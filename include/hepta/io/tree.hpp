/// \file
/// A result in memory: groups of labelled arrays, as netCDF-4 sees a file.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace hepta::io {

/// Root attributes `format` and `format_version` of every result.
inline constexpr std::string_view format_name = "hepta-result";
inline constexpr std::int64_t format_version = 1;

using Attribute = std::variant<std::string,
                               double,
                               std::int64_t,
                               std::vector<double>,
                               std::vector<std::int64_t>>;
using Attributes = std::vector<std::pair<std::string, Attribute>>;

/// Values in row-major order of the dimensions.
using Values = std::variant<std::vector<double>,
                            std::vector<std::int64_t>,
                            std::vector<std::uint64_t>,
                            std::vector<std::uint32_t>,
                            std::vector<std::int32_t>,
                            std::vector<std::string>>;

/// A dimension scale: its name and the labels along it (strings or numbers).
struct Dimension
{
    std::string name;
    Values labels;
    Attributes attributes;  ///< `units`, `long_name`
    /// Length of a dimension without labels, whose `labels` are empty: it
    /// takes no room in the file.
    std::uint64_t unlabelled = 0;

    [[nodiscard]] std::uint64_t length() const;
};

struct Variable
{
    std::string name;
    std::vector<std::string> dimensions;  ///< of the group; empty: scalar
    Values values;
    Attributes attributes;  ///< `units`, `long_name`, `coordinates`, …
    /// Writes _FillValue: NaN, the minimum of signed integers, the maximum of
    /// unsigned ones (whose 0 is a value). Not for strings.
    bool has_fill_value = false;
    bool compressed = false;  ///< shuffle and deflate
};

struct Group
{
    std::string name;  ///< "bands"; without '/'; "" is the root, whose
                       ///< attributes are the tree's
    Attributes attributes;
    std::vector<Dimension> dimensions;
    std::vector<Variable> variables;

    /// \throws ResultError naming group and variable if there is none
    [[nodiscard]] const Variable& variable(std::string_view name) const;
    [[nodiscard]] const Dimension& dimension(std::string_view name) const;
    [[nodiscard]] const Attribute& attribute(std::string_view name) const;
};

struct Tree
{
    Attributes attributes;
    std::vector<Group> groups;

    /// \throws ResultError if there is none
    [[nodiscard]] const Group& group(std::string_view name) const;
};

/// Write the tree as HDF5 that is also netCDF-4: to a temporary name beside
/// `path`, flushed, synced, renamed. On any error the temporary is removed and
/// an earlier file at `path` is untouched. The root attributes `format` and
/// `format_version` are added unless the tree has them. Equal trees give equal
/// bytes.
/// \throws SystemError "cannot write '<path>': <why>" (no such folder, not
///         writable, disk full, …)
/// \throws std::invalid_argument if the tree contradicts itself: a name twice,
///         a dimension that the group lacks, too many or too few values
/// \note   Needs memory for the whole file beside the tree. One thread at a
///         time, as the HDF5 library is not thread-safe.
void write_tree(const std::string& path, const Tree& tree);

/// Write the tree as `write_tree` does, with a checksum of the file as its last
/// line, which HDF5 ignores. The file that was at `path` becomes `previous`.
void write_sealed_tree(const std::string& path,
                       const std::string& previous,
                       const Tree& tree);

/// Read a file of `write_sealed_tree`; HDF5 sees it only if it is whole.
/// \throws ResultError as `read_tree`, or if the checksum is wrong or missing
[[nodiscard]] Tree read_sealed_tree(const std::string& path);

/// \throws SystemError if `write_tree(path)` could not work, found without
///         touching `path` (folder missing, read-only, path is a folder)
void check_writable(const std::string& path);

/// Read the groups named (all if empty), each in the order of writing. The
/// root's variables, if any, are the group "". Attributes of other types than
/// `Attribute`, which others may have added, are left out.
/// \throws ResultError "<path>: <what is wrong>" if it is missing, truncated,
///         not HDF5, not a result of this program, or of a newer format
/// \param optional  of `groups`, those that may be missing
[[nodiscard]] Tree read_tree(const std::string& path,
                             const std::vector<std::string>& groups = {},
                             const std::vector<std::string>& optional = {});

/// Version of the HDF5 library, "HDF5 1.10.8".
[[nodiscard]] std::string hdf5_version();

}  // namespace hepta::io
