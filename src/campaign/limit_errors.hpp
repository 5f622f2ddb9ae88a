/// \file
/// Differences between results in standard errors that their limits tell: where
/// samples differ in weight, counts do not.
#pragma once

#include "hepta/campaign/state.hpp"
#include "hepta/io/tree.hpp"

#include <cstddef>
#include <string>

namespace hepta::campaign {

/// Standard errors of one result's numbers.
class LimitErrors
{
  public:
    /// Both must outlive it.
    LimitErrors(const State& state, const io::Tree& tree);

    /// From `<name>_lower` and `<name>_upper` of a group; infinite where there
    /// is no limit.
    [[nodiscard]] double of(const std::string& group,
                            const std::string& name,
                            std::size_t index) const;
    /// Of a mean, from /moments; `index` is that of the mean.
    [[nodiscard]] double of_mean(const std::string& name,
                                 std::size_t index) const;

  private:
    [[nodiscard]] double error(double lower,
                               double upper,
                               double confidence) const;

    const State& state_;
    const io::Tree& tree_;
};

/// Difference in standard errors; 0 where one of them is not known.
[[nodiscard]] double errors_between(double a,
                                    double error_a,
                                    double b,
                                    double error_b);

}  // namespace hepta::campaign
