/// \file
/// How integrated assessment groups call what a result calls otherwise.
#pragma once

#include "hepta/io/tree.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <utility>

namespace hepta::campaign {

/// "h2_dri_eaf" as "H2 Dri Eaf"; what a '/' divides becomes levels.
[[nodiscard]] std::string title_of(const std::string& name);

/// Names that the community has for what we call otherwise.
[[nodiscard]] std::string variable_of(const std::string& metric);

[[nodiscard]] std::string unit_of(std::string unit);

/// A field of comma-separated text.
[[nodiscard]] std::string field(const std::string& text);

/// Sectors below the smallest portfolio that holds them: "Industry|Steel".
class SectorNames
{
  public:
    /// \param provenance  with the resolved configuration
    explicit SectorNames(const io::Group& provenance);

    /// "" for the portfolio of all.
    [[nodiscard]] std::string name(const std::string& item) const;

  private:
    std::map<std::string, std::pair<std::string, std::size_t>> of_;
    std::map<std::string, std::size_t> n_sectors_;
    std::size_t largest_ = 0;
};

}  // namespace hepta::campaign
