/// \file
/// Faults of an input, collected so that a user sees all of them at once.
#pragma once

#include "hepta/config/nearest.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hepta::config {

/// Where a key stands; line 0 means that the file has no such line.
struct Place
{
    std::string file;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

/// Faults, each "file:line:column: key problem\n  hint: remedy".
class Diagnostics
{
  public:
    void add(const Place& place,
             std::string_view key,
             std::string_view problem,
             std::string_view hint);

    [[nodiscard]] bool empty() const noexcept { return faults_.empty(); }

    /// \throws InputError with all faults, by file and line, if there are any
    void throw_if_any() const;

  private:
    struct Fault
    {
        Place place;
        std::string text;
    };
    std::vector<Fault> faults_;
};

/// A hint about a name that is not among `candidates`: the nearest of them, or
/// all of them where none is near.
[[nodiscard]] std::string suggest(std::string_view name,
                                  const std::vector<std::string>& candidates);

/// `text` with control characters and broken UTF-8 replaced, cut to a length
/// that fits a line.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace hepta::config
