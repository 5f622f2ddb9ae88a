/// \file
/// Anyone's y(x): a table of numbers with named columns, and what its outputs
/// depend on.
#pragma once

#include "hepta/io/tree.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace hepta::campaign {

struct Table
{
    std::vector<std::string> names;            ///< of the columns
    std::vector<std::vector<double>> columns;  ///< equally long
    std::vector<std::string> outputs;          ///< names of the output columns
};

/// Read comma-separated numbers under a line of names; blank lines and lines
/// that begin with # are left out. `outputs` names the output columns; the
/// last one if it is empty.
/// \throws InputError "<path>:<line>: …" if a line has another number of
///         columns, or something that is not a finite number; if there is no
///         such output, or no line; if the file cannot be read
[[nodiscard]] Table read_csv(const std::string& path,
                             const std::vector<std::string>& outputs);

/// The draws of a result: its inputs, and `outputs` of its outputs, or those
/// of scope 1+2 of the first portfolio. Samples without an answer are left out.
/// \throws InputError if there is no such output
/// \throws ResultError if the result has no draws
[[nodiscard]] Table table_of_draws(const io::Tree& tree,
                                   const std::vector<std::string>& outputs);

/// {output: [{input, first_order, …}]}, the largest first-order index first;
/// what is not a number (a constant input or output) is null.
/// \throws InputError if the table has too few lines
[[nodiscard]] nlohmann::ordered_json dependence_json(const Table& table,
                                                     double confidence);

/// The `n_top` first of each output, for reading.
[[nodiscard]] std::string dependence_text(const nlohmann::ordered_json& json,
                                          std::size_t n_top);

}  // namespace hepta::campaign
