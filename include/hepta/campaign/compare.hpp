/// \file
/// What differs between two results.
#pragma once

#include "hepta/io/tree.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace hepta::campaign {

/// One dataset of both results, or what only one of them has.
struct DatasetComparison
{
    std::string name;  ///< "/bands/emissions"
    std::uint64_t n_compared = 0;
    std::uint64_t n_different = 0;
    double largest = 0.0;  ///< difference, relative or in standard errors
    std::vector<std::string> lines;  ///< the largest differences, one line each
};

struct Comparison
{
    std::vector<DatasetComparison> datasets;
    /// What has no part in a statistical comparison, "/draws".
    std::vector<std::string> not_compared;
    /// Standard errors beyond which a cell differs; 0 if bit by bit.
    double limit = 0.0;

    [[nodiscard]] std::uint64_t n_compared() const noexcept;
    [[nodiscard]] std::uint64_t n_different() const noexcept;
};

/// Compare all groups but /provenance bit by bit (NaN equals NaN), labels
/// first. A line names the cell by its labels, both values and the relative
/// difference.
[[nodiscard]] Comparison compare(const io::Tree& a, const io::Tree& b);

/// Could both be results of one model with different seeds or numbers of
/// samples? Compares every percentile (by its rank in the other result), mean
/// and probability of /bands, /moments, /probability, /derived and the side
/// outputs in standard errors of independent samples. The limit is exceeded by
/// chance once in a thousand comparisons of results. Uses them up. \throws
/// ResultError if one of them lacks what it needs
[[nodiscard]] Comparison compare_statistically(io::Tree&& a, io::Tree&& b);

/// "same …", or what differs, the most telling first.
[[nodiscard]] std::string comparison_text(const Comparison& comparison);
/// The same as a table for people, and as JUnit's XML with a case a dataset.
[[nodiscard]] std::string comparison_markdown(const Comparison& comparison,
                                              const std::string& title);
[[nodiscard]] std::string comparison_junit(const Comparison& comparison);

}  // namespace hepta::campaign
