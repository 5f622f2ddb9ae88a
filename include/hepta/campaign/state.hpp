/// \file
/// The integer state of a result: what is added when ranks, threads, parts
/// and restarts come together. Every sum is of integers, so order is free.
#pragma once

#include "hepta/statistics/weighted.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace hepta::campaign {

/// Samples [begin, end).
struct SampleRange
{
    std::uint64_t begin = 0;
    std::uint64_t end = 0;

    friend bool operator==(const SampleRange&, const SampleRange&) = default;
};

/// Invalid samples whose index is kept.
inline constexpr std::size_t max_invalid_indices = 1000;

/// How often an event happened, of the samples in which it is defined.
struct EventCount
{
    std::uint64_t happened = 0;
    std::uint64_t defined = 0;
};

/// Statistics of each randomisation of a low-discrepancy design, in every
/// cell. Empty for other designs.
struct Replicates
{
    std::uint32_t n = 0;  ///< randomisations
    /// [cell][randomisation][coarse bin], see statistics::coarse. Exact up to
    /// 2^32 samples a randomisation.
    std::vector<std::uint32_t> counts;
    /// Sums of q, see statistics::MomentSums: [cell][randomisation].
    std::vector<statistics::Int128> sums;

    /// Where the counts of each cell begin, and at last their number.
    [[nodiscard]] static std::vector<std::size_t> offsets(
        const std::vector<statistics::CellPlan>& plans,
        std::uint32_t n_randomisations);
};

/// Years of derived outputs, see DerivedPlan: samples by year, never and
/// undefined, [scenario][rule][outcome], and joint conditions on them.
struct DerivedCounts
{
    std::vector<std::uint64_t> years;
    std::vector<EventCount> joints;  ///< [joint][scenario]

    /// \pre as many as `from` has, or none
    void add(const DerivedCounts& from);
};

/// Statistics of each batch of a weighted run: sample s, of weight w, is of
/// batch s mod n. Empty for other runs.
struct Batches
{
    std::uint32_t n = 0;
    /// Sums of w in units of 2^-32, and of w^2 in units of 2^-40, w rounded
    /// down to 2^-20: [batch].
    std::vector<statistics::UInt128> weights, squares;
    /// Sums of w in the place of counts, see Replicates.
    std::vector<std::uint64_t> coarse_weights;
    std::vector<statistics::WeightedSums> sums;  ///< [cell][batch]

    /// `n` batches to which nothing was added, without their coarse weights.
    [[nodiscard]] static Batches empty(std::uint32_t n, std::size_t n_cells);

    /// \pre as many batches and cells; `from` may lack the coarse weights
    void add(const Batches& from);
};

/// In a weighted run every count is a sum of weights in units of 2^-32, and
/// events and derived years have one more dimension, the batch, slowest.
struct State
{
    std::vector<SampleRange> ranges;  ///< covered; sorted, disjoint, joined
    std::vector<statistics::CellPlan> plans;     ///< [cell]
    std::vector<std::uint64_t> counts;           ///< bins of all cells
    std::vector<statistics::MomentSums> sums;    ///< [cell]
    std::vector<EventCount> events;              ///< [event][scenario]
    std::vector<std::uint64_t> invalid_samples;  ///< smallest indices, sorted
    std::uint64_t n_invalid = 0;                 ///< samples, not cells
    Replicates replicates;
    DerivedCounts derived;
    Batches batches;

    [[nodiscard]] std::uint64_t n_samples() const noexcept;
    [[nodiscard]] bool is_weighted() const noexcept { return batches.n > 0; }
    [[nodiscard]] std::span<const std::uint64_t> counts_of(
        std::size_t cell) const;
};

/// The ranges of both, sorted, touching ones joined.
/// \throws ResultError if they overlap
[[nodiscard]] std::vector<SampleRange> join_ranges(
    std::vector<SampleRange> ranges);

/// The samples of `range` that `covered` (sorted, disjoint) leaves out.
[[nodiscard]] std::vector<SampleRange> missing_ranges(
    SampleRange range, const std::vector<SampleRange>& covered);

/// "0:500, 700:1000"
[[nodiscard]] std::string to_string(const std::vector<SampleRange>& ranges);

/// Add disjoint samples that were counted in the same bins. A state without
/// bins takes the other over.
/// \throws ResultError if samples or bins do not fit; `into` is then as it was
void add(State& into, State&& from);

/// Keep the smallest indices of both lists.
void merge_invalid(std::vector<std::uint64_t>& into,
                   const std::vector<std::uint64_t>& from);

}  // namespace hepta::campaign
