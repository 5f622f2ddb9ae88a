/// \file
/// Differences between results in standard errors that their limits tell: where
/// samples differ in weight, counts do not.
#pragma once

#include "hepta/campaign/cell_statistics.hpp"
#include "hepta/campaign/state.hpp"
#include "hepta/io/tree.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace hepta::campaign {

/// How well one result knows its numbers.
class LimitErrors
{
  public:
    /// Both must outlive it.
    LimitErrors(const State& state, const io::Tree& tree);

    struct Error
    {
        double value = 0.0;    ///< standard error; infinite: no limits
        double degrees = 0.0;  ///< of freedom, of Student's distribution
    };
    /// From `<name>_lower` and `<name>_upper` of a group.
    [[nodiscard]] Error of(const std::string& group,
                           const std::string& name,
                           std::size_t index) const;
    /// Of a mean among moments; `index` is that of the mean.
    [[nodiscard]] Error of_mean(const std::string& group,
                                const std::string& name,
                                std::size_t index) const;

    /// The percentiles of a cell of /state, whose brackets say what its bins
    /// hide.
    [[nodiscard]] std::vector<statistics::Percentile> percentiles(
        std::size_t cell) const;

  private:
    [[nodiscard]] Error error(double lower, double upper) const;

    const io::Tree& tree_;
    CellStatistics statistics_;
    std::size_t n_percentiles_ = 0;
    double degrees_ = 0.0, factor_ = 0.0;
};

/// Difference in standard errors of a normal distribution; 0 where one of them
/// is not known.
[[nodiscard]] double errors_between(double a,
                                    const LimitErrors::Error& error_a,
                                    double b,
                                    const LimitErrors::Error& error_b);

/// What is left of the difference if both lie where their brackets are nearest.
[[nodiscard]] double least_difference(const statistics::Percentile& a,
                                      const statistics::Percentile& b);

}  // namespace hepta::campaign
