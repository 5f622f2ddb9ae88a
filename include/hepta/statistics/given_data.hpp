/// \file
/// Which inputs an output depends on, from the samples of any run: no design,
/// no further evaluations.
#pragma once

#include "hepta/statistics/intervals.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace hepta::statistics {

struct GivenDataOptions
{
    /// Classes of equal counts of an input for first-order indices. What an
    /// output's conditional mean m(u) varies within a class is lost: about
    /// E m'(u)^2 / (12 n_bins^2), 0.1 % of the index for one sine wave.
    std::uint32_t n_bins = 64;
    /// Classes of an input that conditional distributions are taken in.
    std::uint32_t n_conditions = 16;
    /// Groups of consecutive samples that limits come from.
    std::uint32_t n_groups = 16;
    double confidence = 0.95;
};

/// How one output depends on one input. Where either is constant, index and
/// correlation are NaN and the distances 0.
struct Dependence
{
    /// Share of the output's variance that the input alone explains,
    /// Var(E[Y|X]) / Var Y: 1 - (n - 1) / (n - bins) (squares within bins) /
    /// (squares in all), 0 on average where there is no dependence; hence it
    /// may be negative. Limits by the jackknife over groups.
    /// Source: Plischke et al. (2013), doi:10.1016/j.ejor.2012.11.047; the
    /// correction is Kelley's (1935), doi:10.1073/pnas.21.9.554.
    Estimate first_order;

    /// Spearman's correlation of ranks, limits by Fisher's z with the variance
    /// (1 + r^2 / 2) / (n - 3).
    /// Source: Bonett & Wright (2000), doi:10.1007/BF02294183.
    Estimate rank_correlation;

    /// PAWN: Kolmogorov's distance between the output's distribution and that
    /// within a class of the input; the median class and the worst. Distances
    /// are looked at between 64 classes of the output.
    /// Source: Pianosi & Wagener (2018), doi:10.1016/j.envsoft.2018.07.019.
    double pawn_median = 0.0, pawn_largest = 0.0;
    double pawn_noise = 0.0;  ///< a class's mean where there is no dependence

    /// Borgonovo's delta: half the mean, over classes of the input, of the
    /// area between the output's density and that within the class; densities
    /// by counts in 16 classes of the output.
    /// Source: Borgonovo (2007), doi:10.1016/j.ress.2006.04.015.
    double delta = 0.0;
    double delta_noise = 0.0;  ///< its mean where there is no dependence
};

/// The outputs of a run's samples, ranked once, to be held against one input
/// after the other.
class GivenData
{
  public:
    /// \param outputs  [outputs][n], finite, n < 2^24, not kept
    /// \throws InputError if n is below 4 times the number of bins, or the
    ///         outputs are not equally long
    GivenData(std::span<const std::span<const double>> outputs,
              const GivenDataOptions& options);
    ~GivenData();
    GivenData(GivenData&&) noexcept;

    /// How each output depends on an input. \pre x is finite and as long as
    /// the outputs
    /// \note 25 ns a sample for the input's ranks and 2.5 ns a sample and
    ///       output. Threads may call it at once.
    [[nodiscard]] std::vector<Dependence> on(std::span<const double> x) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The same for one output.
[[nodiscard]] Dependence dependence(std::span<const double> x,
                                    std::span<const double> y,
                                    const GivenDataOptions& options = {});

}  // namespace hepta::statistics
