#include "hepta/core/simd.hpp"
#include "hepta/core/tile.hpp"
#include "replicates_kernel.hpp"

namespace hepta::statistics::HEPTA_ISA {

using namespace hepta::simd;

namespace {

/// Adding it to an integer |q| < 2^51 leaves q + 2^51 in the lowest bits.
constexpr double to_integer = 0x1.8p52;

HEPTA_INLINE void add_to(std::uint64_t* sums, Int value)
{
    auto* at = reinterpret_cast<std::int64_t*>(sums);
    store_int(at, load_int(at) + value);
}

/// False, with nothing added, if a value is not finite or too large.
HEPTA_INLINE bool add_row(const CellPlan& plan,
                          const double* row,
                          LaneSums& sums)
{
    const Vec scale = set(plan.scale);
    const Vec zero = set(plan.center * plan.scale);
    constexpr std::size_t n = tile_lanes / width;
    Vec q[n];
    Mask usual = set(0.0) <= set(0.0);
    for (std::size_t i = 0; i < n; ++i) {
        q[i] = fms(load(row + i * width), scale, zero);
        usual = usual & (abs(q[i]) <= set(0x1p50));
    }
    if (!all(usual)) {
        return false;
    }
    for (std::size_t i = 0; i < n; ++i) {
        const Int whole =
            bits(q[i] + set(to_integer)) & set_int((std::int64_t{1} << 52) - 1);
        add_to(sums.high + i * width, shift_right<26>(whole));
        add_to(sums.low + i * width,
               whole & set_int((std::int64_t{1} << 26) - 1));
    }
    return true;
}

}  // namespace

std::size_t observe_replicate_rows(const ReplicateArguments& a, std::size_t k)
{
    while (k < a.n_cells &&
           add_row(a.plans[k], a.outputs + a.rows[k] * tile_lanes, a.sums[k])) {
        ++k;
    }
    return k;
}

}  // namespace hepta::statistics::HEPTA_ISA
