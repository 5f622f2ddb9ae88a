#include "ranking.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace hepta::statistics {
namespace {

/// A value's place in the range, 32 bits, over its number, 32 bits.
using Packed = std::uint64_t;

std::vector<Packed> pack(std::span<const double> values)
{
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    // Halves: the difference of two doubles may not be one.
    const double from = 0.5 * *low, range = 0.5 * *high - from;
    const double scale = range > 0.0 ? 4294967295.0 / range : 0.0;
    std::vector<Packed> packed(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double place =
            std::min((0.5 * values[i] - from) * scale, 4294967295.0);
        packed[i] = static_cast<Packed>(place) << 32 | i;
    }
    return packed;
}

/// Sort by the upper halves, stably, 11 bits at a time.
void radix_sort(std::vector<Packed>& packed)
{
    constexpr std::size_t n_digits = 3, bits = 11, n_buckets = 1 << bits;
    const auto digit_of = [](Packed p, std::size_t digit) {
        return (p >> (32 + bits * digit)) & (n_buckets - 1);
    };
    std::vector<std::array<std::uint32_t, n_buckets>> counts(n_digits);
    for (const Packed p : packed) {
        for (std::size_t digit = 0; digit < n_digits; ++digit) {
            ++counts[digit][digit_of(p, digit)];
        }
    }
    std::vector<Packed> sorted(packed.size());
    for (std::size_t digit = 0; digit < n_digits; ++digit) {
        std::uint32_t next = 0;
        for (std::uint32_t& count : counts[digit]) {
            next += std::exchange(count, next);
        }
        for (const Packed p : packed) {
            sorted[counts[digit][digit_of(p, digit)]++] = p;
        }
        packed.swap(sorted);
    }
}

/// Number of a value.
std::uint32_t number(Packed p)
{
    return static_cast<std::uint32_t>(p);
}

/// Rank the values [begin, end) of the sorted ones, which share a place: they
/// may be equal, or too near each other to tell by it.
void rank_together(std::span<const double> values,
                   std::vector<Packed>& sorted,
                   std::size_t begin,
                   std::size_t end,
                   std::vector<std::uint32_t>& doubled)
{
    const auto less = [&](Packed a, Packed b) {
        return values[number(a)] < values[number(b)];
    };
    const auto first = sorted.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = sorted.begin() + static_cast<std::ptrdiff_t>(end);
    if (!std::is_sorted(first, last, less)) {
        std::sort(first, last, less);
    }
    for (std::size_t low = begin, high = begin; low < end; low = high) {
        while (high < end && !less(sorted[low], sorted[high])) {
            ++high;
        }
        for (std::size_t i = low; i < high; ++i) {
            doubled[number(sorted[i])] =
                static_cast<std::uint32_t>(low + 1 + high);
        }
    }
}

}  // namespace

std::vector<std::uint32_t> doubled_ranks(std::span<const double> values)
{
    std::vector<std::uint32_t> doubled(values.size());
    if (values.empty()) {
        return doubled;
    }
    std::vector<Packed> sorted = pack(values);
    radix_sort(sorted);
    const std::size_t n = sorted.size();
    for (std::size_t begin = 0, end = 0; begin < n; begin = end) {
        end = begin + 1;
        while (end < n && sorted[end] >> 32 == sorted[begin] >> 32) {
            ++end;
        }
        if (end - begin == 1) {
            doubled[number(sorted[begin])] =
                static_cast<std::uint32_t>(begin + 1 + end);
        } else {
            rank_together(values, sorted, begin, end, doubled);
        }
    }
    return doubled;
}

std::vector<std::uint16_t> classes_of(
    std::span<const std::uint32_t> doubled_ranks, std::uint32_t n_classes)
{
    // Exact: a quotient that is no whole number is 1 / 2n away from one.
    const double doubled_n = 2.0 * static_cast<double>(doubled_ranks.size());
    std::vector<std::uint16_t> classes(doubled_ranks.size());
    for (std::size_t i = 0; i < classes.size(); ++i) {
        const double middle = doubled_ranks[i] - 1.0;  // in [0, 2 n)
        classes[i] = static_cast<std::uint16_t>(
            static_cast<int>(middle * n_classes / doubled_n));
    }
    return classes;
}

}  // namespace hepta::statistics
