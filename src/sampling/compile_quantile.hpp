/// \file
/// Quantile functions as the kernels read them.
#pragma once

#include "hepta/core/tile.hpp"
#include "hepta/sampling/distribution.hpp"
#include "plan.hpp"

#include <array>
#include <map>
#include <string>
#include <vector>

namespace hepta::sampling {

/// Makes quantile functions and collects the tables that they point to;
/// distributions of one shape share a table.
class QuantileCompiler
{
  public:
    /// \param name  of the input, for messages
    /// \throws InputError if the parameters are no distribution
    /// \pre   not Fixed
    [[nodiscard]] Quantile compile(const std::string& name,
                                   const Distribution& distribution);

    [[nodiscard]] std::vector<AlignedArray<double>> take_tables() &&
    {
        return std::move(tables_);
    }

  private:
    struct Visitor;
    struct Table
    {
        const double* data = nullptr;
        std::uint32_t n = 0;
    };
    Table add(const std::vector<double>& values, std::size_t n);
    Table tabulate_once(const std::string& name,
                        const Distribution& standard,
                        const std::array<double, 3>& key);

    std::vector<AlignedArray<double>> tables_;
    std::map<std::array<double, 3>, Table> tabulated_;
};

}  // namespace hepta::sampling
