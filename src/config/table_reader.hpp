/// \file
/// Typed access to a TOML table that reports every fault with its place.
#pragma once

#include "diagnostics.hpp"

#include <toml++/toml.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hepta::config {

/// What the tables of one file share.
struct FileContext
{
    std::string path;                            ///< as shown in messages
    std::map<std::string, std::string> sources;  ///< texts of [sources]
    Diagnostics* diagnostics = nullptr;
};

enum class Need
{
    optional,
    required,
};

/// A value with its dotted key and place.
struct Entry
{
    std::string key;   ///< last part of the path
    std::string path;  ///< dotted, for messages
    Place place;
    const toml::node* node = nullptr;
};

/// A table whose keys are asked for one by one; what was never asked for is
/// unknown. Faults go to the diagnostics of the file, and the getters then
/// return nothing.
class TableReader
{
  public:
    TableReader(const toml::table& table,
                std::string path,
                Place place,
                FileContext& file);

    [[nodiscard]] FileContext& file() const noexcept { return *file_; }
    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    [[nodiscard]] const Place& place() const noexcept { return place_; }

    /// The value at `key`; `meaning` completes "is missing".
    std::optional<Entry> find(std::string_view key,
                              Need need,
                              std::string_view meaning = "");

    std::optional<std::string> text(std::string_view key,
                                    Need need,
                                    std::string_view meaning = "");
    std::optional<double> real(std::string_view key, Need need);
    std::optional<std::int64_t> integer(std::string_view key, Need need);
    std::optional<bool> boolean(std::string_view key, Need need);
    std::vector<std::string> texts(std::string_view key, Need need);
    std::vector<double> reals(std::string_view key, Need need);
    std::optional<TableReader> table(std::string_view key, Need need);

    /// All values, in the order of the file; for tables whose keys are names.
    [[nodiscard]] std::vector<Entry> entries() const;

    /// The value as a table; reports one that is not.
    [[nodiscard]] std::optional<TableReader> as_table(const Entry& entry);

    void reject(const Entry& entry,
                std::string_view problem,
                std::string_view hint) const;

    /// Report keys that were never asked for.
    void finish() const;

    /// Take all keys as known, where a fault already reported decides which
    /// are.
    void accept_rest();

  private:
    [[nodiscard]] Entry entry_of(const toml::key& key,
                                 const toml::node& node) const;

    const toml::table* table_;
    std::string path_;
    Place place_;
    FileContext* file_;
    std::vector<std::string> known_;
};

/// What a value is, for messages: "a string".
[[nodiscard]] std::string type_name(const toml::node& node);

/// A finite number, integer or not; reports what is neither.
[[nodiscard]] std::optional<double> finite_number(const Entry& entry,
                                                  FileContext& file);

/// A number without fraction; 1e6 is one.
[[nodiscard]] std::optional<std::int64_t> whole_number(const Entry& entry,
                                                       FileContext& file);

/// The elements of an array as entries; reports what is no array, or too long.
[[nodiscard]] std::vector<Entry> elements(const Entry& entry,
                                          FileContext& file);

}  // namespace hepta::config
