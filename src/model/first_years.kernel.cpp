/// \file
/// The rules of a year, one register of samples at a time.
#include "first_years_kernel.hpp"
#include "hepta/core/simd.hpp"

namespace hepta::model {
namespace HEPTA_ISA {
namespace {

using namespace simd;
using Limit = FirstYearRule::Limit;

HEPTA_INLINE Vec row(const double* rows, std::size_t r, std::size_t lane)
{
    return load(rows + r * tile_lanes + lane);
}

HEPTA_INLINE Mask is_finite(Vec a)
{
    return abs(a) < from_bits(set_int(0x7ff0000000000000));
}

HEPTA_INLINE Vec value_of(const FirstYearTables& tables,
                          const FlatRule& rule,
                          const FirstYearTile& tile,
                          std::size_t lane)
{
    Vec sum = set(0.0);
    for (std::size_t k = 0; k < rule.n_rows; ++k) {
        sum += row(tile.outputs, tables.rows[rule.first_row + k], lane);
    }
    return sum;
}

/// The technology of each lane with the largest share, the first of them.
HEPTA_INLINE void find_incumbent(const Contest& contest,
                                 const FirstYearTile& tile,
                                 std::size_t lane,
                                 double* incumbent)
{
    Vec largest = row(tile.outputs, contest.first_share_row, lane);
    Vec index = set(0.0);
    for (std::uint32_t i = 1; i < contest.n_technologies; ++i) {
        const Vec share = row(tile.outputs, contest.first_share_row + i, lane);
        const Mask larger = largest < share;
        largest = select(larger, share, largest);
        index = select(larger, set(static_cast<double>(i)), index);
    }
    store(incumbent, index);
}

HEPTA_INLINE Vec cost_of(const Contest& contest,
                         const FirstYearTile& tile,
                         std::size_t lane,
                         Vec incumbent)
{
    Vec cost = row(tile.outputs, contest.first_cost_row, lane);
    for (std::uint32_t i = 1; i < contest.n_technologies; ++i) {
        cost = select(incumbent == set(static_cast<double>(i)),
                      row(tile.outputs, contest.first_cost_row + i, lane),
                      cost);
    }
    return cost;
}

HEPTA_INLINE void look_at_contests(const FirstYearTables& tables,
                                   std::size_t year,
                                   const FirstYearTile& tile,
                                   std::size_t lane)
{
    for (std::size_t c = 0; c < tables.n_contests; ++c) {
        const std::size_t at = c * tile_lanes + lane;
        if (year == 0) {
            find_incumbent(tables.contests[c], tile, lane, tile.incumbent + at);
        }
        store(
            tile.incumbent_cost + at,
            cost_of(tables.contests[c], tile, lane, load(tile.incumbent + at)));
    }
}

HEPTA_INLINE Mask passes(const FlatRule& rule, Vec value, Vec limit)
{
    if (rule.limit == Limit::incumbent) {
        return value < limit;
    }
    return rule.below ? value <= limit : limit <= value;
}

HEPTA_INLINE void look_at_rule(const FirstYearTables& tables,
                               std::size_t r,
                               std::size_t year,
                               const FirstYearTile& tile,
                               std::size_t lane)
{
    const FlatRule& rule = tables.rules[r];
    const std::size_t at = r * tile_lanes + lane;
    if (year == 0) {
        store(tile.found + at, set(FirstYears::never));
        if (rule.limit == Limit::first_year) {
            store(tile.first_value + at, value_of(tables, rule, tile, lane));
        }
    }
    const Vec found = load(tile.found + at);
    const Mask open = found == set(FirstYears::never);
    if (year < rule.from_year || !any(open)) {
        return;
    }
    const Vec value = value_of(tables, rule, tile, lane);
    Vec limit = set(rule.threshold);
    if (rule.limit == Limit::first_year) {
        limit *= load(tile.first_value + at);
    } else if (rule.limit == Limit::incumbent) {
        limit = row(tile.incumbent_cost, rule.contest, lane);
    }
    const Vec now = select(passes(rule, value, limit),
                           set(static_cast<double>(year)),
                           set(FirstYears::never));
    const Vec outcome = select(
        is_finite(value) & is_finite(limit), now, set(FirstYears::undefined));
    store(tile.found + at, select(open, outcome, found));
}

}  // namespace

void observe_first_years(const FirstYearTables& tables,
                         std::size_t year,
                         const FirstYearTile& tile)
{
    for (std::size_t lane = 0; lane < tile_lanes; lane += width) {
        look_at_contests(tables, year, tile, lane);
    }
    for (std::size_t r = 0; r < tables.n_rules; ++r) {
        for (std::size_t lane = 0; lane < tile_lanes; lane += width) {
            look_at_rule(tables, r, year, tile, lane);
        }
    }
}

}  // namespace HEPTA_ISA
}  // namespace hepta::model
