#include "hepta/core/simd.hpp"
#include "hepta/core/tile.hpp"
#include "observe_kernel.hpp"

namespace hepta::statistics::HEPTA_ISA {
namespace {

using namespace hepta::simd;

constexpr std::size_t n_registers = tile_lanes / width;
/// Registers worked on side by side: a row is one long chain of operations a
/// register, and the processor looks ahead less than one row.
constexpr std::size_t group = 4;

/// How early what a row takes is fetched.
constexpr std::size_t rows_ahead = 8;
constexpr std::size_t cache_line = 64;

/// Adding and taking it off again rounds |a| < 2^51 to an integer.
constexpr double round_to_one = 0x1.8p52;
/// The same for multiples of 2^46 and |a| < 2^97.
constexpr double round_to_2_46 = 0x1.8p98;
/// Sums over a row are exact in doubles up to here: squares in parts of 2^46.
constexpr double largest_exact_q = 0x1p45;
constexpr double largest_exact_square = 0x1p90;

/// The term t_k of CellPlan.
HEPTA_INLINE Vec axis_term(Vec x, Vec origin, Vec delta)
{
    const Int magic = set_int(0x4330000000000000);  // bits of 2^52
    const Vec v = x - origin;
    const Vec at_delta = from_bits(shift_right<12>(bits(delta)) | magic);
    const Vec at_v = from_bits(shift_right<12>(bits(abs(v) + delta)) | magic);
    return from_bits(bits(at_v - at_delta) ^ (bits(v) & set_int(INT64_MIN)));
}

/// Truncate the bin numbers of a group to 16 bits.
HEPTA_INLINE void store_numbers(const Vec* number, std::uint16_t* to)
{
#if defined(__AVX512F__)
    for (std::size_t i = 0; i < group; i += 2) {
        const __m512i both = _mm512_inserti64x4(
            _mm512_castsi256_si512(_mm512_cvttpd_epi32(number[i].v)),
            _mm512_cvttpd_epi32(number[i + 1].v),
            1);
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + i * width),
                            _mm512_cvtepi32_epi16(both));
    }
#else
    for (std::size_t i = 0; i < group; i += 2) {
        const __m128i packed =
            _mm_packus_epi32(_mm256_cvttpd_epi32(number[i].v),
                             _mm256_cvttpd_epi32(number[i + 1].v));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(to + i * width), packed);
    }
#endif
}

/// Both halves of a register added.
HEPTA_INLINE __m256d add_halves(Vec a)
{
#if defined(__AVX512F__)
    return _mm256_add_pd(_mm512_castpd512_pd256(a.v),
                         _mm512_extractf64x4_pd(a.v, 1));
#else
    return a.v;
#endif
}

struct Pair
{
    double first, second;
};

/// Sums over the lanes of two registers.
HEPTA_INLINE Pair sum_lanes(Vec a, Vec b)
{
    const __m256d c = add_halves(a);
    const __m256d d = add_halves(b);
    const __m256d four =
        _mm256_add_pd(_mm256_unpacklo_pd(c, d), _mm256_unpackhi_pd(c, d));
    const __m128d two = _mm_add_pd(_mm256_castpd256_pd128(four),
                                   _mm256_extractf128_pd(four, 1));
    return {_mm_cvtsd_f64(two), _mm_cvtsd_f64(_mm_unpackhi_pd(two, two))};
}

/// Sums of q and of its square in two parts, integers that doubles hold
/// exactly, and the ends of what is not the atom, lane by lane.
struct RowSums
{
    Vec q = set(0.0);
    Vec square_high = set(0.0);  // multiples of 2^46
    Vec square_low = set(0.0);
    Vec minimum = set(__builtin_inf());
    Vec maximum = set(-__builtin_inf());

    HEPTA_INLINE void widen(Vec x, Mask is_atom)
    {
#if defined(__AVX512F__)
        const auto others = static_cast<__mmask8>(~is_atom.m);
        minimum.v = _mm512_mask_min_pd(minimum.v, others, minimum.v, x.v);
        maximum.v = _mm512_mask_max_pd(maximum.v, others, maximum.v, x.v);
#else
        // The atom becomes a NaN, beside which the second argument is taken.
        const Vec others{_mm256_or_pd(x.v, is_atom.m)};
        minimum = min(others, minimum);
        maximum = max(others, maximum);
#endif
    }
};

/// Add a term of the axis to the numbers of a group.
HEPTA_INLINE void add_term(const CellPlan& plan, int k, const Vec* x, Vec* u)
{
    const Vec origin = set(plan.origin[k]);
    const Vec delta = set(plan.delta[k]);
    const Vec per_t = set(plan.bins_per_t[k]);
    for (std::size_t i = 0; i < group; ++i) {
        u[i] = fma(axis_term(x[i], origin, delta), per_t, u[i]);
    }
}

/// Bin numbers, right for inner bins and the atom, and sums of a row, right if
/// every |q| <= largest_exact_q. `is_plain` as below.
template <bool is_plain>
HEPTA_INLINE RowSums observe_row(const CellPlan& plan,
                                 const double* row,
                                 std::uint16_t* numbers)
{
    const Vec scale = set(plan.scale);
    const Vec zero = set(plan.center * plan.scale);
    RowSums s;
    for (std::size_t first = 0; first < n_registers; first += group) {
        Vec x[group], u[group];
        for (std::size_t i = 0; i < group; ++i) {
            x[i] = load(row + (first + i) * width);
            u[i] = set(plan.offset);
        }
        add_term(plan, 0, x, u);
        if constexpr (!is_plain) {
            for (int k = 1; k < CellPlan::n_terms && plan.bins_per_t[k] != 0.0;
                 ++k) {
                add_term(plan, k, x, u);
            }
        }
        for (std::size_t i = 0; i < group; ++i) {
            const Mask is_atom =
                is_plain ? x[i] == set(plan.atom)
                         : abs(x[i] - set(plan.atom)) <= set(plan.atom_width);
            u[i] = select(is_atom, set(double(bin::atom)), u[i]);
            s.widen(x[i], is_atom);
            Vec q = fms(x[i], scale, zero) + set(round_to_one);
            q -= set(round_to_one);
            s.q += q;
            Vec high = fma(q, q, set(round_to_2_46));
            high -= set(round_to_2_46);
            s.square_high += high;
            s.square_low += fms(q, q, high);
        }
        store_numbers(u, numbers + first * width);
    }
    return s;
}

/// What is rare: new ends, and values beyond the inner bins, which are binned
/// again. False if one is not finite or too large for exact sums.
__attribute__((noinline)) bool observe_ends(const CellPlan& plan,
                                            const double* row,
                                            std::uint16_t* numbers,
                                            MomentSums& sums)
{
    const Vec scale = set(plan.scale);
    const Vec zero = set(plan.center * plan.scale);
    RowSums s;
    for (std::size_t i = 0; i < n_registers; ++i) {
        const Vec x = load(row + i * width);
        if (!all(abs(fms(x, scale, zero)) <= set(largest_exact_q))) {
            return false;
        }
        const Mask is_atom = abs(x - set(plan.atom)) <= set(plan.atom_width);
        s.widen(x, is_atom);
        const Mask inner = (set(plan.low) <= x) & (x < set(plan.high));
        unsigned outer = bits_of(!(inner | is_atom));
        for (; outer != 0; outer &= outer - 1) {
            const auto lane =
                i * width + static_cast<unsigned>(__builtin_ctz(outer));
            numbers[lane] = static_cast<std::uint16_t>(bin_of(plan, row[lane]));
        }
    }
    alignas(row_alignment) double ends[2][width];
    store(ends[0], s.minimum);
    store(ends[1], s.maximum);
    for (std::size_t i = 0; i < width; ++i) {
        // Adding 0 makes -0 a +0, else the order of lanes would show.
        const double low = ends[0][i] + 0.0;
        const double high = ends[1][i] + 0.0;
        sums.minimum = low < sums.minimum ? low : sums.minimum;
        sums.maximum = high > sums.maximum ? high : sums.maximum;
    }
    return true;
}

/// False, with nothing added, if the row has a value that is not finite or
/// too large for exact sums.
HEPTA_INLINE bool observe_and_add(const CellPlan& plan,
                                  const double* row,
                                  std::uint16_t* numbers,
                                  MomentSums& sums)
{
    // One term, and an atom without width: 97 in 100 cells of the default run.
    const bool is_plain = plan.bins_per_t[1] == 0.0 && plan.atom_width == 0.0;
    const RowSums s = is_plain ? observe_row<true>(plan, row, numbers)
                               : observe_row<false>(plan, row, numbers);
    const Pair first_two = sum_lanes(s.q, s.square_high);
    const Pair last = sum_lanes(s.square_low, s.square_low);
    const Mask usual =
        (set(plan.low) <= s.minimum) & (set(sums.minimum) <= s.minimum) &
        (s.maximum < set(plan.high)) & (s.maximum <= set(sums.maximum));
    // False for a NaN too, which may be missing from the ends.
    const bool is_exact = first_two.second < largest_exact_square;
    if (!(all(usual) && is_exact) && !observe_ends(plan, row, numbers, sums)) {
        return false;
    }
    sums.sum += static_cast<std::int64_t>(first_two.first);
    const auto high = static_cast<std::int64_t>(first_two.second * 0x1p-46);
    const auto low = static_cast<std::int64_t>(last.first);
    sums.sum_of_squares +=
        static_cast<UInt128>((static_cast<Int128>(high) << 46) + low);
    return true;
}

/// Ask for what cell k takes beside its row. Bin numbers lie far apart, stores
/// would wait for their place; plans and sums of all years are larger than the
/// second-level cache.
HEPTA_INLINE void fetch(const ObserveArguments& a, std::size_t k)
{
    __builtin_prefetch(a.first + k * a.pitch, 1);
    __builtin_prefetch(a.sums + k, 1);
    const auto* plan = reinterpret_cast<const char*>(a.plans + k);
    for (std::size_t byte = 0; byte < sizeof(CellPlan); byte += cache_line) {
        __builtin_prefetch(plan + byte);
    }
}

}  // namespace

std::size_t observe_rows(const ObserveArguments& a, std::size_t k)
{
    for (; k < a.n_cells; ++k) {
        fetch(a, k + rows_ahead < a.n_cells ? k + rows_ahead : k);
        if (!observe_and_add(a.plans[k],
                             a.outputs + a.rows[k] * tile_lanes,
                             a.first + k * a.pitch,
                             a.sums[k])) {
            break;
        }
    }
    return k;
}

}  // namespace hepta::statistics::HEPTA_ISA
