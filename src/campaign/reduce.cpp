#include "reduce.hpp"

#include <algorithm>
#include <cstring>
#include <string>

namespace hepta::campaign {
namespace {

constexpr std::size_t n_words = 9;  // two sums of four limbs, one count

/// 128-bit sums as 32-bit limbs in 64-bit words, which can be added over up to
/// 2^31 ranks without a carry; two's complement makes the sign come out right.
void split(statistics::UInt128 value, std::uint64_t* limbs)
{
    for (int k = 0; k < 4; ++k) {
        limbs[k] = static_cast<std::uint64_t>(value >> (32 * k)) & 0xffffffffu;
    }
}

statistics::UInt128 join(const std::uint64_t* limbs)
{
    statistics::UInt128 value = 0;
    for (int k = 0; k < 4; ++k) {
        value += static_cast<statistics::UInt128>(limbs[k]) << (32 * k);
    }
    return value;
}

void reduce_sums(std::vector<statistics::MomentSums>& sums,
                 const parallel::Communicator& comm)
{
    std::vector<std::uint64_t> limbs(sums.size() * n_words);
    std::vector<double> minimum, maximum;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        std::uint64_t* at = limbs.data() + i * n_words;
        split(static_cast<statistics::UInt128>(sums[i].sum), at);
        split(sums[i].sum_of_squares, at + 4);
        at[8] = sums[i].n_clamped;
        minimum.push_back(sums[i].minimum);
        maximum.push_back(sums[i].maximum);
    }
    comm.sum_to_root(std::span<std::uint64_t>(limbs));
    comm.minimum_to_root(minimum);
    comm.maximum_to_root(maximum);
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const std::uint64_t* at = limbs.data() + i * n_words;
        sums[i].sum = static_cast<statistics::Int128>(join(at));
        sums[i].sum_of_squares = join(at + 4);
        sums[i].n_clamped = at[8];
        sums[i].minimum = minimum[i];
        sums[i].maximum = maximum[i];
    }
}

/// Two 32-bit counts are added as one number: none overflows, so nothing
/// carries from one to the other. In pieces, as there are 10^8 bytes of them.
void reduce_counts(std::vector<std::uint32_t>& counts,
                   const parallel::Communicator& comm)
{
    constexpr std::size_t piece = std::size_t{1} << 20;
    std::vector<std::uint64_t> pairs;
    for (std::size_t at = 0; at < counts.size(); at += piece) {
        const std::size_t n = std::min(piece, counts.size() - at);
        pairs.assign((n + 1) / 2, 0);
        std::memcpy(pairs.data(), counts.data() + at, n * sizeof counts[0]);
        comm.sum_to_root(std::span(pairs));
        std::memcpy(counts.data() + at, pairs.data(), n * sizeof counts[0]);
    }
}

void reduce_wide(std::vector<statistics::UInt128>& values,
                 const parallel::Communicator& comm)
{
    std::vector<std::uint64_t> limbs(4 * values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        split(values[i], limbs.data() + 4 * i);
    }
    comm.sum_to_root(std::span(limbs));
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = join(limbs.data() + 4 * i);
    }
}

void reduce_replicates(Replicates& replicates,
                       const parallel::Communicator& comm)
{
    if (replicates.n == 0) {
        return;
    }
    reduce_counts(replicates.counts, comm);
    std::vector<statistics::UInt128> sums(replicates.sums.begin(),
                                          replicates.sums.end());
    reduce_wide(sums, comm);
    replicates.sums.assign(sums.begin(), sums.end());
}

void reduce_batches(Batches& batches, const parallel::Communicator& comm)
{
    if (batches.n == 0) {
        return;
    }
    comm.sum_to_root(std::span<std::uint64_t>(batches.coarse_weights));
    reduce_wide(batches.weights, comm);
    reduce_wide(batches.squares, comm);
    std::vector<statistics::UInt128> sums;
    for (const statistics::WeightedSums& of_batch : batches.sums) {
        sums.push_back(static_cast<statistics::UInt128>(of_batch.sum));
        sums.push_back(of_batch.sum_of_squares);
    }
    reduce_wide(sums, comm);
    for (std::size_t i = 0; i < batches.sums.size(); ++i) {
        batches.sums[i] = {static_cast<statistics::Int128>(sums[2 * i]),
                           sums[2 * i + 1]};
    }
}

void reduce_invalid(State& state, const parallel::Communicator& comm)
{
    std::string bytes(state.invalid_samples.size() * sizeof(std::uint64_t),
                      '\0');
    std::memcpy(bytes.data(), state.invalid_samples.data(), bytes.size());
    for (const std::string& part : comm.gather(bytes)) {
        std::vector<std::uint64_t> samples(part.size() / sizeof(std::uint64_t));
        std::memcpy(samples.data(), part.data(), part.size());
        merge_invalid(state.invalid_samples, samples);
    }
    std::uint64_t n = state.n_invalid;
    comm.sum_to_root(std::span<std::uint64_t>(&n, 1));
    state.n_invalid = n;
}

void reduce_events(std::vector<EventCount>& counts,
                   const parallel::Communicator& comm)
{
    std::vector<std::uint64_t> words;
    for (const EventCount& count : counts) {
        words.insert(words.end(), {count.happened, count.defined});
    }
    comm.sum_to_root(std::span<std::uint64_t>(words));
    for (std::size_t e = 0; e < counts.size(); ++e) {
        counts[e] = {words[2 * e], words[2 * e + 1]};
    }
}

}  // namespace

void reduce_to_root(State& state, const parallel::Communicator& comm)
{
    comm.sum_to_root(std::span<std::uint64_t>(state.counts));
    reduce_sums(state.sums, comm);
    reduce_events(state.events, comm);
    comm.sum_to_root(std::span<std::uint64_t>(state.derived.years));
    reduce_events(state.derived.joints, comm);
    reduce_replicates(state.replicates, comm);
    reduce_batches(state.batches, comm);
    reduce_invalid(state, comm);
}

}  // namespace hepta::campaign
