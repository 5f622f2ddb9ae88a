/// \file
/// The rules of a year, for a tile of samples.
#include "first_years_kernel.hpp"
#include "hepta/core/simd.hpp"

namespace hepta::model {
namespace HEPTA_ISA {
namespace {

using namespace simd;
using Limit = FirstYearRule::Limit;

constexpr std::size_t n_registers = tile_lanes / width;

HEPTA_INLINE Vec row(const double* rows, std::size_t r, std::size_t lane)
{
    return load(rows + r * tile_lanes + lane);
}

HEPTA_INLINE Mask is_finite(Vec a)
{
    return abs(a) < from_bits(set_int(0x7ff0000000000000));
}

/// All lanes of a rule's value.
HEPTA_INLINE void set_values(const FirstYearTables& tables,
                             const FlatRule& rule,
                             const FirstYearTile& tile,
                             Vec (&value)[n_registers])
{
    for (Vec& v : value) {
        v = set(0.0);
    }
    const std::uint32_t* rows = tables.rows + rule.first_row;
    for (std::size_t k = 0; k < rule.n_rows; ++k) {
        for (std::size_t i = 0; i < n_registers; ++i) {
            value[i] += row(tile.outputs, rows[k], i * width);
        }
    }
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

/// The rule has not been answered in a lane.
HEPTA_INLINE Mask is_open(Vec found)
{
    return found == set(FirstYears::never);
}

HEPTA_INLINE bool any_open(const double* found)
{
    Mask open = is_open(load(found));
    for (std::size_t i = 1; i < n_registers; ++i) {
        open = open | is_open(load(found + i * width));
    }
    return any(open);
}

HEPTA_INLINE void look_at_rule(const FirstYearTables& tables,
                               std::size_t r,
                               std::size_t year,
                               const FirstYearTile& tile)
{
    const FlatRule& rule = tables.rules[r];
    double* found = tile.found + r * tile_lanes;
    double* first_value = tile.first_value + r * tile_lanes;
    const bool is_relative = rule.limit == Limit::first_year;
    Vec value[n_registers];
    if (year == 0) {
        for (std::size_t i = 0; i < n_registers; ++i) {
            store(found + i * width, set(FirstYears::never));
        }
        if (is_relative) {
            set_values(tables, rule, tile, value);
            for (std::size_t i = 0; i < n_registers; ++i) {
                store(first_value + i * width, value[i]);
            }
        }
    }
    if (year < rule.from_year || !any_open(found)) {
        return;
    }
    set_values(tables, rule, tile, value);
    for (std::size_t i = 0; i < n_registers; ++i) {
        Vec limit = set(rule.threshold);
        if (is_relative) {
            limit = limit * load(first_value + i * width);
        } else if (rule.limit == Limit::incumbent) {
            limit = row(tile.incumbent_cost, rule.contest, i * width);
        }
        const Vec now = select(passes(rule, value[i], limit),
                               set(static_cast<double>(year)),
                               set(FirstYears::never));
        const Vec outcome = select(is_finite(value[i]) & is_finite(limit),
                                   now,
                                   set(FirstYears::undefined));
        const Vec before = load(found + i * width);
        store(found + i * width, select(is_open(before), outcome, before));
    }
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
        look_at_rule(tables, r, year, tile);
    }
}

}  // namespace HEPTA_ISA
}  // namespace hepta::model
