#include "hepta/statistics/observe.hpp"

#include "counted_cell.hpp"
#include "shapes.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <vector>

namespace hepta::statistics {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

class Observe : public testing::TestWithParam<InstructionSet>
{
  protected:
    void SetUp() override
    {
        if (GetParam() == InstructionSet::avx512 &&
            detect_instruction_set() != InstructionSet::avx512) {
            GTEST_SKIP() << "no AVX-512 here";
        }
    }
};

INSTANTIATE_TEST_SUITE_P(,
                         Observe,
                         testing::Values(InstructionSet::avx2,
                                         InstructionSet::avx512),
                         [](const auto& test) {
                             return std::string(to_string(test.param));
                         });

/// Values where a bin number could go wrong: edges and their neighbours, all
/// exponents, zeros, denormals, what is not finite, and plain samples.
std::vector<double> hard_values(const CellPlan& plan,
                                const shapes::Shape& shape)
{
    auto values = shapes::sample(shape, 20'000, 77);
    for (std::uint32_t b = bin::first_outer + 1; b < 578; b += 3) {
        double x = bin_edges(plan, b).lower;
        x = std::nextafter(std::nextafter(x, -infinity), -infinity);
        for (int i = 0; i < 5; ++i) {
            values.push_back(x);
            x = std::nextafter(x, infinity);
        }
    }
    shapes::Generator g(1);
    for (int i = 0; i < 20'000; ++i) {
        values.push_back(std::bit_cast<double>(g()));
        // Near the origins too, where terms bend.
        values.push_back(
            plan.origin[i % CellPlan::n_terms] +
            plan.delta[i % CellPlan::n_terms] *
                std::ldexp(shapes::normal(g), static_cast<int>(g() % 80) - 60));
    }
    for (const double x : {0.0, 5e-324, 1e-310, 1.7e308, plan.atom}) {
        values.insert(values.end(), {x, -x});
    }
    values.insert(values.end(), {infinity, -infinity, std::nan("")});
    return values;
}

/// The sums by their definition, one value at a time.
MomentSums sums_by_definition(const CellPlan& plan,
                              std::span<const double> values)
{
    MomentSums sums;
    for (const double x : values) {
        if (!std::isfinite(x)) {
            continue;
        }
        const double wish = (x - plan.center) * plan.scale;
        const double held = std::min(std::max(wish, -0x1p50), 0x1p50);
        const Int128 q = std::llrint(held);
        sums.sum += q;
        sums.sum_of_squares += static_cast<UInt128>(q * q);
        sums.n_clamped += wish == held ? 0 : 1;
        if (x != plan.atom) {
            sums.minimum = std::min(sums.minimum, x);
            sums.maximum = std::max(sums.maximum, x);
        }
    }
    return sums;
}

void expect_same(const MomentSums& a, const MomentSums& b)
{
    EXPECT_TRUE(a.sum == b.sum);
    EXPECT_TRUE(a.sum_of_squares == b.sum_of_squares);
    EXPECT_EQ(a.n_clamped, b.n_clamped);
    EXPECT_EQ(a.minimum, b.minimum);
    EXPECT_EQ(a.maximum, b.maximum);
}

TEST_P(Observe, BinsAndSumsOfAnyValueMatchTheScalarTwin)
{
    for (const auto& shape : shapes::continuous()) {
        const CellPlan plan = plan_of_first(shapes::sample(shape, 1024, 4));
        const auto values = hard_values(plan, shape);
        MomentSums sums;
        const auto numbers = observe_all(GetParam(), plan, values, sums);
        for (std::size_t i = 0; i < values.size(); ++i) {
            ASSERT_EQ(numbers[i], bin_of(plan, values[i]))
                << shape.name << " at " << values[i];
        }
        expect_same(sums, sums_by_definition(plan, values));
    }
}

TEST_P(Observe, SumsOfPlainSamplesMatchTheirDefinition)
{
    for (const auto& shape : shapes::continuous()) {
        const auto values = shapes::sample(shape, 20'000, 5);
        const CellPlan plan = plan_of_first(values);
        MomentSums sums;
        (void)observe_all(GetParam(), plan, values, sums);

        expect_same(sums, sums_by_definition(plan, values));
    }
}

TEST_P(Observe, LanesOutsideTheRangeContributeNothing)
{
    const auto values = shapes::sample(shapes::continuous()[0], 1024, 6);
    const CellPlan plan = plan_of_first(values);
    Tile tile(1);
    std::copy_n(values.begin(), tile_lanes, tile.row(0));
    tile.row(0)[2] = std::nan("");
    const std::uint32_t row = 0;
    for (std::uint32_t begin = 0; begin <= tile_lanes; begin += 3) {
        for (std::uint32_t end = begin; end <= tile_lanes; ++end) {
            const std::size_t n = end - begin;
            std::vector<std::uint16_t> numbers(n + 1, 999);
            MomentSums sums;
            observe(GetParam(),
                    {&plan, 1},
                    {&row, 1},
                    tile,
                    {begin, end},
                    {numbers.data(), 0},
                    {&sums, 1});
            const std::span<const double> used(tile.row(0) + begin, n);
            expect_same(sums, sums_by_definition(plan, used));
            for (std::size_t i = 0; i < n; ++i) {
                EXPECT_EQ(numbers[i], bin_of(plan, used[i]));
            }
            EXPECT_EQ(numbers[n], 999);
        }
    }
}

TEST_P(Observe, TakesRowsByIndexAndWritesCellsAPitchApart)
{
    constexpr std::uint32_t n_cells = 40;
    constexpr std::size_t pitch = 96;
    Tile tile(2 * n_cells);
    std::vector<CellPlan> plans;
    std::vector<std::uint32_t> rows;
    const auto all = shapes::continuous();
    for (std::uint32_t k = 0; k < n_cells; ++k) {
        const auto values = shapes::sample(all[k % all.size()], 1024, k);
        plans.push_back(plan_of_first(values));
        rows.push_back(2 * (n_cells - k) - 1);
        std::copy_n(values.begin(), tile_lanes, tile.row(rows[k]));
    }
    tile.row(rows[7])[9] = infinity;
    std::vector<std::uint16_t> numbers(n_cells * pitch, 999);
    std::vector<MomentSums> sums(n_cells);

    observe(
        GetParam(), plans, rows, tile, {}, {numbers.data() + 8, pitch}, sums);

    for (std::size_t k = 0; k < n_cells; ++k) {
        const double* row = tile.row(rows[k]);
        for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
            EXPECT_EQ(numbers[8 + k * pitch + lane],
                      bin_of(plans[k], row[lane]));
        }
        EXPECT_EQ(numbers[8 + k * pitch + tile_lanes], 999);
        expect_same(sums[k], sums_by_definition(plans[k], {row, tile_lanes}));
    }
}

TEST_P(Observe, NegativeZeroIsZeroAtTheEnds)
{
    std::vector<double> pilot = {0.0, 1.0, 1.0, 1.0, 1.0, 3.25};
    const CellPlan plan = plan_cell(pilot, 512);
    ASSERT_EQ(plan.atom, 1.0);
    std::vector<double> values(tile_lanes, 1.0);
    values[3] = -0.0;
    MomentSums sums;
    (void)observe_all(GetParam(), plan, values, sums);

    EXPECT_FALSE(std::signbit(sums.minimum));
}

TEST(Count, AddsEachNumberOnceWhateverTheLength)
{
    shapes::Generator g(3);
    for (const std::uint32_t n_bins : {578U, 8258U}) {
        for (const std::size_t n : {0, 3, 511, 512, 2047, 2048, 140'001}) {
            std::vector<std::uint16_t> numbers(n);
            std::vector<std::uint32_t> expected(n_bins, 7);
            for (auto& b : numbers) {
                b = static_cast<std::uint16_t>(g() % 2 == 0 ? 1 : g() % n_bins);
                ++expected[b];
            }
            std::vector<std::uint32_t> counts(n_bins, 7);
            count(numbers, n_bins, counts.data());

            EXPECT_EQ(counts, expected) << n << " numbers";
        }
    }
}

TEST(Count, HoldsManyOfTheSameBin)
{
    const std::vector<std::uint16_t> numbers(1'000'000, 1);
    std::vector<std::uint32_t> counts(578);
    count(numbers, 578, counts.data());

    EXPECT_EQ(counts[1], 1'000'000U);
}

}  // namespace
}  // namespace hepta::statistics
