/// \file
/// Doubles as integers in the same order.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>

namespace hepta {

/// An integer that orders as the finite or infinite double does; both zeros
/// are 0, neighbours differ by 1.
[[nodiscard]] inline std::int64_t order_of(double x) noexcept
{
    const auto i = std::bit_cast<std::int64_t>(x);
    return i < 0 ? std::numeric_limits<std::int64_t>::min() - i : i;
}

/// The double of an `order_of`.
[[nodiscard]] inline double from_order(std::int64_t i) noexcept
{
    return std::bit_cast<double>(
        i < 0 ? std::numeric_limits<std::int64_t>::min() - i : i);
}

}  // namespace hepta
